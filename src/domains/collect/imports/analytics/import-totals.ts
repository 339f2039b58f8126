import { z } from 'zod';
import type { ClickHouse } from '../../../../platform/clickhouse/client.ts';
import { ask, question } from '../../../../platform/clickhouse/query.ts';
import type { EventTotals, OrderTotals } from '../run/summary.ts';

const count = z.coerce.number().int();
const params = z.object({ importId: z.int() });
const limits = { timeoutMs: 600_000, memoryBytes: 4 * 2 ** 30 };
/** A time of ClickHouse's, absent where there are no rows at all. */
const moment = z.string().nullable().transform((text) => (text === null ? null : new Date(text).toISOString()));

const totalsOfOrders = question({
  name: 'imports.order_totals',
  sql: `select count() as lines,
      uniqExactIf(customer_no, customer_no > 0) as customers,
      uniqExact(order_key) as orders,
      uniqExactIf(order_key, kind = 'refund') as refund_orders,
      toString(sum(amount)) as net,
      countIf(customer_no = 0) as without_customer,
      minOrNull(occurred_at) as from_time,
      maxOrNull(occurred_at) as to_time
    from order_line where import_id = {importId:UInt32}`,
  params,
  row: z.object({ lines: count, customers: count, orders: count, refund_orders: count, net: z.string(), without_customer: count, from_time: moment, to_time: moment }),
  limits,
});

const totalsOfEvents = question({
  name: 'imports.event_totals',
  sql: `select count() as events,
      uniqExactIf(customer_no, customer_no > 0) as customers,
      countIf(customer_no = 0) as without_customer,
      minOrNull(occurred_at) as from_time,
      maxOrNull(occurred_at) as to_time
    from event where import_id = {importId:UInt32}`,
  params,
  row: z.object({ events: count, customers: count, without_customer: count, from_time: moment, to_time: moment }),
  limits,
});

const refundsAlone = question({
  name: 'imports.refunds_alone',
  sql: `select uniqExact(order_key) as orders from order_line where import_id = {importId:UInt32} and kind = 'refund' and order_key not in (
      select order_key from order_line where kind = 'sale' and order_key in (select order_key from order_line where import_id = {importId:UInt32} and kind = 'refund'))`,
  params, row: z.object({ orders: count }), limits,
});

/** What the order lines of an import add up to. */
export async function totalsOfOrderImport(clickhouse: ClickHouse, importId: number): Promise<OrderTotals> {
  const [[row], [alone]] = await Promise.all([ask(clickhouse, totalsOfOrders, { importId }), ask(clickhouse, refundsAlone, { importId })]);
  return {
    lines: row.lines,
    customers: row.customers,
    orders: row.orders,
    refundOrders: row.refund_orders,
    refundsAlone: alone.orders,
    net: row.net,
    linesWithoutCustomer: row.without_customer,
    from: row.from_time,
    to: row.to_time,
  };
}

/** What the events of an import add up to. */
export async function totalsOfEventImport(clickhouse: ClickHouse, importId: number): Promise<EventTotals> {
  const [row] = await ask(clickhouse, totalsOfEvents, { importId });
  return { events: row.events, customers: row.customers, eventsWithoutCustomer: row.without_customer, from: row.from_time, to: row.to_time };
}
