import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { descendants, isRunning, partsOf, signal, startProduct, type Product } from '../product.ts';
import { startLoad, until } from './load.ts';
import { checkFolder, report } from './report.ts';
import { openStores } from './stores.ts';

const plain = ['/api/session', '/api/customer-tags', '/api/staff'];
const analytical = ['/api/orders', '/api/products', '/api/customers'];

describe('a part of the running product that is killed', () => {
  let folder: ReturnType<typeof checkFolder>;
  let product: Product;
  beforeEach(async () => {
    folder = checkFolder('parts');
    product = await startProduct(folder.path);
  });
  afterEach(async () => {
    await product.killTree();
    folder.remove();
  });

  it('the worker: comes back, and the API notices nothing', async () => {
    const load = startLoad(product, [...plain, ...analytical]);
    const backMs: number[] = [];
    for (let round = 0; round < 3; round++) {
      const { worker } = partsOf(product);
      signal(worker, 'SIGKILL');
      backMs.push(await until('a new worker', () => ![0, worker].includes(partsOf(product).worker), 20_000));
      await sleep(500);
    }
    await load.stop();
    expect(Object.keys(load.statuses)).toEqual(['200']);
    report('17 worker killed', { backMs, statuses: load.statuses, verdict: 'API unaffected' });
  }, 120_000);

  it('ClickHouse: comes back on its own; meanwhile 503 with Retry-After for what needs it and nothing else', async () => {
    const asking = startLoad(product, analytical);
    const others = startLoad(product, plain);
    const backMs: number[] = [];
    for (let round = 0; round < 3; round++) {
      const { clickhouse } = partsOf(product);
      signal(clickhouse, 'SIGKILL');
      await until('ready again', async () => partsOf(product).clickhouse !== clickhouse && (await fetch(`${product.url}/readyz`)).ok, 30_000).then((ms) => backMs.push(ms));
    }
    await Promise.all([asking.stop(), others.stop()]);
    report('17 ClickHouse killed', { backMs, analytical: asking.statuses, plain: others.statuses, unexplained: asking.unexplained });
    expect(asking.unexplained).toEqual([]);
    expect(Object.keys(asking.statuses).filter((s) => !['200', '503'].includes(s))).toEqual([]);
    expect(Object.keys(others.statuses)).toEqual(['200']);
    expect(Math.max(...backMs)).toBeLessThan(15_000);
  }, 120_000);

  it('a connection of PostgreSQL: all connections break, the product says 503 and goes on', async () => {
    const load = startLoad(product, [...plain, ...analytical]);
    const { postgres, worker } = partsOf(product);
    const stores = await openStores(product);
    const { rows } = await stores.pg.query<{ pid: number }>("select pid from pg_stat_activity where application_name = 'perennial' limit 1");
    signal(rows[0].pid, 'SIGKILL');
    await sleep(300);
    const backMs = await until('ready again', async () => (await fetch(`${product.url}/readyz`)).ok, 30_000);
    await sleep(1_500);
    await load.stop();
    await stores.close();
    report('17 PostgreSQL connection killed', { backMs, statuses: load.statuses, unexplained: load.unexplained });
    expect(load.unexplained).toEqual([]);
    expect(Object.keys(load.statuses).filter((s) => !['200', '503'].includes(s))).toEqual([]);
    expect(isRunning(product.pid)).toBe(true);
    expect(partsOf(product).postgres).toBe(postgres);
    expect(partsOf(product).worker, 'the worker lives on').toBe(worker);
  }, 120_000);

  it('PostgreSQL: the program ends at once, says why, leaves nothing running, and starts again', async () => {
    const load = startLoad(product, plain);
    const tree = descendants(product.pid);
    signal(partsOf(product).postgres, 'SIGKILL');
    const code = await product.exited;
    await load.stop();
    expect(code).toBe(1);
    expect(product.output()).toContain('the database ended; so does the program');
    await until('every child gone', () => tree.every((pid) => !isRunning(pid)), 10_000);
    product = await startProduct(folder.path);
    report('17 PostgreSQL killed', { statuses: load.statuses, readyMs: product.readyMs, verdict: 'ended with 1, started again' });
  }, 120_000);

  it('SIGTERM under load while a question of 30 s runs: ends in 30 s with 0, and the next start repairs nothing', async () => {
    const load = startLoad(product, [...plain, ...analytical]);
    const stores = await openStores(product);
    const question = stores.clickhouse.rows('select count() from numbers(100000000000) where cityHash64(number) = 1', {}, { timeoutMs: 30_000 }).catch(() => 'cut off');
    await sleep(2_000);
    const tree = descendants(product.pid);
    const askedMs = Date.now();
    const code = await product.stop();
    const tookMs = Date.now() - askedMs;
    expect(await question).toBe('cut off');
    await load.stop();
    await stores.close();
    const last = product.output();
    expect({ code, last }).toMatchObject({ code: 0 });
    await until('every child gone', () => tree.every((pid) => !isRunning(pid)), 1_000);
    product = await startProduct(folder.path);
    report('17 SIGTERM', { tookMs, statuses: load.statuses, readyMs: product.readyMs, saidOnNextStart: product.output().split('\n').filter((l) => l.startsWith('{')) });
    expect(tookMs).toBeLessThan(30_000);
    expect(product.output()).not.toContain('earlier run');
    expect(Object.keys(load.statuses).filter((s) => !['200', 'none', '503'].includes(s))).toEqual([]);
  }, 120_000);
});
