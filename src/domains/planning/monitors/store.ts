import type pg from 'pg';
import type { Day } from '../../../kernel/day.ts';
import type { ItemBody, MonitorStanding, Reading } from '../contract.ts';
import type { Standing } from './rules/judge.ts';

type Connection = pg.Pool | pg.PoolClient;

/** A rule that has to be looked at, with its project. */
export interface Watched {
  itemNo: number;
  planNo: number;
  version: number;
  body: ItemBody<'monitor'>;
  projectNo: number;
  project: Pick<ItemBody<'project'>, 'name' | 'owner' | 'from'>;
}

export type KeptReading = Pick<Reading, 'state' | 'value'> & Reading['period'] & { itemNo: number; computedAt: Date };
export interface KeptStanding extends Standing {
  itemNo: number;
  figureKey: string;
}
export type Turn = KeptReading & { turn: 'within' | 'crossed'; told: string[] };

/** Rules of the current plan's projects that are not over: those whose time has come, and those that were changed since. */
export async function readDue(pool: pg.Pool, now: Date): Promise<Watched[]> {
  const { rows } = await pool.query<Watched>(
    `select m.item_no as "itemNo", m.plan_no as "planNo", m.version, m.body, p.item_no as "projectNo", p.body as project
      from plan_item m join plan_item p on p.item_no = m.parent_no join plan on plan.plan_no = m.plan_no left join plan_monitor s on s.item_no = m.item_no
      where m.kind = 'monitor' and m.removed_at is null and p.removed_at is null and plan.is_current and p.body ->> 'state' not in ('done', 'dropped')
        and (s.item_no is null or s.due_at <= $1 or greatest(m.changed_at, p.changed_at) > s.looked_at)
      order by m.item_no`, [now]);
  return rows;
}

const readingColumns = 'item_no as "itemNo", from_day::text as "from", to_day::text as "to", state, value::text as value, computed_at as "computedAt"';

/** The newest readings of each rule, the newest first. */
export async function readReadings(connection: Connection, itemNos: readonly number[], most: number): Promise<Map<number, KeptReading[]>> {
  const { rows } = await connection.query<KeptReading>(
    `select r.* from unnest($1::int[]) as asked (no), lateral (select ${readingColumns} from plan_monitor_reading where item_no = asked.no order by to_day desc limit $2) r`, [itemNos, most]);
  return Map.groupBy(rows, ({ itemNo }) => itemNo);
}

const standingColumns = 'item_no as "itemNo", state, since::text as since, told, crossed_for::text as "crossedFor", within_for::text as "withinFor", figure_key as "figureKey"';

export async function readStandings(connection: Connection, itemNos: readonly number[]): Promise<Map<number, KeptStanding & { lookedAt: Date }>> {
  const { rows } = await connection.query<KeptStanding & { lookedAt: Date }>(`select ${standingColumns}, looked_at as "lookedAt" from plan_monitor where item_no = any($1::int[])`, [itemNos]);
  return new Map(rows.map((row) => [row.itemNo, row]));
}

/** Holds rules against others who look at the same moment; those that nobody looked at yet begin. Leaves out what was changed or taken out of the plan since it was read. */
export async function holdRules(client: pg.PoolClient, watched: readonly (Watched & { figureKey: string; newest: Day })[], now: Date): Promise<Set<number>> {
  const { rows } = await client.query<{ itemNo: number }>(
    `select i.item_no as "itemNo" from plan_item i join unnest($1::int[], $2::int[]) as w (item_no, version) using (item_no) where i.version = w.version and removed_at is null order by item_no for share of i`,
    [watched.map(({ itemNo }) => itemNo), watched.map(({ version }) => version)]);
  const held = new Set(rows.map(({ itemNo }) => itemNo));
  const own = watched.filter(({ itemNo }) => held.has(itemNo));
  await client.query(
    `insert into plan_monitor (item_no, state, looked_at, due_at, since, told, figure_key) select item_no, 'unknown', $4, $4, since, 'within', figure_key from unnest($1::int[], $2::date[], $3::text[]) as w (item_no, since, figure_key) on conflict do nothing`,
    [own.map(({ itemNo }) => itemNo), own.map(({ newest }) => newest), own.map(({ figureKey }) => figureKey), now]);
  await client.query('select from plan_monitor where item_no = any($1::int[]) order by item_no for update', [[...held]]);
  return held;
}

/** Forgets figures of what a rule is not about any more. */
export const forgetReadings = (client: pg.PoolClient, itemNos: readonly number[]) => client.query('delete from plan_monitor_reading where item_no = any($1::int[])', [itemNos]);

/** Keeps what was read; what somebody else read later stays. */
export async function keepReadings(client: pg.PoolClient, readings: readonly KeptReading[]): Promise<void> {
  await client.query(
    `insert into plan_monitor_reading (item_no, from_day, to_day, state, value, computed_at) select * from unnest($1::int[], $2::date[], $3::date[], $4::text[], $5::numeric[], $6::timestamptz[])
      on conflict (item_no, to_day) do update set state = excluded.state, value = excluded.value, computed_at = excluded.computed_at where excluded.computed_at >= plan_monitor_reading.computed_at`,
    [readings.map(({ itemNo }) => itemNo), readings.map(({ from }) => from), readings.map(({ to }) => to), readings.map(({ state }) => state), readings.map(({ value }) => value), readings.map(({ computedAt }) => computedAt)]);
}

export async function keepStandings(client: pg.PoolClient, standings: readonly KeptStanding[], now: Date, dueAt: Date): Promise<void> {
  await client.query(
    `update plan_monitor m set state = s.state, since = s.since, told = s.told, crossed_for = s."crossedFor", within_for = s."withinFor", figure_key = s."figureKey", looked_at = $2, due_at = $3
      from jsonb_to_recordset($1::jsonb) as s ("itemNo" int, state text, since date, told text, "crossedFor" date, "withinFor" date, "figureKey" text) where m.item_no = s."itemNo"`,
    [JSON.stringify(standings), now, dueAt]);
}

/** They are looked at again at that time; how they stand stays as it is. */
export const putOff = (client: pg.PoolClient, itemNos: readonly number[], now: Date, dueAt: Date) => client.query('update plan_monitor set looked_at = $2, due_at = $3 where item_no = any($1::int[])', [itemNos, now, dueAt]);

export async function keepTurns(client: pg.PoolClient, turns: readonly Turn[], now: Date): Promise<void> {
  await client.query(
    `insert into plan_monitor_turn (item_no, state, from_day, to_day, value, at, told) select t."itemNo", t.turn, t."from", t."to", t.value, $2, array(select jsonb_array_elements_text(t.told))
      from jsonb_to_recordset($1::jsonb) as t ("itemNo" int, turn text, "from" date, "to" date, value numeric, told jsonb)`, [JSON.stringify(turns), now]);
}

/** When rules were crossed and held again, the newest first; those at or after a moment where one is given. */
export async function readTurns(connection: Connection, itemNos: readonly number[], most: number, since: Date | null = null): Promise<Map<number, MonitorStanding['turns']>> {
  const { rows } = await connection.query<Omit<MonitorStanding['turns'][number], 'at'> & { itemNo: number; at: Date }>(
    `select t.* from unnest($1::int[]) as asked (no), lateral (
        select item_no as "itemNo", state, from_day::text as "from", to_day::text as "to", value::text as value, at, told from plan_monitor_turn where item_no = asked.no and ($3::timestamptz is null or at >= $3) order by turn_no desc limit $2) t`,
    [itemNos, most, since]);
  const turns = rows.map(({ at, ...turn }) => ({ ...turn, at: at.toISOString() }));
  return new Map([...Map.groupBy(turns, ({ itemNo }) => itemNo)].map(([itemNo, own]) => [itemNo, own.map(({ itemNo: _itemNo, ...turn }) => turn)]));
}
