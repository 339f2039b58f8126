import { z } from 'zod';
import { question } from '../../../platform/clickhouse/query.ts';
import { orderColumns, orderFromRow } from './order-columns.ts';

/** A person's orders before a place in their list (a moment and a key), newest first. */
export const ordersOfPerson = question({
  name: "a person's orders",
  sql: `select ${orderColumns} from order_line where customer_no in {customerNos:Array(UInt32)}
    group by order_key
    having occurredAt < {before:DateTime64(3, 'UTC')}
      or (occurredAt = {before:DateTime64(3, 'UTC')} and order_key < {beforeKey:UInt64})
    order by occurredAt desc, order_key desc limit {limit:UInt32}`,
  params: z.object({ customerNos: z.array(z.number()), before: z.string(), beforeKey: z.string(), limit: z.number().int() }),
  row: orderFromRow,
});

/** Every order line of a person, oldest first: what is handed over to who asks for their data. */
export const linesOfPerson = question({
  name: "a person's order lines",
  sql: `select occurred_at as occurredAt, kind, order_id as orderId, product_id as productId, product_name as productName,
    category, brand, channel, region, quantity, unit_price as unitPrice, amount, currency, source
    from order_line where customer_no in {customerNos:Array(UInt32)} order by occurred_at, order_id, fact_id`,
  params: z.object({ customerNos: z.array(z.number()) }),
  row: z.object({
    occurredAt: z.string(),
    kind: z.enum(['sale', 'refund']),
    orderId: z.string(),
    productId: z.string(),
    productName: z.string(),
    category: z.string(),
    brand: z.string(),
    channel: z.string(),
    region: z.string(),
    quantity: z.string(),
    unitPrice: z.string(),
    amount: z.string(),
    currency: z.string(),
    source: z.string(),
  }),
});

/**
 * What happened to a person's orders before a place (a moment and a key) in each kind, newest first: one order at
 * one time. The limit holds for each kind. Both are one question, because they lie in the same rows. `prewhere`
 * keeps the engine from reading the columns of the place for everybody who shares a granule with the person.
 */
export const orderMoments = question({
  name: "moments of a person's orders",
  sql: `select kind, order_key as orderKey, occurred_at as occurredAt, any(order_id) as orderId, any(channel) as orderChannel,
    toUInt32(count()) as lines, sum(amount) as total, groupUniqArrayIf(3)(product_name, product_name != '') as products
    from order_line
    prewhere customer_no in {customerNos:Array(UInt32)}
    where (occurred_at, order_key) < if(kind = 'sale', ({saleBefore:DateTime64(3, 'UTC')}, {saleBeforeKey:UInt64}),
        ({refundBefore:DateTime64(3, 'UTC')}, {refundBeforeKey:UInt64}))
    group by kind, order_key, occurred_at order by occurred_at desc, order_key desc limit {limit:UInt32} by kind`,
  params: z.object({
    customerNos: z.array(z.number()),
    saleBefore: z.string(),
    saleBeforeKey: z.string(),
    refundBefore: z.string(),
    refundBeforeKey: z.string(),
    limit: z.number().int(),
  }),
  row: z.object({
    kind: z.enum(['sale', 'refund']),
    orderKey: z.string(),
    occurredAt: z.string(),
    orderId: z.string(),
    orderChannel: z.string(),
    lines: z.number(),
    total: z.string(),
    products: z.array(z.string()),
  }),
});

/** How many order lines a person's numbers have. */
export const countLinesOfPerson = question({
  name: "how many order lines a person has",
  sql: 'select toUInt32(count()) as total from order_line where customer_no in {customerNos:Array(UInt32)}',
  params: z.object({ customerNos: z.array(z.number()) }),
  row: z.object({ total: z.number() }),
});

/** What a person has bought and given back in all. */
export const totalsOfPerson = question({
  name: "a person's totals",
  sql: `select min(first_order_at) as firstOrderAt, max(last_order_at) as lastOrderAt, toUInt32(sum(orders)) as orders,
    toUInt32(sum(refunds)) as refunds, sum(sales) as sales, sum(refunded) as refunded
    from customer_summary final where customer_no in {customerNos:Array(UInt32)}`,
  params: z.object({ customerNos: z.array(z.number()) }),
  row: z.object({
    firstOrderAt: z.string().nullable(),
    lastOrderAt: z.string().nullable(),
    orders: z.number(),
    refunds: z.number(),
    sales: z.string(),
    refunded: z.string(),
  }),
});
