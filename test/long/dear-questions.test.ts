import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { partsOf, startProduct, type Product } from '../product.ts';
import { loopDelayMs, quantileOf, residentMiB, startLoad, until } from './load.ts';
import { checkFolder, report, rounds } from './report.ts';
import { openStores, type Stores } from './stores.ts';

const lines = rounds('PERENNIAL_LINES', 10_000_000);
const customers = 1_000_000;
const ordinary = ['/api/session', '/api/customer-tags', '/api/staff', '/api/audience-fields', '/api/customers/search?q=%2312'];

/** Facts straight into ClickHouse: what is asked of them matters here, not how they came. */
async function fill({ clickhouse }: Stores): Promise<void> {
  await clickhouse.command(`insert into customer (customer_no, version, status, created_at) select number + 1, 1, 'active', now64(3) from numbers(${customers})`, {}, { timeoutMs: 600_000 });
  await clickhouse.command(`insert into order_line (fact_id, customer_no, occurred_at, kind, order_id, product_id, category, channel, quantity, unit_price, amount, currency, source)
    select number, 1 + cityHash64(number) % ${customers}, now64(3) - toIntervalSecond(cityHash64(number, 1) % 31536000), 'sale', toString(number), concat('P', toString(number % 2000)), concat('C', toString(number % 30)),
      '官网', 1, 9.5, 9.5, 'CNY', 'test' from numbers(${lines})`, {}, { timeoutMs: 600_000 });
}

/** A rule that has to follow every line of everybody several times over; no two are the same, so that nothing is kept of the last. */
const dearRule = (n: number): object => {
  const facts = { fact: 'order', of: 'sale', where: [{ field: 'amount', test: 'compare', compare: { is: 'more_than', value: String(n / 10_000) } }] };
  const then = Array.from({ length: 4 }, () => ({ facts, within: { amount: 300, unit: 'day' } }));
  return { kind: 'group', match: 'any', parts: [0, 1, 2].map((i) => ({ kind: 'sequence', first: facts, then, period: { from: { ago: 360 - i, unit: 'day' } } })) };
};

describe('a question that costs too much', () => {
  let folder: ReturnType<typeof checkFolder>;
  let product: Product;
  let stores: Stores;
  beforeEach(async () => {
    folder = checkFolder('dear');
    product = await startProduct(folder.path);
    stores = await openStores(product);
  });
  afterEach(async () => {
    await stores.close();
    await product.killTree();
    folder.remove();
  });

  it('21: a preview of such a rule is stopped within five seconds, and others hardly notice', async () => {
    await fill(stores);
    const calm = startLoad(product, ordinary, { clients: 3, pauseMs: 50 });
    await sleep(10_000);
    await calm.stop();
    const parts = partsOf(product);
    const before = { api: residentMiB(product.pid), clickhouse: residentMiB(parts.clickhouse) };
    const peak = { ...before };
    const delays: number[] = [];
    await loopDelayMs(product);
    const watch = setInterval(() => {
      peak.api = Math.max(peak.api, residentMiB(product.pid));
      peak.clickhouse = Math.max(peak.clickhouse, residentMiB(parts.clickhouse));
      void loopDelayMs(product).then((ms) => delays.push(ms));
    }, 500);
    const others = startLoad(product, ordinary, { clients: 3, pauseMs: 50 });
    const answers: { status: number; code: string; tookMs: number }[] = [];
    let asked = 0;
    const ask = async (): Promise<void> => {
      const startedMs = performance.now();
      const reply = await fetch(`${product.url}/api/audiences/preview`, {
        method: 'POST', body: JSON.stringify({ rule: dearRule(asked++) }), headers: { authorization: `Bearer ${product.token}`, 'content-type': 'application/json' },
      });
      const { code = '' } = (await reply.json()) as { code?: string };
      answers.push({ status: reply.status, code, tookMs: Math.round(performance.now() - startedMs) });
    };
    // Three people at once, each again and again.
    await Promise.all([0, 1, 2].map(async () => {
      for (let turn = 0; turn < 5; turn++) await ask();
    }));
    await others.stop();
    clearInterval(watch);
    const figures = {
      lines, answers: Object.fromEntries(Map.groupBy(answers, ({ status, code }) => `${status} ${code}`).entries().map(([name, some]) => [name, some.length])), slowestMs: Math.max(...answers.map(({ tookMs }) => tookMs)),
      othersMs: { calmP99: Math.round(quantileOf(calm.tookMs, 0.99)), p50: Math.round(quantileOf(others.tookMs, 0.5)), p99: Math.round(quantileOf(others.tookMs, 0.99)), requests: others.tookMs.length },
      others: others.statuses, loopDelayMs: Math.max(...delays), before, peak,
    };
    report('21 dear previews', figures);
    expect(new Set(answers.map(({ status, code }) => `${status} ${code}`))).toEqual(new Set(['422 audiences.preview_too_slow']));
    expect(figures.slowestMs).toBeLessThanOrEqual(5_000);
    expect(Object.keys(others.statuses)).toEqual(['200']);
    expect(figures.othersMs.p99).toBeLessThan(300);
    expect(figures.loopDelayMs).toBeLessThan(100);
    expect(peak.api - before.api).toBeLessThan(200);
    expect(peak.clickhouse).toBeLessThan(5 * 1024);
  }, 600_000);

  it('21: a statement without end is stopped by its bound, and others are served meanwhile', async () => {
    await until('orders can be asked for', async () => (await fetch(`${product.url}/api/orders`, { headers: { authorization: `Bearer ${product.token}` } })).ok);
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
    report('21 endless statements', { ends, stoppedMs, p99CalmMs: Math.round(quantileOf(calm.tookMs, 0.99)), p99Ms: Math.round(quantileOf(load.tookMs, 0.99)), p50Ms: Math.round(quantileOf(load.tookMs, 0.5)), statuses: load.statuses });
    expect(ends.every((end) => /query_too_(slow|large)/.test(end))).toBe(true);
    expect(stoppedMs).toBeLessThan(8_000);
    expect(Object.keys(load.statuses)).toEqual(['200']);
  }, 120_000);
});
