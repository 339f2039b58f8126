import type pg from 'pg';
import type { Day } from '../../../../kernel/day.ts';
import type { MallDelivery, MallOrderState } from '../../contract/mall.ts';

/** Which of these keys orders have used. */
export async function usedKeys(client: pg.PoolClient, keys: readonly string[]): Promise<Set<string>> {
  const { rows } = await client.query<{ key: string }>('select command_key as key from mall_order where command_key = any($1::text[])', [keys]);
  return new Set(rows.map(({ key }) => key));
}

/** How often each of these people exchanged for an item, today and ever, by the number they count under: see `countOrders`. */
export async function countOrdersOf(client: pg.PoolClient, itemNo: number, lineages: ReadonlyMap<number, readonly number[]>, today: Day): Promise<Map<number, { today: number; total: number }>> {
  const accounts = [...new Set(lineages.values())].flatMap((lineage) => lineage.map((account) => ({ root: lineage[0], account })));
  const { rows } = await client.query<{ root: number; today: number; total: number }>(
    `select p.root, sum(o.today)::int as today, sum(o.total)::int as total from (select distinct root, account from unnest($1::int[], $2::int[]) as u (root, account)) p
      cross join lateral (select count(*) filter (where opened_day = $4) as today, count(*) as total from mall_order
        where item_no = $3 and customer_no = p.account and state not in ('cancelled', 'reversed') and activity_no is null) o
      group by p.root`,
    [accounts.map(({ root }) => root), accounts.map(({ account }) => account), itemNo, today]);
  return new Map(rows.map(({ root, ...counts }) => [root, counts]));
}

/** Numbers for orders that are about to be made. */
export async function takeOrderNos(client: pg.PoolClient, count: number): Promise<number[]> {
  const { rows } = await client.query<{ no: number }>("select nextval(pg_get_serial_sequence('mall_order', 'order_no')) as no from generate_series(1, $1::int)", [count]);
  return rows.map(({ no }) => no);
}

export interface NewOrders {
  itemNo: number;
  points: number;
  delivery: MallDelivery;
  /** What they went through at once; the last is what they are. */
  states: readonly MallOrderState[];
  at: Date;
  today: Day;
  by: string;
  expiresAt: Date;
  orders: readonly { orderNo: number; customerNo: number; key: string; inputHash: Buffer; code: Buffer | null }[];
}

/** Makes orders that are paid in points; what they take of the item is taken beside it. */
export async function insertOrders(client: pg.PoolClient, { itemNo, points, delivery, states, at, today, by, expiresAt, orders }: NewOrders): Promise<void> {
  const state = states[states.length - 1];
  await client.query(
    `insert into mall_order (order_no, item_no, customer_no, command_key, input_hash, state, points, money, delivery, opened_at, opened_day, opened_by, expires_at, ended_at, code, steps, taken_at)
      overriding system value
      select o.order_no, $6, o.customer_no, o.key, o.hash, $7, $8, 0, $9, $10, $11, $12, $13, $14, o.code, $15, $10
      from unnest($1::bigint[], $2::int[], $3::text[], $4::bytea[], $5::bytea[]) as o (order_no, customer_no, key, hash, code)`,
    [
      orders.map(({ orderNo }) => orderNo), orders.map(({ customerNo }) => customerNo), orders.map(({ key }) => key), orders.map(({ inputHash }) => inputHash), orders.map(({ code }) => code),
      itemNo, state, points, delivery, at, today, by, expiresAt, state === 'fulfilled' ? at : null, JSON.stringify(states.map((each) => ({ state: each, at: at.toISOString(), by }))),
    ]);
}
