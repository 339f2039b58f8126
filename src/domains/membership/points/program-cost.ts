import type pg from 'pg';
import { z } from 'zod';
import { dayIn } from '../../../kernel/day.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { readBrand } from '../../../platform/settings.ts';
import type { MembershipDoors } from '../part.ts';

const position = z.object({ from: z.iso.datetime(), day: z.iso.date() });
type Position = z.output<typeof position>;

/** Clocks of several processes are no further apart. What was looked at already comes to the same again. */
const overlapMs = 10_000;
/** Of a first look: all that is known is reckoned anew. */
const unknownDay = '0001-01-01';

/**
 * Brings what the points that activities and benefits give cost up to date with the ledger: what was given, and of that what was redeemed, and what
 * ended or was taken back. Only lots are looked at whose entries were recorded since the last look, and each is reckoned anew from all its entries, so nothing is
 * counted twice. Once a day those of who ever owed any are looked at as far as they are not used up: points that pay an old debt make no entry of their own. Returns how many lots changed.
 */
export async function followPointsCost({ platform: { pg: pool, clock }, programme }: Pick<MembershipDoors, 'platform' | 'programme'>): Promise<number> {
  const [versions, { timeZone }] = await Promise.all([programme.versions(), readBrand(pool)]);
  if (versions.length === 0) return 0;
  const worth = [versions.map(({ startsAt }) => new Date(startsAt)), versions.map(({ definition }) => definition.points.worth)];
  return inTransaction(pool, async (client) => {
    const now = clock.now();
    const before = await takeUp(client, now);
    if (!before) return 0;
    const from = new Date(now.getTime() - (await oldestMs(client)) - overlapMs);
    const today = dayIn(timeZone, now);
    const { rows: [{ changed }] } = await client.query<{ changed: number }>(foldSql, [before.from, before.day < today, ...worth, before.day === unknownDay]);
    await client.query("update membership_cursor set position = $1 where name = 'points cost'", [JSON.stringify({ from: from.toISOString(), day: today } satisfies Position)]);
    return changed;
  });
}

/** Where the last look ended, locked; the first begins with the first who ever took part or was given points. Undefined while there is nothing to look at, or somebody else does. */
async function takeUp(client: pg.PoolClient, now: Date): Promise<Position | undefined> {
  const read = async () => (await client.query<{ position: unknown }>("select position from membership_cursor where name = 'points cost' for update skip locked")).rows[0];
  const known = await read();
  if (known) return position.parse(known.position);
  const { rows: [{ first }] } = await client.query<{ first: Date | null }>(
    'select least((select min(occurred_at) from activity_participation), (select min(recorded_at) from benefit_grant where points > 0)) as first');
  if (first === null) return undefined;
  const begin: Position = { from: new Date(Math.min(first.getTime(), now.getTime()) - overlapMs).toISOString(), day: unknownDay };
  await client.query("insert into membership_cursor (name, position) values ('points cost', $1) on conflict do nothing", [JSON.stringify(begin)]);
  const row = await read();
  return row && position.parse(row.position);
}

/** For how long the oldest transaction has been open: what it writes was recorded after it began, and is not seen yet. */
async function oldestMs(client: pg.PoolClient): Promise<number> {
  const { rows: [{ ms }] } = await client.query<{ ms: number }>(
    `select coalesce(ceil(extract(epoch from clock_timestamp() - min(xact_start)) * 1000), 0)::float8 as ms from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`);
  return Math.max(0, ms);
}

/**
 * Lots that were touched, each with the lot it stands for (what comes back after its end is a lot of its own), of those the ones a program gave; what
 * all their entries come to; and by how much the sums change.
 */
const foldSql = `with recursive touched as (
    select a.lot_no from points_entry e join points_allocation a using (entry_no)
      where e.recorded_at >= $1 and (e.kind <> 'earn' or (e.command_key like 'activity %' and e.derivation ? 'activity') or e.command_key like 'benefit %')
    union select lot_no from program_points join points_lot using (lot_no) where $2::boolean and given > redeemed + lapsed and ($5::boolean or customer_no in (select customer_no from points_debt))
  ), stands (lot_no, origin, restores, earned_at) as (
    select lot_no, lot_no, restores, earned_at from touched join points_lot using (lot_no)
    union all select s.lot_no, l.lot_no, l.restores, l.earned_at from stands s join points_lot l on l.lot_no = s.restores
  ), earned as (
    select s.lot_no, s.earned_at, e.command_key as key, e.derivation ->> 'activity' as activity_no
      from stands s join points_allocation a on a.lot_no = s.origin join points_entry e using (entry_no) where s.restores is null and e.kind = 'earn'
  ), given_by as (
    select lot_no, earned_at, 'activity:' || activity_no as program from earned where key like 'activity %' and activity_no is not null
    union all select lot_no, earned_at, 'benefit:' || benefit_id from (select *, split_part(key, ' ', 2)::bigint as grant_no from earned where key like 'benefit %') e join benefit_grant using (grant_no)
  ), ours as (
    select lot_no, program, ($4::numeric[])[greatest(width_bucket(earned_at, $3::timestamptz[]), 1)] as worth from given_by
  ), fate as (
    select o.lot_no, o.program, o.worth * sum(case when e.kind = 'earn' then a.amount else 0 end) as given,
        o.worth * sum(case when e.kind = 'spend' then a.amount when r.kind = 'spend' then -a.amount else 0 end) as redeemed,
        o.worth * sum(case when e.kind in ('expire', 'take_back', 'net') then a.amount when r.kind = 'take_back' and e.kind = 'give_back' then -a.amount else 0 end) as lapsed
      from ours o join points_allocation a using (lot_no) join points_entry e using (entry_no) left join points_entry r on r.entry_no = e.reverses and e.kind = 'give_back'
      group by o.lot_no, o.program, o.worth
  ), changed as (
    select f.*, f.given - coalesce(p.given, 0) as more_given, f.redeemed - coalesce(p.redeemed, 0) as more_redeemed, f.lapsed - coalesce(p.lapsed, 0) as more_lapsed
      from fate f left join program_points p using (lot_no) where (f.given, f.redeemed, f.lapsed) is distinct from (p.given, p.redeemed, p.lapsed)
  ), kept as (
    insert into program_points (lot_no, program, given, redeemed, lapsed) select lot_no, program, given, redeemed, lapsed from changed
      on conflict (lot_no) do update set given = excluded.given, redeemed = excluded.redeemed, lapsed = excluded.lapsed
  ), summed as (
    insert into program_points_cost as c (program, given, redeemed, lapsed) select program, sum(more_given), sum(more_redeemed), sum(more_lapsed) from changed group by 1
      on conflict (program) do update set given = c.given + excluded.given, redeemed = c.redeemed + excluded.redeemed, lapsed = c.lapsed + excluded.lapsed
  ) select count(*)::int as changed from changed`;

/** What became of the points that a program gave, in money. */
export interface PointsCost {
  given: string;
  redeemed: string;
  /** Ended, or taken back: nobody can redeem it any more. */
  lapsed: string;
}

/** What the points of programs cost so far, by the program's key. */
export async function pointsCost(connection: pg.Pool | pg.PoolClient): Promise<Map<string, PointsCost>> {
  const { rows } = await connection.query<PointsCost & { program: string }>('select program, given, redeemed, lapsed from program_points_cost');
  return new Map(rows.map(({ program, ...money }) => [program, money]));
}

/** Of people whose points are forgotten nothing can be redeemed any more; what was, stays so. After who looks at the ledger meanwhile. */
export const lapseForgotten = [
  "select from membership_cursor where name = 'points cost' and $1::int[] is not null for update",
  `with gone as (
    select p.* from program_points p join points_lot using (lot_no) where customer_no = any($1::int[])
  ), settled as (
    update program_points p set lapsed = g.given - g.redeemed from gone g where p.lot_no = g.lot_no
  ) update program_points_cost c set lapsed = c.lapsed + more from (select program, sum(given - redeemed - lapsed) as more from gone group by 1) g where c.program = g.program`,
];
