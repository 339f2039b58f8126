import { z } from 'zod';
import { question } from '../../../platform/clickhouse/query.ts';

/** What the orders of these numbers add up to, a row a number that has any. */
export const orderTotals = question({
  name: 'order totals of customers',
  sql: `select customer_no as customerNo, orders, last_order_at as lastOrderAt, sales - refunded as spent
    from customer_summary final where customer_no in {customerNos:Array(UInt32)}`,
  params: z.object({ customerNos: z.array(z.number().int()) }),
  row: z.object({ customerNo: z.number().int(), orders: z.number().int(), lastOrderAt: z.string().nullable(), spent: z.string() }),
});
