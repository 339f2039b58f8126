import type pg from 'pg';
import type { NewPeople } from './question.ts';

/**
 * Of these numbers those of whom nothing is written yet: no points, no growth, no orders, and no other number they count under; with the times
 * in which they were members.
 */
export async function readNewPeople(pool: pg.Pool, customerNos: readonly number[]): Promise<NewPeople> {
  const { rows } = await pool.query<{ customerNo: number; joinedAt: Date | null; leftAt: Date | null }>({
    name: 'earning.new-people',
    text: `select c.customer_no as "customerNo", joined_at as "joinedAt", left_at as "leftAt" from customer c left join member m using (customer_no)
      where c.customer_no = any($1::int[]) and c.merged_into is null
        and not exists (select from customer a where a.merged_into = c.customer_no)
        and not exists (select from points_account p where p.customer_no = c.customer_no)
        and not exists (select from order_earning o where o.customer_no = c.customer_no)
        and not exists (select from growth_entry g where g.customer_no = c.customer_no)
        and not exists (select from earning_opening e where e.customer_no = c.customer_no)`,
    values: [customerNos],
  });
  return new Map(rows.map(({ customerNo, joinedAt, leftAt }) => [customerNo, joinedAt ? [{ joinedAt: joinedAt.getTime(), leftAt: leftAt?.getTime() ?? null }] : []]));
}
