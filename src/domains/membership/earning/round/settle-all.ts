import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { ordersByKeys } from '../orders/found-orders.ts';
import { asksFor } from '../reckon/person.ts';
import type { Terms } from '../reckon/terms.ts';
import { type EarningDoors, settleOrders, type Told } from '../settle-orders.ts';

/** Orders that one transaction brings up to date. */
const ordersAtOnce = 400;
const keysAtOnce = 5_000;

/** Looks at orders again by their keys. */
export async function settleKeys(doors: EarningDoors, terms: Terms, orderKeys: readonly string[]): Promise<void> {
  for (let from = 0; from < orderKeys.length; from += keysAtOnce) {
    const some = orderKeys.slice(from, from + keysAtOnce);
    await settleAll(doors, terms, { orderKeys: some, orders: await ordersByKeys(doors.platform.clickhouse, some) });
  }
}

/**
 * Brings orders up to date, some in a transaction. Where points go by tiers, an order waits until the tier counts that the order before
 * it has led to: then somebody's orders go one after the other.
 */
export async function settleAll(doors: EarningDoors, terms: Terms, told: Told): Promise<void> {
  for (const wave of asksFor(terms.versions, 'tier') ? wavesOf(told) : [told]) {
    const orders = wave.orders.toSorted((a, b) => a.customerNo - b.customerNo || a.placedAt - b.placedAt);
    const found = new Set(orders.map(({ orderKey }) => orderKey));
    const others = wave.orderKeys.filter((orderKey) => !found.has(orderKey));
    for (let from = 0; from < Math.max(orders.length, 1); from += ordersAtOnce) {
      const some = orders.slice(from, from + ordersAtOnce);
      const part = { orders: some, orderKeys: [...some.map(({ orderKey }) => orderKey), ...(from === 0 ? others : [])] };
      if (part.orderKeys.length === 0) continue;
      await inTransaction(doors.platform.pg, (client) => settleOrders(doors, client, terms, part));
    }
  }
}

/** First of everybody the first order, then the second, and so on; what nobody tells of any more comes with the first. */
function wavesOf({ orders, orderKeys }: Told): Told[] {
  const waves: Told['orders'][number][][] = [];
  for (const own of Map.groupBy(orders, ({ customerNo }) => customerNo).values()) {
    own.toSorted((a, b) => a.placedAt - b.placedAt || (a.orderKey < b.orderKey ? -1 : 1)).forEach((order, i) => (waves[i] ??= []).push(order));
  }
  const found = new Set(orders.map(({ orderKey }) => orderKey));
  const others = orderKeys.filter((orderKey) => !found.has(orderKey));
  return (waves.length === 0 ? [[]] : waves).map((wave, i) => ({ orders: wave, orderKeys: [...wave.map(({ orderKey }) => orderKey), ...(i === 0 ? others : [])] }));
}
