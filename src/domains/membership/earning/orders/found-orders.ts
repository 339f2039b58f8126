import { z } from 'zod';
import { decimalScale } from '../../../../kernel/decimal.ts';
import { ask, askInStream, question } from '../../../../platform/clickhouse/query.ts';
import type { ClickHouse } from '../../../../platform/clickhouse/client.ts';
import type { FoundOrder } from '../reckon/kept-order.ts';

/** Money as the engine writes it, into ten-thousandths: read by the million. */
const money = z.string().transform((text) => {
  const point = text.indexOf('.');
  return BigInt(point < 0 ? `${text}0000` : text.slice(0, point) + text.slice(point + 1).padEnd(decimalScale, '0'));
});
const moment = z.coerce.number();

/** An order out of its lines. What it says of its payment may stand on one line or on each of them. */
const columns = `toString(order_key) as orderKey,
  toUInt32(argMinIf(customer_no, (occurred_at, fact_id), kind = 'sale')) as buyerNo, any(order_id) as orderId, argMinIf(channel, (occurred_at, fact_id), kind = 'sale') as orderChannel,
  toUnixTimestamp64Milli(minIf(occurred_at, kind = 'sale')) as soldAt, maxIf(placed_before, kind = 'sale') as placedBefore,
  arraySort(groupArrayIf((product_id, category, toString(amount)), kind = 'sale')) as sold,
  arraySort(line -> (line.3, line.1), groupArrayIf((product_id, toString(-amount), toUnixTimestamp64Milli(occurred_at)), kind = 'refund')) as returned,
  toString(maxIf(tax, kind = 'sale')) as tax, toString(maxIf(freight, kind = 'sale')) as freight, toString(maxIf(coupon_paid, kind = 'sale')) as couponPaid,
  toString(maxIf(points_paid, kind = 'sale')) as pointsPaid, toString(maxIf(gift_card_paid, kind = 'sale')) as giftCardPaid`;

const columnsOfOrder = z.object({
  orderKey: z.string(), buyerNo: z.number(), orderId: z.string(), orderChannel: z.string(), soldAt: moment, placedBefore: moment,
  sold: z.array(z.tuple([z.string(), z.string(), money])), returned: z.array(z.tuple([z.string(), money, moment])),
  tax: money, freight: money, couponPaid: money, pointsPaid: money, giftCardPaid: money,
});
const found = ({ orderKey, buyerNo, orderId, orderChannel, soldAt, placedBefore, sold, returned, tax, freight, couponPaid, pointsPaid, giftCardPaid }: z.output<typeof columnsOfOrder>): FoundOrder => ({
  orderKey, customerNo: buyerNo, orderId, channel: orderChannel, placedAt: soldAt - placedBefore, paidAt: placedBefore > 0 ? soldAt : null, payment: { tax, freight, couponPaid, pointsPaid, giftCardPaid },
  lines: sold.map(([productId, category, amount]) => ({ productId, category, amount })),
  refunds: returned.filter(([, amount]) => amount > 0n).map(([productId, amount, at]) => ({ productId, amount, at })),
});
const row = columnsOfOrder.transform(found);

const limits = { timeoutMs: 600_000 };

const byKeys = question({
  name: 'orders by their keys, for what they earn',
  sql: `select ${columns} from order_line where order_key in {orderKeys:Array(UInt64)} group by order_key`,
  params: z.object({ orderKeys: z.array(z.bigint()) }), row, limits,
});
/** Orders with these keys, as far as facts tell of them. */
export const ordersByKeys = (clickhouse: ClickHouse, orderKeys: readonly string[]): Promise<FoundOrder[]> => ask(clickhouse, byKeys, { orderKeys: orderKeys.map(BigInt) });

// An order's lines may carry different numbers, where its buyer was recognised later: its keys are looked for first.
const byPeople = question({
  name: 'orders of people, for what they earn',
  sql: `select ${columns} from order_line where order_key in (select order_key from order_line where customer_no in {customerNos:Array(UInt32)}) group by order_key`,
  params: z.object({ customerNos: z.array(z.number()) }), row, limits,
});
export const ordersOfPeople = (clickhouse: ClickHouse, customerNos: readonly number[]): Promise<FoundOrder[]> => ask(clickhouse, byPeople, { customerNos: [...customerNos] });

const keysOfBatches = question({
  name: 'orders that new batches tell of',
  sql: 'select toString(order_key) as orderKey from order_line where batch_no in {batches:Array(UInt64)} group by order_key limit {most:UInt32}',
  params: z.object({ batches: z.array(z.number()), most: z.number() }), row: z.object({ orderKey: z.string() }), limits,
});
export const orderKeysOf = async (clickhouse: ClickHouse, batches: readonly number[], most: number): Promise<string[]> =>
  (await ask(clickhouse, keysOfBatches, { batches: [...batches], most })).map(({ orderKey }) => orderKey);

// Lines lie in the order of their customers: groups are finished one after the other, and nothing is held in memory.
/** An order in the place of one of the numbers its lines carry. */
export type OrderInPlace = FoundOrder & { groupNo: number };
const inOrder = question({
  name: 'orders of everybody, by customer, for what they earn',
  sql: `select customer_no as groupNo, ${columns} from order_line where customer_no > {after:UInt32} group by customer_no, order_key order by customer_no
    settings optimize_aggregation_in_order = 1, optimize_read_in_order = 1`,
  params: z.object({ after: z.number() }), row: columnsOfOrder.extend({ groupNo: z.number() }).transform(({ groupNo, ...order }): OrderInPlace => ({ ...found(order), groupNo })), limits: { timeoutMs: 3_600_000 },
});
/** Everybody's orders after a number, in the order of customers. */
export const ordersInOrder = (clickhouse: ClickHouse, after: number): AsyncGenerator<OrderInPlace> => askInStream(clickhouse, inOrder, { after });

const split = question({
  name: 'orders whose lines carry several numbers',
  sql: `select toString(order_key) as orderKey from order_line group by order_key having min(customer_no) != max(customer_no)
    settings max_bytes_before_external_group_by = 1000000000`,
  params: z.object({}), row: z.object({ orderKey: z.string() }), limits,
});
/** Orders that no place in the order of customers tells all of: a buyer who was recognised later. */
export const splitOrders = async (clickhouse: ClickHouse): Promise<string[]> => (await ask(clickhouse, split, {})).map(({ orderKey }) => orderKey);

const births = question({
  name: 'birthdays, for what orders earn',
  sql: 'select customer_no as customerNo, toString(birth_date) as born from customer final where customer_no in {customerNos:Array(UInt32)} and isNotNull(birth_date)',
  params: z.object({ customerNos: z.array(z.number()) }), row: z.object({ customerNo: z.number(), born: z.string() }), limits,
});
export const birthDatesOf = async (clickhouse: ClickHouse, customerNos: readonly number[]): Promise<Map<number, string>> =>
  new Map((await ask(clickhouse, births, { customerNos: [...customerNos] })).map(({ customerNo, born }) => [customerNo, born]));
