import type pg from 'pg';
import type { Day } from '../../../../kernel/day.ts';
import { lineagesOf } from '../../../customers/public.ts';

/** A person with enough points, and how often they exchanged: by themselves on this day and in its month, for the item today and ever. */
export interface Candidate {
  customerNo: number;
  ofDay: number;
  ofMonth: number;
  today: number;
  total: number;
}

/** For a day and a person, for ever. */
export const keyOf = (day: Day, customerNo: number): string => `${keysOf(day)}${customerNo}`;
/** What keys of a day begin with, or of a month: `2026-11`. */
export const keysOf = (day: Day): string => `auto-redeem ${day} `;
const keysOfMonth = (day: Day): string => `auto-redeem ${day.slice(0, 'yyyy-mm'.length)}-`;

const spendable = 'l.remaining > 0 and l.available_at <= $3 and (l.expires_at is null or l.expires_at > $3)';

export interface Asked {
  day: Day;
  now: Date;
  /** The day it is by the clock: limits of the item go by it. */
  today: Day;
  itemNo: number;
  points: number;
  /** Accounts above one and up to the other. */
  above: number;
  upTo: number;
}

/**
 * Whoever has at least so many points that can be spent, all numbers of a person together, by their numbers. One statement finds them in a range of
 * accounts; of a person with several, any account will do.
 */
export async function findCandidates(pool: pg.Pool, { day, now, today, itemNo, points, above, upTo }: Asked): Promise<Candidate[]> {
  const { rows: found } = await pool.query<{ customerNo: number }>(
    `select l.customer_no as "customerNo" from points_lot l where l.customer_no > $1 and l.customer_no <= $2 and ${spendable}
      group by l.customer_no having sum(l.remaining) >= $4 or (select merged_into is not null from customer c where c.customer_no = l.customer_no)`,
    [above, upTo, now, points]);
  if (found.length === 0) return [];
  const lineages = new Map([...(await lineagesOf(pool, found.map(({ customerNo }) => customerNo))).values()].map((lineage) => [lineage[0], lineage]));
  const accounts = [...lineages].flatMap(([root, lineage]) => lineage.map((account) => ({ root, account })));
  const { rows } = await pool.query<Candidate>(
    `select p.root as "customerNo", sum(o.of_day)::int as "ofDay", sum(o.of_month)::int as "ofMonth", sum(o.today)::int as today, sum(o.total)::int as total
      from unnest($1::int[], $2::int[]) as p (root, account)
      cross join lateral (select coalesce(sum(l.remaining), 0) as points from points_lot l where l.customer_no = p.account and ${spendable}) b
      cross join lateral (select count(*) filter (where starts_with(command_key, $5)) as of_day,
          count(*) filter (where starts_with(command_key, $6) and not is_void) as of_month,
          count(*) filter (where item_no = $7 and opened_day = $8 and activity_no is null and not is_void) as today,
          count(*) filter (where item_no = $7 and activity_no is null and not is_void) as total
        from (select *, state in ('cancelled', 'reversed') as is_void from mall_order where customer_no = p.account) m) o
      group by p.root having sum(b.points) >= $4 order by p.root`,
    [accounts.map(({ root }) => root), accounts.map(({ account }) => account), now, points, keysOf(day), keysOfMonth(day), itemNo, today]);
  return rows;
}

/** The highest number that has an account of points. */
export async function lastAccount(pool: pg.Pool): Promise<number> {
  const { rows: [{ last }] } = await pool.query<{ last: number }>('select coalesce(max(customer_no), 0) as last from points_account');
  return last;
}
