import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalServer } from '../../src/serve/local-server.ts';
import type { Stores } from './stores.ts';

/** A batch as it was sent: ids of its events and of the order it tells of. */
interface Sent {
  ids: string[];
  orderId: string;
  body: string;
}

/** A tracker that remembers what was acknowledged, as the only witness of what must not be lost. */
export interface Tracker {
  acknowledged: Sent[];
  /** Sent, but the answer never came: may be there, at most once. */
  inDoubt: Sent[];
  statuses: Record<string, number>;
  /** How long answers took, in milliseconds. */
  tookMs: number[];
  /** Refusals of 429 and 503 that did not say when to come again. */
  impatient: number;
  /** Sends to a server until told to stop; `again` are batches in doubt that are sent once more, as clients do. */
  run(server: LocalServer, again?: Sent[]): { stop(): Promise<void> };
}

const eventsInBatch = 40;

/** A tracker whose events carry `mark`, so that they can be told from those of others. */
export function createTracker(writeKey: string, mark: string, options: { clients?: number; pauseMs?: number; padding?: string } = {}): Tracker {
  const tracker: Omit<Tracker, 'run'> = { acknowledged: [], inDoubt: [], statuses: {}, tookMs: [], impatient: 0 };
  const { padding } = options;
  let made = 0;

  const make = (): Sent => {
    const batchNo = made++;
    const ids = Array.from({ length: eventsInBatch }, (_, i) => `${mark}-${batchNo}-${i}`);
    const orderId = `${mark}-order-${batchNo}`;
    const batch = ids.map((messageId, i) => (i === 0
      ? { type: 'track', event: 'Order Completed', messageId, userId: `user-${batchNo % 50}`, properties: { id: messageId, mark, order_id: orderId, total: 12.5, currency: 'CNY', products: [{ product_id: 'P1', name: '白茶', price: 12.5, quantity: 1 }] } }
      : { type: 'track', event: 'Crash Proof', messageId, userId: `user-${i}`, properties: { id: messageId, mark, padding } }));
    return { ids, orderId, body: JSON.stringify({ batch }) };
  };

  const send = async (server: LocalServer, sent: Sent): Promise<void> => {
    let acknowledged = false;
    let refused = false;
    const startedMs = performance.now();
    try {
      const reply = await fetch(`${server.url}/v1/batch`, {
        method: 'POST', body: sent.body, signal: AbortSignal.timeout(20_000),
        headers: { authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`, 'content-type': 'application/json' },
      });
      acknowledged = reply.status === 200;
      refused = reply.status >= 400 && reply.status < 500;
      if ([429, 503].includes(reply.status) && !(Number(reply.headers.get('retry-after')) > 0)) tracker.impatient++;
      await reply.arrayBuffer();
      count(String(reply.status));
      tracker.tookMs.push(performance.now() - startedMs);
    } catch {
      count('none');
    }
    if (acknowledged) tracker.acknowledged.push(sent);
    else if (!refused) tracker.inDoubt.push(sent);
  };
  const count = (status: string): void => {
    tracker.statuses[status] = (tracker.statuses[status] ?? 0) + 1;
  };

  return {
    ...tracker,
    get impatient() {
      return tracker.impatient;
    },
    run(server, again = []) {
      let running = true;
      const client = async (): Promise<void> => {
        while (running) {
          await send(server, again.shift() ?? make());
          await sleep(options.pauseMs ?? 40);
        }
      };
      const clients = Array.from({ length: options.clients ?? 3 }, client);
      return {
        async stop() {
          running = false;
          await Promise.all(clients);
        },
      };
    },
  };
}

/** What ClickHouse has of a mark: how often each event and each order is there. */
export async function foundOf(stores: Stores, mark: string): Promise<{ events: Map<string, number>; orders: Map<string, number> }> {
  const events = (await stores.clickhouse.rows(
    'select properties.id::String as id, count() as n from event where properties.mark::String = {mark:String} group by id', { mark })) as { id: string; n: string }[];
  const orders = (await stores.clickhouse.rows(
    "select order_id as id, count() as n from order_line where startsWith(order_id, {start:String}) group by id", { start: `${mark}-order-` })) as { id: string; n: string }[];
  const asMap = (rows: { id: string; n: string }[]): Map<string, number> => new Map(rows.map(({ id, n }) => [id, Number(n)]));
  return { events: asMap(events), orders: asMap(orders) };
}

/** What is wrong between a tracker's memory and ClickHouse: nothing, when each list is empty. */
export async function faultsOf(stores: Stores, mark: string, { acknowledged, inDoubt }: Pick<Tracker, 'acknowledged' | 'inDoubt'>) {
  const { events, orders } = await foundOf(stores, mark);
  const sent = [...acknowledged, ...inDoubt];
  const known = new Set(sent.flatMap(({ ids }) => ids));
  return {
    lost: acknowledged.flatMap(({ ids }) => ids).filter((id) => !events.has(id)),
    lostOrders: acknowledged.filter(({ orderId }) => !orders.has(orderId)).map(({ orderId }) => orderId),
    doubled: [...events, ...orders].filter(([, n]) => n > 1).map(([id]) => id),
    unknown: [...events.keys()].filter((id) => !known.has(id)),
  };
}

export const noFaults = { lost: [], lostOrders: [], doubled: [], unknown: [] };

/** Waits until everything acknowledged is applied. */
export async function untilApplied(stores: Stores, limitMs = 120_000): Promise<number> {
  const startedMs = Date.now();
  for (;;) {
    const { rows: [left] } = await stores.pg.query<{ n: number }>(
      "select (select count(*) from intake_batch)::int + (select count(*) from fact_batch where applied_at is null and undone_at is null)::int as n");
    if (left.n === 0) return Date.now() - startedMs;
    if (Date.now() - startedMs > limitMs) throw new Error(`after ${limitMs} ms ${left.n} batches are not applied`);
    await sleep(100);
  }
}
