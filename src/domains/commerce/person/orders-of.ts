import { ask } from '../../../platform/clickhouse/query.ts';
import type { Platform } from '../../../platform/platform.ts';
import { ordersOfPerson, totalsOfPerson } from '../analytics/orders-of-person.ts';
import type { OrderRow } from '../contract.ts';
import { momentText } from '../lines/condition.ts';

/** A place in a person's list of orders: the last order already seen. */
export interface OrderCursor {
  occurredAt: string;
  orderKey: string;
}

export interface OrdersPage {
  orders: OrderRow[];
  /** Where to go on; null at the end. */
  next: OrderCursor | null;
}

const end: OrderCursor = { occurredAt: '2299-12-31T00:00:00.000Z', orderKey: '0' };

/** The orders of a person, whose facts carry any of the numbers, newest first, from a cursor on. */
export async function ordersOf({ clickhouse }: Platform, customerNos: number[], cursor: OrderCursor | null, limit = 50): Promise<OrdersPage> {
  const { occurredAt, orderKey } = cursor ?? end;
  const found = await ask(clickhouse, ordersOfPerson, {
    customerNos,
    before: momentText(new Date(occurredAt)),
    beforeKey: orderKey,
    limit: limit + 1,
  });
  const orders = found.slice(0, limit);
  const last = orders.at(-1);
  return { orders, next: found.length > limit && last ? { occurredAt: last.occurredAt, orderKey: last.orderKey } : null };
}

/** What a person has bought and given back in all, from the totals of each of their numbers. */
export async function totalsOf({ clickhouse }: Platform, customerNos: number[]) {
  const [totals] = await ask(clickhouse, totalsOfPerson, { customerNos });
  return totals;
}
