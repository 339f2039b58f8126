import type { z } from 'zod';
import { parseSort } from '../../../kernel/page.ts';
import { ask } from '../../../platform/clickhouse/query.ts';
import type { Platform } from '../../../platform/platform.ts';
import {
  countOrders,
  type OrderFilterParams,
  orderKeysPage,
  type OrderOrder,
  ordersByKey,
  orderSorts,
} from '../analytics/order-list.ts';
import type { exportOrders, listOrders, OrderRow } from '../contract.ts';
import { bindLines } from '../lines/condition.ts';
import { badSort } from '../lines/bad-sort.ts';

type OrdersAsked = z.output<NonNullable<(typeof exportOrders)['query']>>;
type PageAsked = z.output<NonNullable<(typeof listOrders)['query']>>;

/** Filters and sort of a list of orders, ready to be bound; an unknown sort is the asker's mistake. */
export async function bindOrders(platform: Platform, asked: OrdersAsked): Promise<{ params: OrderFilterParams; order: OrderOrder }> {
  const order = parseSort(asked.sort, orderSorts);
  if (asked.sort && !order) throw badSort(orderSorts);
  return {
    params: { ...(await bindLines(platform, asked)), orderId: asked.q ?? '', kind: asked.kind ?? '' },
    order: order ?? { field: 'occurredAt', descending: true },
  };
}

/** One page of orders and how many there are. */
export async function listOrdersPage(platform: Platform, asked: PageAsked): Promise<{ rows: OrderRow[]; total: number }> {
  const { params, order } = await bindOrders(platform, asked);
  const page = { limit: asked.pageSize, offset: (asked.page - 1) * asked.pageSize };
  const [keys, [{ total }]] = await Promise.all([
    ask(platform.reader, orderKeysPage(order), { ...params, ...page }),
    ask(platform.reader, countOrders, params),
  ]);
  const orderKeys = keys.map((row) => row.orderKey);
  const found = orderKeys.length > 0 ? await ask(platform.reader, ordersByKey, { ...params, orderKeys }) : [];
  const byKey = new Map(found.map((row) => [row.orderKey, row]));
  return { rows: orderKeys.flatMap((key) => byKey.get(key) ?? []), total };
}
