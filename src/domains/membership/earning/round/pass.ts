import type pg from 'pg';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { settleNewcomers } from '../history/settle-newcomers.ts';
import { type OrderInPlace, ordersInOrder, splitOrders } from '../orders/found-orders.ts';
import type { Terms } from '../reckon/terms.ts';
import { readKeptBetween } from '../store/kept-orders.ts';
import type { EarningDoors } from '../settle-orders.ts';
import { openBalances } from './open-balances.ts';
import { settleAll, settleKeys } from './settle-all.ts';

/** Orders that are looked at together. */
const ordersAtOnce = 5_000;
const lastNumber = 2_147_483_647;

export interface PassDoors extends EarningDoors {
  terms: Terms;
  /** Remembers up to which number everybody was looked at. */
  keep(client: pg.Pool | pg.PoolClient, after: number): Promise<void>;
}

/**
 * Looks at the orders of everybody after a number, in the order of customers: those that facts tell of, and those that earned something
 * and are gone. Of whom nothing is written yet the whole history is written at once. Stopped at any moment it goes on from where it was.
 */
export async function passOverAll(doors: PassDoors, after: number): Promise<void> {
  const { platform: { clickhouse }, terms } = doors;
  const split = new Set(await splitOrders(clickhouse));
  let done = after;
  let batch: OrderInPlace[] = [];
  // While some are written, the next are read.
  let writing: Promise<void> = Promise.resolve();
  const flush = async (until: number): Promise<void> => {
    await writing;
    const [from, orders] = [done, batch.filter(({ orderKey }) => !split.has(orderKey))];
    writing = settleRange(doors, { from, until, orders, split });
    // A failure is told where it is waited for.
    writing.catch(() => {});
    batch = [];
    done = until;
  };
  for await (const order of ordersInOrder(clickhouse, after)) {
    if (batch.length >= ordersAtOnce && order.groupNo !== batch.at(-1)?.groupNo) await flush(batch.at(-1)?.groupNo ?? done);
    batch.push(order);
  }
  await flush(lastNumber);
  await writing;
  await settleKeys(doors, terms, [...split]);
}

interface Range {
  from: number;
  until: number;
  orders: readonly OrderInPlace[];
  split: ReadonlySet<string>;
}

async function settleRange(doors: PassDoors, { from, until, orders, split }: Range): Promise<void> {
  const { platform: { pg: pool }, terms, keep } = doors;
  const byNumber = Map.groupBy(orders.filter(({ groupNo }) => groupNo > 0), ({ groupNo }) => groupNo);
  const dealtWith = await inTransaction(pool, (client) => settleNewcomers(doors, client, terms, byNumber));
  await openBalances(doors, terms, new Map([...byNumber].filter(([no]) => !dealtWith.has(no))));
  const kept = await readKeptBetween(pool, from, until);
  const others = orders.filter(({ groupNo }) => !dealtWith.has(groupNo));
  const keys = [...others.map(({ orderKey }) => orderKey), ...kept.filter(({ customerNo }) => !dealtWith.has(customerNo)).map(({ orderKey }) => orderKey)];
  await settleAll(doors, terms, { orders: others, orderKeys: [...new Set(keys)].filter((orderKey) => !split.has(orderKey)) });
  await keep(pool, until);
}
