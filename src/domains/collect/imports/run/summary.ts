import { z } from 'zod';
import { importCounts } from './counts.ts';

const count = z.number().int().nonnegative();

/** What ClickHouse holds of an import of order lines, asked after everything was in. */
export const orderTotals = z.object({
  lines: count,
  customers: count,
  orders: count,
  /** Orders with a refund or cancellation among `orders`. */
  refundOrders: count,
  /** Those of them whose sale is not known: nothing they bring back belongs to an order. Imports of before did not count them. */
  refundsAlone: count.optional(),
  /** Net of refunds, a plain decimal. */
  net: z.string(),
  linesWithoutCustomer: count,
  from: z.iso.datetime().nullable(),
  to: z.iso.datetime().nullable(),
});
export type OrderTotals = z.infer<typeof orderTotals>;

/** What ClickHouse holds of an import of events. */
export const eventTotals = z.object({
  events: count,
  customers: count,
  eventsWithoutCustomer: count,
  from: z.iso.datetime().nullable(),
  to: z.iso.datetime().nullable(),
});
export type EventTotals = z.infer<typeof eventTotals>;

const faultCount = z.object({ column: z.string().nullable(), failure: z.string(), rows: count, rejected: z.boolean() });

/** What an import brought. */
export const importSummary = z.object({
  counts: importCounts,
  faults: z.array(faultCount),
  newCustomers: count,
  newIdentifiers: count,
  currency: z.string(),
  orders: orderTotals.optional(),
  events: eventTotals.optional(),
  /** Customers whose profile was written, products that were made or changed. */
  changed: count.optional(),
  seconds: z.number(),
  computedAt: z.iso.datetime(),
});
export type ImportSummary = z.infer<typeof importSummary>;
