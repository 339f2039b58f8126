import type { Actor, Permission } from '../../../kernel/actor.ts';
import { Problem } from '../../../kernel/problem.ts';
import { ask, askInStream } from '../../../platform/clickhouse/query.ts';
import type { Platform } from '../../../platform/platform.ts';
import { recordAudit } from '../../access/public.ts';
import { withoutPersonal } from '../../customers/contract.ts';
import { countOrders, ordersForExport } from '../analytics/order-list.ts';
import { bindOrders } from './list-orders.ts';

/** As many orders as a file may hold; a spreadsheet opens no more. */
const largestExport = 1_000_000;

/** The columns of the file, as keys of `orders.column` in the messages. */
export const exportedOrderColumns = [
  'orderId', 'occurredAt', 'customerNo', 'channel', 'region', 'lines', 'units', 'sales', 'refunded', 'net', 'currency', 'source',
] as const;

/**
 * Orders as cells of a file, of at most a million; writes into the audit log who took what. Throws
 * before the first row when there are more, so that nobody works with a part.
 */
export async function exportOrderCells(platform: Platform, actor: Actor, asked: Parameters<typeof bindOrders>[1]) {
  const { params, order } = await bindOrders(platform, asked);
  const [{ total }] = await ask(platform.reader, countOrders, params);
  if (total > largestExport) {
    throw new Problem('commerce.export_too_large', { status: 422, params: { total, largest: largestExport } });
  }
  await recordAudit(platform.pg, { actor, action: 'commerce.export' satisfies Permission, subject: 'orders', details: { ...withoutPersonal({ ...params }), rows: total } });
  const rows = askInStream(platform.reader, ordersForExport(order), params);
  return cellsOf(rows);
}

async function* cellsOf(rows: ReturnType<typeof askInStream<never, ReturnType<typeof ordersForExport>['row']>>) {
  for await (const row of rows) yield exportedOrderColumns.map((column) => row[column]);
}
