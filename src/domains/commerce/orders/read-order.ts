import { notFound } from '../../../kernel/problem.ts';
import { ask } from '../../../platform/clickhouse/query.ts';
import type { Platform } from '../../../platform/platform.ts';
import { linesShown, orderLines, orderTotals } from '../analytics/one-order.ts';

const largestKey = 2n ** 64n - 1n;

/** One order with its lines and refunds; 404 when no line has the key. */
export async function readOneOrder({ reader }: Platform, orderKey: string) {
  if (BigInt(orderKey) > largestKey) throw notFound('commerce.no_such_order');
  const [[order], lines] = await Promise.all([
    ask(reader, orderTotals, { orderKey }),
    ask(reader, orderLines, { orderKey }),
  ]);
  if (!order) throw notFound('commerce.no_such_order');
  return { order, lines, linesLeftOut: Math.max(0, order.lines - linesShown) };
}
