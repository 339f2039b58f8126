import type { Terms } from '../reckon/terms.ts';
import { type OrderInPlace, ordersInOrder, splitOrders } from '../orders/found-orders.ts';
import { readKeptBetween } from '../store/kept-orders.ts';
import type { EarningDoors } from '../settle-orders.ts';
import { type OnGrown, settleAll, settleKeys } from './settle-all.ts';

/** Orders that are looked at together, and how far numbers may go without any. */
const ordersAtOnce = 4_000;
const lastNumber = 2_147_483_647;

export interface PassDoors extends EarningDoors {
  terms: Terms;
  onGrown: OnGrown;
  /** Remembers up to which number everybody was looked at. */
  keep(after: number): Promise<void>;
}

/**
 * Looks at the orders of everybody after a number, in the order of customers: those that facts tell of, and those that earned something
 * and are gone. Stopped at any moment it goes on from where it last was.
 */
export async function passOverAll(doors: PassDoors, after: number): Promise<void> {
  const { platform: { clickhouse, pg }, terms, onGrown, keep } = doors;
  const split = new Set(await splitOrders(clickhouse));
  let done = after;
  let batch: OrderInPlace[] = [];
  const flush = async (until: number): Promise<void> => {
    const kept = await readKeptBetween(pg, done, until);
    const orders = batch.filter(({ orderKey }) => !split.has(orderKey));
    const orderKeys = new Set([...orders, ...kept].map(({ orderKey }) => orderKey).filter((orderKey) => !split.has(orderKey)));
    await settleAll(doors, terms, { orders, orderKeys: [...orderKeys] }, onGrown);
    batch = [];
    done = until;
    await keep(until);
  };
  for await (const order of ordersInOrder(clickhouse, after)) {
    if (batch.length >= ordersAtOnce && order.groupNo !== batch.at(-1)?.groupNo) await flush(batch.at(-1)?.groupNo ?? done);
    batch.push(order);
  }
  await flush(lastNumber);
  await settleKeys(doors, terms, [...split], onGrown);
}
