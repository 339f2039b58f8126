import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { partsOf, startProduct, type Product } from '../product.ts';
import { quantileOf, startLoad } from './load.ts';
import { checkFolder, report, rounds } from './report.ts';
import { openStores } from './stores.ts';
import { createTracker, faultsOf, foundOf, noFaults, untilApplied } from './tracker.ts';

const residentMiB = (pid: number): number => Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024);

describe('under pressure', () => {
  let folder: ReturnType<typeof checkFolder>;
  let product: Product;
  beforeEach(async () => {
    folder = checkFolder('pressure');
    product = await startProduct(folder.path);
  });
  afterEach(async () => {
    await product.killTree();
    folder.remove();
  });
  const makeKey = async (name: string): Promise<string> => (await product.ask<{ secret: string }>('POST', '/api/write-keys', { name })).secret;

  it('24: an event that comes ten times counts once: in a batch, across batches, after a restart and a thousand others', async () => {
    const key = await makeKey('again');
    const post = async (batch: object[]): Promise<void> => {
      const reply = await fetch(`${product.url}/v1/batch`, { method: 'POST', body: JSON.stringify({ batch }), headers: { authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` } });
      expect(reply.status).toBe(200);
    };
    const event = { type: 'track', event: 'Order Completed', messageId: 'same', userId: 'u', properties: { id: 'same', mark: 'again', order_id: 'again-order-0', total: 5, products: [{ product_id: 'P', name: '茶', price: 5, quantity: 1 }] } };
    await post([event, event, event]);
    await post([event]);
    await post([event]);
    for (let i = 0; i < 10; i++) await post(Array.from({ length: 100 }, (_, n) => ({ type: 'track', event: 'Other', messageId: `other-${i}-${n}`, userId: `u${n}`, properties: {} })));
    let stores = await openStores(product);
    await untilApplied(stores);
    await stores.close();
    await product.killTree();
    product = await startProduct(folder.path);
    for (let i = 0; i < 5; i++) await post([event]);
    stores = await openStores(product);
    await untilApplied(stores);
    const { events, orders } = await foundOf(stores, 'again');
    const [all] = await stores.clickhouse.rows('select count() as n from event');
    await stores.close();
    report('24 repeats', { sent: 10, events: [...events], orders: [...orders], all });
    expect([[...events], [...orders], all]).toEqual([[['same', 1]], [['again-order-0', 1]], { n: '1001' }]);
  }, 180_000);

  it('27: five times what it can take, half of it by one key: it says when to come again, loses nothing acknowledged, stays small, and is itself again within a minute', async () => {
    const seconds = rounds('PERENNIAL_SECONDS', 60);
    const pages = ['/api/session', '/api/customer-tags'];
    const p99Of = async (forMs: number): Promise<number> => {
      const load = startLoad(product, pages, { clients: 2, pauseMs: 50 });
      await sleep(forMs);
      await load.stop();
      return Math.round(quantileOf(load.tookMs, 0.99));
    };
    // A megabyte a request: a hundred at once are more than the server takes in, whatever the machine.
    const padding = 'x'.repeat(25_000);
    const hot = { mark: 'hot', tracker: createTracker(await makeKey('hot'), 'hot', { clients: 50, pauseMs: 0, padding }) };
    const rest = await Promise.all(Array.from({ length: 5 }, async (_, i) => ({ mark: `cool${i}`, tracker: createTracker(await makeKey(`cool${i}`), `cool${i}`, { clients: 10, pauseMs: 0, padding }) })));
    const all = [hot, ...rest];
    // Until the program's own memory has settled.
    await p99Of(3_000);
    const calmMs = await p99Of(10_000);
    const parts = partsOf(product);
    const before = { api: residentMiB(product.pid), worker: residentMiB(parts.worker) };
    const peak = { ...before };
    const watch = setInterval(() => {
      peak.api = Math.max(peak.api, residentMiB(product.pid));
      peak.worker = Math.max(peak.worker, residentMiB(parts.worker));
    }, 250);
    const others = startLoad(product, pages, { clients: 2, pauseMs: 50 });
    const sending = all.map(({ tracker }) => tracker.run(product));
    await sleep(seconds * 1000);
    await Promise.all(sending.map((each) => each.stop()));
    await others.stop();
    const endedMs = Date.now();
    let afterMs = Infinity;
    while (afterMs > 2 * calmMs + 20 && Date.now() - endedMs < 60_000) afterMs = await p99Of(3_000);
    const normalAfterMs = Date.now() - endedMs;
    const stores = await openStores(product);
    const caughtUpMs = await untilApplied(stores, 600_000);
    clearInterval(watch);
    const statuses: Record<string, number> = {};
    for (const { tracker } of all) for (const [status, n] of Object.entries(tracker.statuses)) statuses[status] = (statuses[status] ?? 0) + n;
    const faults = await Promise.all(all.map(({ mark, tracker }) => faultsOf(stores, mark, tracker)));
    await stores.close();
    report('27 overload', {
      seconds, statuses, hot: hot.tracker.statuses, acknowledgedEvents: all.reduce((n, { tracker }) => n + tracker.acknowledged.length * 40, 0), before, peak,
      growthMiB: { api: peak.api - before.api, worker: peak.worker - before.worker }, caughtUpMs, othersP99Ms: { calm: calmMs, during: Math.round(quantileOf(others.tookMs, 0.99)), after: afterMs }, normalAfterMs, others: others.statuses,
    });
    expect(faults).toEqual(all.map(() => noFaults));
    expect(statuses['429']).toBeGreaterThan(0);
    expect(statuses['200']).toBeGreaterThan(0);
    expect(all.map(({ tracker }) => tracker.impatient)).toEqual(all.map(() => 0));
    expect(Object.keys(statuses).filter((s) => !['200', '429', '503'].includes(s))).toEqual([]);
    expect(Object.keys(others.statuses)).toEqual(['200']);
    expect(peak.api - before.api).toBeLessThan(200);
    expect(normalAfterMs).toBeLessThan(60_000);
  }, 900_000);

  it('21: a question without end is stopped by its bound, and others are served meanwhile', async () => {
    const stores = await openStores(product);
    const calm = startLoad(product, ['/api/session', '/api/orders', '/api/customers'], { clients: 3, pauseMs: 40 });
    await sleep(5_000);
    await calm.stop();
    const load = startLoad(product, ['/api/session', '/api/orders', '/api/customers'], { clients: 3, pauseMs: 40 });
    const startedMs = Date.now();
    const endless = ['select count() from numbers(1000000000000) where cityHash64(number) = 1', 'select count() from numbers(10000000) a cross join numbers(10000000) b where a.number + b.number = -1',
      'select uniqExact(number) from numbers(1000000000)'];
    const ends = await Promise.all(endless.map((sql) => stores.clickhouse.rows(sql, {}, { timeoutMs: 5_000, memoryBytes: 512 * 2 ** 20 }).then(() => 'answered', (error: { code: string }) => error.code)));
    const stoppedMs = Date.now() - startedMs;
    await load.stop();
    await stores.close();
    report('21 endless questions', { ends, stoppedMs, p99CalmMs: Math.round(quantileOf(calm.tookMs, 0.99)), p99Ms: Math.round(quantileOf(load.tookMs, 0.99)), p50Ms: Math.round(quantileOf(load.tookMs, 0.5)), statuses: load.statuses });
    expect(ends.every((end) => /query_too_(slow|large)/.test(end))).toBe(true);
    expect(stoppedMs).toBeLessThan(15_000);
    expect(Object.keys(load.statuses)).toEqual(['200']);
  }, 120_000);
});
