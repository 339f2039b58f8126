import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { demoBrand } from '../../src/domains/collect/demo/brand.ts';
import { findServer } from '../../src/serve/local-server.ts';
import { launchProduct, type Launched } from '../product.ts';
import { checkFolder, report } from './report.ts';
import { openStores } from './stores.ts';

interface Demo {
  state: 'absent' | 'loading' | 'done';
  loaded: number;
}

let folder: ReturnType<typeof checkFolder>;
let product: Launched | undefined;
beforeEach(() => {
  folder = checkFolder('demonstration');
});
afterEach(async () => {
  await product?.killTree();
  folder.remove();
});

/** How far the demonstration brand is; undefined while no server answers. */
async function demoOf(dataDir: string): Promise<Demo | undefined> {
  const server = await findServer(dataDir);
  if (!server) return undefined;
  const reply = await fetch(`${server.url}/api/demo`, { headers: { authorization: `Bearer ${server.token}` } }).catch(() => null);
  return reply?.ok ? ((await reply.json()) as Demo) : undefined;
}

async function untilDemo(dataDir: string, holds: (demo: Demo) => boolean): Promise<Demo> {
  for (;;) {
    const demo = await demoOf(dataDir);
    if (demo && holds(demo)) return demo;
    await sleep(50);
  }
}

it('is whole, each customer once, although the first starts were killed while it was loaded', async () => {
  const killedAt: number[] = [];
  for (const from of [1, 8_000, 14_000]) {
    product = launchProduct(folder.path, { PERENNIAL_DEMO: '1' });
    const demo = await untilDemo(folder.path, ({ state, loaded }) => state === 'done' || loaded >= from);
    await product.killTree();
    killedAt.push(demo.loaded);
  }
  product = launchProduct(folder.path, { PERENNIAL_DEMO: '1' });
  await untilDemo(folder.path, ({ state }) => state === 'done');
  const server = await findServer(folder.path);
  if (!server) throw new Error('the server is gone');

  const stores = await openStores(server);
  const { rows: [{ value }] } = await stores.pg.query<{ value: { seed: number; endMs: number; customers: number } }>("select value from setting where name = 'demo'");
  const wanted = { customers: value.customers, identifiers: 0, lines: 0, refunds: 0, events: 0 };
  for (const account of demoBrand(value).accounts()) {
    wanted.identifiers += account.customer.identifiers.length;
    wanted.events += account.events().length;
    for (const order of account.orders) {
      wanted.lines += order.lines.length;
      for (const refund of order.refunds) wanted.refunds += refund.lines.length;
    }
  }
  const { rows: [people] } = await stores.pg.query('select (select count(*)::int from customer) as customers, (select count(*)::int from identifier) as identifiers');
  const [facts] = (await stores.clickhouse.rows(`select countIf(kind = 'sale') as lines, countIf(kind = 'refund') as refunds,
    (select count() from event) as events, uniqExact(fact_id) = count() as once from order_line`)) as Record<string, unknown>[];
  await stores.close();
  expect({ ...people, lines: Number(facts.lines), refunds: Number(facts.refunds), events: Number(facts.events) }).toEqual(wanted);
  report('demonstration cut off', { killedAt, ...wanted, verdict: 'each once' });
}, 900_000);
