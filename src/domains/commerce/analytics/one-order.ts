import { z } from 'zod';
import { question } from '../../../platform/clickhouse/query.ts';
import { orderColumns, orderFromRow } from './order-columns.ts';

/** One order over all of its lines; no row when there is no such order. */
export const orderTotals = question({
  name: 'one order',
  sql: `select ${orderColumns} from order_line where order_key = {orderKey:UInt64} group by order_key`,
  params: z.object({ orderKey: z.string() }),
  row: orderFromRow,
});

/** More lines than anyone reads; an order of a wholesale customer may have thousands. */
export const linesShown = 500;

/** The lines of an order, oldest first, at most `linesShown`. */
export const orderLines = question({
  name: 'lines of an order',
  sql: `select toString(fact_id) as factId, occurred_at as occurredAt, kind, product_id as productId, product_name as productName,
    category, brand, quantity, unit_price as unitPrice, amount
    from order_line where order_key = {orderKey:UInt64} order by occurred_at, kind, fact_id limit ${linesShown}`,
  params: z.object({ orderKey: z.string() }),
  row: z.object({
    factId: z.string(),
    occurredAt: z.string(),
    kind: z.enum(['sale', 'refund']),
    productId: z.string(),
    productName: z.string(),
    category: z.string(),
    brand: z.string(),
    quantity: z.string(),
    unitPrice: z.string(),
    amount: z.string(),
  }),
});
