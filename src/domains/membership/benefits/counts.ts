import type pg from 'pg';
import type { BenefitCounts } from '../contract/benefits.ts';

interface Row extends BenefitCounts {
  benefitId: number;
  month: string;
}

/** Of grants and uses: gifts cost when they are given, what a tier brings when it is used. Taken back and undone ones cost nothing. */
const countsSql = (by: string): string => `with counted as (
    select benefit_id, occurred_at as at, (state <> 'refused')::int as granted, (used_at is not null or is_spent)::int as used,
      (state = 'given' and not is_spent and used_at is null and taken_back_at is null and coalesce(expires_at <= $2, false))::int as expired,
      (state = 'refused' and taken_back_at is null)::int as refused, (taken_back_at is not null)::int as taken_back, case when state = 'given' and taken_back_at is null then cost else 0 end as cost
    from benefit_grant where benefit_id = any($1::int[]) and occurred_at >= $3 and occurred_at < $4
    union all
    select benefit_id, used_at, 0, 1, 0, 0, 0, cost from benefit_use where benefit_id = any($1::int[]) and grant_no is null and undone_at is null and used_at >= $3 and used_at < $4)
  select benefit_id as "benefitId", ${by} as month, sum(granted)::bigint as granted, sum(used)::bigint as used, sum(expired)::bigint as expired, sum(refused)::bigint as refused,
    sum(taken_back)::bigint as "takenBack", sum(cost)::text as cost from counted group by 1, 2 order by 1, 2`;

export interface Period {
  from: Date;
  until: Date;
}

export const nothing: BenefitCounts = { granted: 0, used: 0, expired: 0, refused: 0, takenBack: 0, cost: '0' };

/** What became of benefits in a period. */
export async function countsOf(pool: pg.Pool, benefitIds: readonly number[], now: Date, { from, until }: Period): Promise<Map<number, BenefitCounts>> {
  const { rows } = await pool.query<Row>(countsSql("''"), [benefitIds, now, from, until]);
  return new Map(rows.map(({ benefitId, month: _, ...counts }) => [benefitId, counts]));
}

/** The same of one, by the months of the brand's calendar. */
export async function monthsOf(pool: pg.Pool, benefitId: number, now: Date, { from, until }: Period, timeZone: string): Promise<(BenefitCounts & { month: string })[]> {
  const { rows } = await pool.query<Row>(countsSql("to_char(at at time zone $5, 'YYYY-MM')"), [[benefitId], now, from, until, timeZone]);
  return rows.map(({ benefitId: _, ...counts }) => counts);
}

/** Whether a grant ended before it was used: nobody can any more. $1: now. */
export const hasLapsed = 'not is_spent and used_at is null and coalesce(expires_at <= $1, false)';

/** What all benefits cost beside the points they give, by benefit: what was given and was used or still can be, what a tier brought when it was used, and what of both was used. */
export async function costOfBenefits(pool: pg.Pool, now: Date): Promise<Map<number, { cost: string; redeemed: string }>> {
  const { rows } = await pool.query<{ benefitId: number; cost: string; redeemed: string }>(
    `select benefit_id as "benefitId", sum(cost)::text as cost, coalesce(sum(cost) filter (where is_used), 0)::text as redeemed from (
        select benefit_id, cost, used_at is not null or is_spent as is_used from benefit_grant where state = 'given' and taken_back_at is null and not (${hasLapsed})
        union all select benefit_id, cost, true from benefit_use where grant_no is null and undone_at is null
        union all select benefit_id, forgotten_cost, true from benefit where forgotten_cost > 0) as given group by 1`, [now]);
  return new Map(rows.map(({ benefitId, ...money }) => [benefitId, money]));
}
