import type pg from 'pg';

/** What members are promised, and whether it lives. */
export interface MembershipCounts {
  /** Versions of the programme that are or were in force. */
  programmes: number;
  members: number;
  /** Members who rose, fell or kept their tier within the last thirty days. */
  tierMoves: number;
  benefits: number;
  exclusives: number;
  /** Activities that run, or ran. */
  activities: number;
  mallItems: number;
  partners: number;
}

export async function countMembership(pool: pg.Pool, now: Date): Promise<MembershipCounts> {
  const { rows: [counts] } = await pool.query<MembershipCounts>(
    `select (select count(*)::int from programme_version where state = 'published' and starts_at <= $1) as programmes,
      (select count(*)::int from member where left_at is null) as members,
      (select count(*)::int from tier_change where kind in ('rise', 'drop', 'renew') and occurred_at between $1::timestamptz - interval '30 days' and $1) as "tierMoves",
      (select count(*)::int from benefit where starts_at <= $1 and coalesce(ends_at, 'infinity') > $1 and coalesce(stopped_at, 'infinity') > $1) as benefits,
      (select count(*)::int from benefit where kind = 'exclusive' and starts_at <= $1 and coalesce(ends_at, 'infinity') > $1 and coalesce(stopped_at, 'infinity') > $1) as exclusives,
      (select count(*)::int from activity where state <> 'draft' and (definition ->> 'startsAt')::timestamptz <= $1) as activities,
      (select count(*)::int from mall_item where state = 'listed') as "mallItems",
      (select count(*)::int from partner where stage = 'running') as partners`, [now]);
  return counts;
}
