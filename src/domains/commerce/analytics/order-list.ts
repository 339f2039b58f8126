import { z } from 'zod';
import { question } from '../../../platform/clickhouse/query.ts';
import { lineCondition, lineParams } from '../lines/condition.ts';
import { orderColumns, orderFromRow } from './order-columns.ts';

/** What orders can be sorted by, and the expression of each over an order's lines. */
const sortExpressions = {
  occurredAt: 'min(occurred_at)',
  sales: "sumIf(amount, kind = 'sale')",
  refunded: "-sumIf(amount, kind = 'refund')",
  net: 'sum(amount)',
  units: "sumIf(quantity, kind = 'sale')",
  lines: 'count()',
} as const;
export type OrderSort = keyof typeof sortExpressions;
export const orderSorts = Object.keys(sortExpressions) as OrderSort[];

export interface OrderOrder {
  field: OrderSort;
  descending: boolean;
}

const filterParams = lineParams.extend({ orderId: z.string(), kind: z.enum(['', 'sale', 'refund']) });
export type OrderFilterParams = z.output<typeof filterParams>;

const matching = `${lineCondition}
  and (empty({orderId:String}) or order_id = {orderId:String})`;
const ofKind = '(empty({kind:String}) or toString(kind) = {kind:String})';

/** How many orders match. */
export const countOrders = question({
  name: 'count orders',
  sql: `select uniqExact(order_key) as total from order_line where ${matching} and ${ofKind}`,
  params: filterParams,
  row: z.object({ total: z.coerce.number() }),
});

const sorted = ({ field, descending }: OrderOrder): string =>
  `order by ${sortExpressions[field]} ${descending ? 'desc' : 'asc'}, order_key`;

const grouped = `from order_line where ${matching} group by order_key having countIf(${ofKind}) > 0`;

/** The keys of one page of orders. Only what sorts is read, so that it holds over millions of orders. */
export const orderKeysPage = (order: OrderOrder) =>
  question({
    name: 'a page of orders',
    sql: `select order_key as orderKey ${grouped} ${sorted(order)} limit {limit:UInt32} offset {offset:UInt32}`,
    params: filterParams.extend({ limit: z.number().int(), offset: z.number().int() }),
    row: z.object({ orderKey: z.string() }),
  });

/** The orders of the keys as far as their lines match, in no order. */
export const ordersByKey = question({
  name: 'orders by key',
  sql: `select ${orderColumns} from order_line where order_key in {orderKeys:Array(UInt64)} and ${matching} group by order_key`,
  params: filterParams.extend({ orderKeys: z.array(z.string().transform(BigInt)) }),
  row: orderFromRow,
});

/** All orders that match, to be streamed. */
export const ordersForExport = (order: OrderOrder) =>
  question({
    name: 'orders for a file',
    sql: `select ${orderColumns} ${grouped} ${sorted(order)}`,
    params: filterParams,
    row: orderFromRow,
    limits: { timeoutMs: 600_000 },
  });
