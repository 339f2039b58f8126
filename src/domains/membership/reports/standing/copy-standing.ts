import { replaceRows } from '../../copies/replace-rows.ts';
import type { MembershipDoors } from '../../part.ts';

type CopyDoors = Pick<MembershipDoors, 'platform' | 'programme'>;

const numbersAtOnce = 200_000;
/** Points that end within so many days are said to end soon, as on a person's page. */
export const soonDays = 30;

/** One row a number: who is a member, and what can be spent of their points at a moment. */
const rowsSql = `with points as (
    select customer_no, sum(remaining) as available, coalesce(sum(remaining) filter (where expires_at <= $3::timestamptz + $4 * interval '1 day'), 0) as ending from points_lot
    where remaining > 0 and available_at <= $3 and (expires_at is null or expires_at > $3) and customer_no > $1 and customer_no <= $2 group by customer_no
  ), members as (select customer_no, tier, joined_at, joined_by, review_at from member where left_at is null and customer_no > $1 and customer_no <= $2)
  select customer_no, coalesce(tier, '') as tier, coalesce(joined_by, '') as joined_by, (coalesce(array_position($5::text[], tier), 0) + (tier is not null)::int)::int as tier_rank,
    to_char(joined_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS') as joined_at, ceil(extract(epoch from review_at - $3::timestamptz) / 86400)::int as review_days,
    coalesce(available, 0)::bigint as points, coalesce(ending, 0)::bigint as points_ending
  from members full join points using (customer_no)`;

/** Copies everybody's standing to ClickHouse, for rules of audiences; what was there holds until all of it is. Returns how many. */
export async function copyStanding({ platform: { pg: pool, clickhouse, clock }, programme }: CopyDoors): Promise<number> {
  const now = clock.now();
  const tiers = (await programme.at(now.getTime()))?.definition.tiers.map(({ key }) => key) ?? [];
  const { rows: [{ last }] } = await pool.query<{ last: number }>('select greatest((select max(customer_no) from member), (select max(customer_no) from points_account), 0)::int as last');
  const copied = await replaceRows(clickhouse, 'member_standing', (async function* () {
    for (let after = 0; after < last; after += numbersAtOnce) {
      yield (await pool.query<object>({ name: 'membership.standing', text: rowsSql, values: [after, after + numbersAtOnce, now, soonDays, tiers] })).rows;
    }
  })());
  // Whoever keeps answers goes by tickets of copies.
  await pool.query("select nextval('customer_copy_ticket')");
  return copied;
}
