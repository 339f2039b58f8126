import type pg from 'pg';
import type { KeptOrder } from '../reckon/kept-order.ts';

type Connection = pg.Pool | pg.PoolClient;

const columns = `order_key::text as "orderKey", customer_no as "customerNo", order_id as "orderId", (extract(epoch from placed_at) * 1000)::bigint as "placedAt", version_no as "versionNo",
  sold::text as sold, applied, extras, regular, bonus, by_money as "byMoney", per_order as "perOrder", points, growth, shortfall, entries, earnings`;

/** Keys have a sign in PostgreSQL, and none in ClickHouse. */
export const signed = (orderKey: string): string => BigInt.asIntN(64, BigInt(orderKey)).toString();
const unsigned = (row: KeptOrder): KeptOrder => ({ ...row, orderKey: BigInt.asUintN(64, BigInt(row.orderKey)).toString() });

/** What these orders have earned so far, by their keys. */
export async function readKept(connection: Connection, orderKeys: readonly string[]): Promise<Map<string, KeptOrder>> {
  const { rows } = await connection.query<KeptOrder>({
    name: 'earning.kept', text: `select ${columns} from order_earning where order_key = any($1::bigint[])`, values: [orderKeys.map(signed)],
  });
  return new Map(rows.map(unsigned).map((row) => [row.orderKey, row]));
}

/** All that earned something of these numbers. */
export async function readKeptOf(connection: Connection, customerNos: readonly number[]): Promise<KeptOrder[]> {
  const { rows } = await connection.query<KeptOrder>({
    name: 'earning.kept-of', text: `select ${columns} from order_earning where customer_no = any($1::int[])`, values: [customerNos],
  });
  return rows.map(unsigned);
}

/** Keys of all that earned something of a range of numbers. */
export async function readKeysBetween(connection: Connection, after: number, until: number): Promise<string[]> {
  const { rows } = await connection.query<{ orderKey: string }>({
    name: 'earning.keys-between', text: 'select order_key::text as "orderKey" from order_earning where customer_no > $1 and customer_no <= $2', values: [after, until],
  });
  return rows.map(({ orderKey }) => BigInt.asUintN(64, BigInt(orderKey)).toString());
}

const column = <V>(rows: readonly KeptOrder[], of: (row: KeptOrder) => V): V[] => rows.map(of);

export async function writeKept(client: pg.PoolClient, rows: readonly KeptOrder[]): Promise<void> {
  if (rows.length === 0) return;
  await client.query({
    name: 'earning.write-kept',
    text: `insert into order_earning (order_key, customer_no, order_id, placed_at, version_no, sold, applied, regular, bonus, by_money, per_order, points, growth, shortfall, entries, earnings, extras)
      select k, c, o, p, v, s, array(select jsonb_array_elements_text(a)), r, b, m, po, pt, g, sh, e, ea, x
      from unnest($1::bigint[], $2::int[], $3::text[], $4::timestamptz[], $5::int[], $6::bigint[], $7::jsonb[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[], $15::int[], $16::jsonb[], $17::jsonb[])
        as t (k, c, o, p, v, s, a, r, b, m, po, pt, g, sh, e, ea, x)
      on conflict (order_key) do update set customer_no = excluded.customer_no, placed_at = excluded.placed_at, sold = excluded.sold, applied = excluded.applied, extras = excluded.extras, regular = excluded.regular, bonus = excluded.bonus,
        by_money = excluded.by_money, per_order = excluded.per_order, points = excluded.points, growth = excluded.growth, shortfall = excluded.shortfall, entries = excluded.entries, earnings = excluded.earnings`,
    values: [
      column(rows, (r) => signed(r.orderKey)), column(rows, (r) => r.customerNo), column(rows, (r) => r.orderId), column(rows, (r) => new Date(r.placedAt)), column(rows, (r) => r.versionNo), column(rows, (r) => r.sold),
      column(rows, (r) => JSON.stringify(r.applied)), column(rows, (r) => r.regular), column(rows, (r) => r.bonus), column(rows, (r) => r.byMoney), column(rows, (r) => r.perOrder), column(rows, (r) => r.points),
      column(rows, (r) => r.growth), column(rows, (r) => r.shortfall), column(rows, (r) => r.entries), column(rows, (r) => JSON.stringify(r.earnings)), column(rows, (r) => JSON.stringify(r.extras)),
    ],
  });
}
