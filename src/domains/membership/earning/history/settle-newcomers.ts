import type pg from 'pg';
import { Numbers } from '../../ledger/store/numbers.ts';
import { birthDatesOf, type OrderInPlace } from '../orders/found-orders.ts';
import { asksFor } from '../reckon/person.ts';
import type { Terms } from '../reckon/terms.ts';
import type { EarningDoors } from '../settle-orders.ts';
import { makeDue } from '../store/growth.ts';
import { type History, type Newcomer, replay } from './replay.ts';
import { writeHistories } from './write-histories.ts';

const numbers = new Numbers();
/** An order may be earned, taken back from several lots, paid a debt with, and end. */
const numbersPerOrder = 12;

/**
 * Of these numbers those of whom nothing is written yet: no points, no growth, no orders, and no other number they count under. Their
 * histories are lived through in memory and copied into the tables. Answers with whom it has dealt with: whoever was
 * given points by something else meanwhile is left to be settled order by order.
 */
export async function settleNewcomers(doors: EarningDoors, client: pg.PoolClient, terms: Terms, orders: ReadonlyMap<number, readonly OrderInPlace[]>): Promise<Set<number>> {
  const { platform: { clickhouse, clock } } = doors;
  const now = clock.now();
  const newcomers = await readNewcomers(client, [...orders.keys()]);
  const births = asksFor(terms.versions, 'birthday') ? await birthDatesOf(clickhouse, [...newcomers.keys()]) : new Map<number, string>();
  const count = [...newcomers.keys()].reduce((sum, no) => sum + (orders.get(no)?.length ?? 0) + 1, 0);
  await numbers.reserve(client, count * numbersPerOrder);
  const histories = [...newcomers].map(([customerNo, memberships]): History =>
    replay({ customerNo, memberships, birthDate: births.get(customerNo) ?? null, orders: orders.get(customerNo) ?? [] }, terms, numbers.next, now.getTime()));
  const written = await writeHistories(client, histories, now);
  await makeDue(client, written.filter(({ growth }) => growth.length > 0).map(({ person }) => person.accounts[0]), now);
  return new Set(written.map(({ person }) => person.accounts[0]));
}

async function readNewcomers(client: pg.PoolClient, customerNos: readonly number[]): Promise<Map<number, Newcomer['memberships']>> {
  const { rows } = await client.query<{ customerNo: number; joinedAt: Date; leftAt: Date | null }>({
    name: 'earning.newcomers',
    text: `select m.customer_no as "customerNo", joined_at as "joinedAt", left_at as "leftAt" from member m join customer c using (customer_no)
      where m.customer_no = any($1::int[]) and c.merged_into is null
        and not exists (select from customer a where a.merged_into = m.customer_no)
        and not exists (select from points_account p where p.customer_no = m.customer_no)
        and not exists (select from order_earning o where o.customer_no = m.customer_no)
        and not exists (select from growth_entry g where g.customer_no = m.customer_no)
        and not exists (select from earning_opening e where e.customer_no = m.customer_no)`,
    values: [customerNos],
  });
  return new Map(rows.map(({ customerNo, joinedAt, leftAt }) => [customerNo, [{ joinedAt: joinedAt.getTime(), leftAt: leftAt?.getTime() ?? null }]]));
}
