import { z } from 'zod';
import { ask, question } from '../../../platform/clickhouse/query.ts';
import type { Platform } from '../../../platform/platform.ts';

const lastOrders = question({
  name: 'the newest order of each customer',
  sql: `select customer_no as customerNo, any(order_id) as orderId, max(occurred_at) as occurredAt, sum(amount) as total,
      groupArray(60)(tuple(product_id, product_name, toString(unit_price))) as products
    from order_line where customer_no in {customerNos:Array(UInt32)} and kind = 'sale'
    group by customer_no, order_key order by customerNo, occurredAt desc limit 1 by customer_no`,
  params: z.object({ customerNos: z.array(z.number()) }),
  row: z.object({ customerNo: z.number(), orderId: z.string(), occurredAt: z.string(), total: z.string(), products: z.array(z.tuple([z.string(), z.string(), z.string()])) }),
});

/** As many products of an order as anybody looks at; each once, on however many lines it was bought. */
const mostProducts = 6;

export interface LastOrder {
  id: string;
  at: string;
  /** A decimal as text. */
  total: string;
  products: { id: string; name: string; price: string }[];
}

/** The newest order under each of these numbers; of who has none there is none. */
export async function lastOrdersOf({ clickhouse }: Platform, customerNos: readonly number[]): Promise<Map<number, LastOrder>> {
  if (customerNos.length === 0) return new Map();
  const rows = await ask(clickhouse, lastOrders, { customerNos: [...customerNos] });
  return new Map(rows.map(({ customerNo, orderId, occurredAt, total, products }) =>
    [customerNo, { id: orderId, at: occurredAt, total, products: eachOnce(products) }]));
}

const eachOnce = (lines: readonly [string, string, string][]): LastOrder['products'] =>
  [...new Map(lines.toReversed().map(([id, name, price]) => [id, { id, name, price }])).values()].toReversed().slice(0, mostProducts);
