import { z } from 'zod';
import { canonicalNo } from '../../../platform/clickhouse/merge-dictionary.ts';
import { orderRow } from '../contract.ts';

/** What makes one order out of its lines, for questions grouped by `order_key`; `orderFromRow` reads it. */
export const orderColumns = `order_key as orderKey,
  any(order_id) as orderId,
  any(source) as orderSource,
  min(occurred_at) as occurredAt,
  max(${canonicalNo()}) as customerNo,
  any(channel) as orderChannel,
  any(region) as orderRegion,
  toUInt32(count()) as lines,
  sumIf(quantity, kind = 'sale') as units,
  sumIf(amount, kind = 'sale') as sales,
  -sumIf(amount, kind = 'refund') as refunded,
  sum(amount) as net,
  any(currency) as orderCurrency`;

/** A row of `orderColumns` as the contract's order. */
export const orderFromRow = z
  .object({
    orderKey: z.string(),
    orderId: z.string(),
    orderSource: z.string(),
    occurredAt: z.string(),
    customerNo: z.number(),
    orderChannel: z.string(),
    orderRegion: z.string(),
    lines: z.number(),
    units: z.string(),
    sales: z.string(),
    refunded: z.string(),
    net: z.string(),
    orderCurrency: z.string(),
  })
  .transform(({ orderSource, orderChannel, orderRegion, orderCurrency, ...row }) => ({
    ...row,
    source: orderSource,
    channel: orderChannel,
    region: orderRegion,
    currency: orderCurrency,
    customerNo: row.customerNo || null,
  }))
  .pipe(orderRow);
