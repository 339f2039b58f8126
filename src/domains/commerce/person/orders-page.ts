import { notFound } from '../../../kernel/problem.ts';
import type { Platform } from '../../../platform/platform.ts';
import { lineageOf } from '../../customers/public.ts';
import { ordersOf, type OrdersPage } from './orders-of.ts';

/** One page of a customer's orders for the customer's page; 404 where nobody has the number. */
export async function readOrdersPage(platform: Platform, customerNo: number, asked: { beforeAt?: string; beforeKey: string; limit: number }): Promise<OrdersPage> {
  const lineage = await lineageOf(platform.pg, customerNo);
  if (lineage.length === 0) throw notFound('customers.not_found', { customerNo });
  const cursor = asked.beforeAt === undefined ? null : { occurredAt: asked.beforeAt, orderKey: asked.beforeKey };
  return ordersOf(platform, lineage, cursor, asked.limit);
}
