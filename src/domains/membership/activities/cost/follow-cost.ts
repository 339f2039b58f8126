import type pg from 'pg';
import { z } from 'zod';
import { dayIn } from '../../../../kernel/day.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { readBrand } from '../../../../platform/settings.ts';
import type { MembershipDoors } from '../../part.ts';

const position = z.object({ from: z.iso.datetime(), day: z.iso.date() });
type Position = z.output<typeof position>;

/** Clocks of several processes are no further apart. What was looked at already comes to the same again. */
const overlapMs = 10_000;

/**
 * Brings what the points of activities cost up to date with the ledger: what was given, and of that what was redeemed, and what ended or was taken
 * back. Only lots are looked at whose entries were recorded since the last look, and each is reckoned anew from all its entries, so nothing is
 * counted twice. Once a day all that are not used up are looked at: points that pay an old debt make no entry of their own. Returns how many lots changed.
 */
export async function followCost({ platform: { pg: pool, clock }, programme }: Pick<MembershipDoors, 'platform' | 'programme'>): Promise<number> {
  const [versions, { timeZone }] = await Promise.all([programme.versions(), readBrand(pool)]);
  if (versions.length === 0) return 0;
  const worth = [versions.map(({ startsAt }) => new Date(startsAt)), versions.map(({ definition }) => definition.points.worth)];
  return inTransaction(pool, async (client) => {
    const now = clock.now();
    const before = await takeUp(client, now);
    if (!before) return 0;
    const from = new Date(now.getTime() - (await oldestMs(client)) - overlapMs);
    const today = dayIn(timeZone, now);
    const { rows: [{ changed }] } = await client.query<{ changed: number }>(foldSql, [before.from, before.day < today, ...worth]);
    await client.query("update membership_cursor set position = $1 where name = 'activity cost'", [JSON.stringify({ from: from.toISOString(), day: today } satisfies Position)]);
    return changed;
  });
}

/** Where the last look ended, locked; the first begins with the first who ever took part. Undefined while there is nothing to look at, or somebody else does. */
async function takeUp(client: pg.PoolClient, now: Date): Promise<Position | undefined> {
  const read = async () => (await client.query<{ position: unknown }>("select position from membership_cursor where name = 'activity cost' for update skip locked")).rows[0];
  const known = await read();
  if (known) return position.parse(known.position);
  const { rows: [{ first }] } = await client.query<{ first: Date | null }>('select min(occurred_at) as first from activity_participation');
  if (first === null) return undefined;
  const begin: Position = { from: new Date(Math.min(first.getTime(), now.getTime()) - overlapMs).toISOString(), day: '0001-01-01' };
  await client.query("insert into membership_cursor (name, position) values ('activity cost', $1) on conflict do nothing", [JSON.stringify(begin)]);
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
 * Lots that were touched, each with the lot it stands for (what comes back after its end is a lot of its own), of those the ones an activity gave; what
 * all their entries come to; and by how much the sums change.
 */
const foldSql = `with recursive touched as (
    select a.lot_no from points_entry e join points_allocation a using (entry_no)
      where e.recorded_at >= $1 and (e.kind <> 'earn' or (e.command_key like 'activity %' and e.derivation ? 'activity'))
    union select lot_no from activity_points where $2::boolean and given > redeemed + lapsed
  ), stands (lot_no, origin, restores, earned_at) as (
    select lot_no, lot_no, restores, earned_at from touched join points_lot using (lot_no)
    union all select s.lot_no, l.lot_no, l.restores, l.earned_at from stands s join points_lot l on l.lot_no = s.restores
  ), ours as (
    select s.lot_no, (e.derivation ->> 'activity')::int as activity_no, ($4::numeric[])[greatest(width_bucket(s.earned_at, $3::timestamptz[]), 1)] as worth
      from stands s join points_allocation a on a.lot_no = s.origin join points_entry e using (entry_no)
      where s.restores is null and e.kind = 'earn' and e.command_key like 'activity %' and e.derivation ? 'activity'
  ), fate as (
    select o.lot_no, o.activity_no, o.worth * sum(case when e.kind = 'earn' then a.amount else 0 end) as given,
        o.worth * sum(case when e.kind = 'spend' then a.amount when r.kind = 'spend' then -a.amount else 0 end) as redeemed,
        o.worth * sum(case when e.kind in ('expire', 'take_back', 'net') then a.amount when r.kind = 'take_back' and e.kind = 'give_back' then -a.amount else 0 end) as lapsed
      from ours o join points_allocation a using (lot_no) join points_entry e using (entry_no) left join points_entry r on r.entry_no = e.reverses and e.kind = 'give_back'
      group by o.lot_no, o.activity_no, o.worth
  ), changed as (
    select f.*, f.given - coalesce(p.given, 0) as more_given, f.redeemed - coalesce(p.redeemed, 0) as more_redeemed, f.lapsed - coalesce(p.lapsed, 0) as more_lapsed
      from fate f left join activity_points p using (lot_no) where (f.given, f.redeemed, f.lapsed) is distinct from (p.given, p.redeemed, p.lapsed)
  ), kept as (
    insert into activity_points (lot_no, activity_no, given, redeemed, lapsed) select lot_no, activity_no, given, redeemed, lapsed from changed
      on conflict (lot_no) do update set given = excluded.given, redeemed = excluded.redeemed, lapsed = excluded.lapsed
  ), summed as (
    insert into activity_cost as c (activity_no, given, redeemed, lapsed) select activity_no, sum(more_given), sum(more_redeemed), sum(more_lapsed) from changed group by 1
      on conflict (activity_no) do update set given = c.given + excluded.given, redeemed = c.redeemed + excluded.redeemed, lapsed = c.lapsed + excluded.lapsed
  ) select count(*)::int as changed from changed`;

/** What activities cost so far: what was given and can be redeemed or was, and what was. */
export async function costOfActivities(pool: pg.Pool): Promise<Map<number, { cost: string; redeemed: string }>> {
  const { rows } = await pool.query<{ activityNo: number; cost: string; redeemed: string }>('select activity_no as "activityNo", given - lapsed as cost, redeemed from activity_cost');
  return new Map(rows.map(({ activityNo, ...money }) => [activityNo, money]));
}

/** Of people whose points are forgotten nothing can be redeemed any more; what was, stays so. After who looks at the ledger meanwhile. */
export const lapseForgotten = [
  "select from membership_cursor where name = 'activity cost' and $1::int[] is not null for update",
  `with gone as (
    select p.* from activity_points p join points_lot using (lot_no) where customer_no = any($1::int[])
  ), settled as (
    update activity_points p set lapsed = g.given - g.redeemed from gone g where p.lot_no = g.lot_no
  ) update activity_cost c set lapsed = c.lapsed + more from (select activity_no, sum(given - redeemed - lapsed) as more from gone group by 1) g where c.activity_no = g.activity_no`,
];
