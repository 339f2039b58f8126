import type pg from 'pg';
import type { z } from 'zod';
import { notFound } from '../../../../kernel/problem.ts';
import { parseSort } from '../../../../kernel/page.ts';
import { type Activity, type ActivityDefinition, activityDefinition, type listActivities } from '../../contract/activities.ts';
import { fingerprintOf } from '../rules/draw.ts';
import { type DecidedState, stateAt } from '../rules/state.ts';

/** An activity as it is kept. */
export interface ActivityRow {
  activityNo: number;
  definition: ActivityDefinition;
  decided: DecidedState;
  fullLines: string[] | null;
  stops: { from: number; until: number | null }[];
  version: number;
  promised: number;
  seed: Buffer;
  prizes: Activity['prizes'];
  editedBy: string;
  editedAt: Date;
}

type Connection = pg.Pool | pg.PoolClient;
type Raw = Omit<ActivityRow, 'definition'> & { definition: unknown };
const columns = `activity_no as "activityNo", definition, state as decided, full_lines as "fullLines", stops, version, promised, seed, edited_by as "editedBy", edited_at as "editedAt",
  coalesce((select jsonb_agg(jsonb_build_object('key', prize_key, 'stock', stock, 'given', given) order by prize_key) from activity_prize p where p.activity_no = a.activity_no), '[]') as prizes`;
const read = ({ definition, ...row }: Raw): ActivityRow => ({ ...row, definition: activityDefinition.parse(definition) });

export const shownActivity = ({ decided, definition, seed, stops: _stops, editedAt, ...row }: ActivityRow, now: Date): Activity => {
  const state = stateAt(decided, definition, now);
  return { ...row, definition, state, fullLines: state === 'paused' ? row.fullLines : null, seedFingerprint: fingerprintOf(seed), seed: state === 'ended' ? seed.toString('hex') : null, editedAt: editedAt.toISOString() };
};

/** 404 for an activity that is not there; locked where it is about to be changed. */
export async function demandActivity(connection: Connection, activityNo: number, lock: '' | 'for update' = ''): Promise<ActivityRow> {
  const { rows: [row] } = await connection.query<Raw>(`select ${columns} from activity a where activity_no = $1 ${lock}`, [activityNo]);
  if (!row) throw notFound('membership.activity_not_found', { activityNo });
  return read(row);
}

/** All that were published and not ended by hand, the newest first. */
export async function publishedActivities(connection: Connection, most = 500): Promise<ActivityRow[]> {
  const { rows } = await connection.query<Raw>(`select ${columns} from activity a where state in ('published', 'paused') order by activity_no desc limit $1`, [most]);
  return rows.map(read);
}

/** Drafts, what is on and what was, the newest first. */
export async function allActivities(connection: Connection, most = 2_000): Promise<ActivityRow[]> {
  const { rows } = await connection.query<Raw>(`select ${columns} from activity a order by activity_no desc limit $1`, [most]);
  return rows.map(read);
}

/** All that were ever published: what an order of the past was placed under. */
export async function everPublished(connection: Connection): Promise<ActivityRow[]> {
  const { rows } = await connection.query<Raw>(`select ${columns} from activity a where state <> 'draft' and definition -> 'does' ->> 'kind' in ('member_day', 'double_points') order by activity_no`);
  return rows.map(read);
}

/** The state at a moment, as `stateAt` tells it. */
const stateSql = `case when state in ('draft', 'ended') then state when (definition ->> 'endsAt')::timestamptz <= $1 then 'ended' when state = 'paused' then state
  when (definition ->> 'startsAt')::timestamptz > $1 then 'scheduled' else 'running' end`;
const sorts = { startsAt: "(definition ->> 'startsAt')::timestamptz", editedAt: 'edited_at' } as const;
type Asked = z.output<NonNullable<(typeof listActivities)['query']>>;

export async function listPlanned(pool: pg.Pool, { page, pageSize, sort, q, kind, state }: Asked, now: Date): Promise<{ rows: ActivityRow[]; total: number }> {
  const { field, descending } = parseSort(sort, Object.keys(sorts) as (keyof typeof sorts)[]) ?? { field: 'startsAt' as const, descending: true };
  const { rows } = await pool.query<Raw & { total: number }>(
    `select ${columns}, count(*) over () as total from activity a
      where ($2::text is null or position(lower($2) in lower(definition ->> 'names')) > 0) and ($3::text is null or definition -> 'does' ->> 'kind' = $3) and ($4::text is null or ${stateSql} = $4)
      order by ${sorts[field]} ${descending ? 'desc' : 'asc'}, activity_no desc limit $5 offset $6`,
    [now, q || null, kind ?? null, state ?? null, pageSize, (page - 1) * pageSize]);
  return { rows: rows.map(({ total: _total, ...row }) => read(row)), total: rows[0]?.total ?? 0 };
}

/** Activities that are on between two moments. */
export async function activitiesBetween(pool: pg.Pool, from: Date, until: Date): Promise<ActivityRow[]> {
  const { rows } = await pool.query<Raw>(
    `select ${columns} from activity a where (definition ->> 'startsAt')::timestamptz < $2 and coalesce((definition ->> 'endsAt')::timestamptz, 'infinity') > $1 order by (definition ->> 'startsAt')::timestamptz, activity_no limit 500`,
    [from, until]);
  return rows.map(read);
}

/** What there is so many of: prizes of a draw, or the quota of an exchange. */
async function writePrizes(client: pg.PoolClient, activityNo: number, { does }: ActivityDefinition): Promise<void> {
  const stocks = does.kind === 'lottery' ? does.prizes.map(({ key, stock }) => ({ key, stock })) : does.kind === 'exchange' ? [{ key: 'exchange', stock: does.stock }] : [];
  await client.query('delete from activity_prize where activity_no = $1', [activityNo]);
  await client.query('insert into activity_prize (activity_no, prize_key, stock) select $1, * from unnest($2::text[], $3::bigint[])', [activityNo, stocks.map(({ key }) => key), stocks.map(({ stock }) => stock)]);
}

export async function insertActivity(client: pg.PoolClient, definition: ActivityDefinition, seed: Buffer, by: string, now: Date): Promise<number> {
  const { rows } = await client.query<{ activityNo: number }>(
    'insert into activity (definition, budget, seed, edited_by, edited_at) values ($1, $2, $3, $4, $5) returning activity_no as "activityNo"', [definition, definition.budget, seed, by, now]);
  await writePrizes(client, rows[0].activityNo, definition);
  return rows[0].activityNo;
}

export async function rewriteActivity(client: pg.PoolClient, activityNo: number, definition: ActivityDefinition, by: string, now: Date): Promise<void> {
  await client.query('update activity set definition = $2, budget = $3, version = version + 1, edited_by = $4, edited_at = $5 where activity_no = $1', [activityNo, definition, definition.budget, by, now]);
  await writePrizes(client, activityNo, definition);
}

/** Decides its state, and notes since when it stands still, or that it goes on. Before it was published it promised nothing. `fullLines`: the lines of the budget that pause it, where nobody's hand does. */
export async function decideState(client: pg.PoolClient, { activityNo, decided, stops }: ActivityRow, to: DecidedState, by: string, now: Date, fullLines: readonly string[] | null = null): Promise<void> {
  const open = stops.find(({ until }) => until === null);
  const ms = now.getTime();
  const next = decided === 'draft' ? [{ from: 0, until: ms }] : to === 'published' ? stops.map((stop) => ({ ...stop, until: stop.until ?? ms })) : open ? stops : [...stops, { from: ms, until: null }];
  await client.query('update activity set state = $2, stops = $3, full_lines = $6, version = version + 1, edited_by = $4, edited_at = $5 where activity_no = $1', [activityNo, to, JSON.stringify(next), by, now, fullLines]);
}
