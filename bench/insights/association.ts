import { fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAccess } from '../../src/domains/access/public.ts';
import { permissions } from '../../src/app.ts';
import { createServer } from '../../src/platform/http/server.ts';
import { createSay } from '../../src/platform/i18n.ts';
import type { Platform } from '../../src/platform/platform.ts';
import type { InsightsBench } from '../input/insights-benchmark.ts';
import { insertPeople, personOf } from '../input/people.ts';
import type { Load, LoadResult } from '../input/steady-load.ts';
import type { Figure } from '../run.ts';

const model = '/api/insights/models/association';
const products = 5_000;
const knownPeople = 20_000;
const localToken = 'the-token-of-a-benchmark-that-lasts-as-long-as-it-does';
const perSecond = 500;
const loadSeconds = 20;

interface Trained { current: { modelId: number } | null; underWay: unknown; failed: { failure: string } | null }

/** Rules over all baskets of two years, and recommendations while a shop asks for them all the time. */
export async function* measure({ platform, ask, figure, customers, insights, size }: InsightsBench): AsyncGenerator<Figure> {
  await fillCatalogue(platform);
  await platform.jobs.start(true);
  const startedMs = performance.now();
  await ask('POST', model, { params: { periodDays: 730 } });
  const trained = await untilTrained(ask);
  const seconds = (performance.now() - startedMs) / 1_000;
  const { body } = await ask('GET', '/api/insights/association');
  const { product } = (body as { result: { product: { orders: number; items: number; baskets: { tested: number } } } }).result;
  yield figure('association.rules', seconds, 60, 's', { baskets: product.orders, products: product.items, tested: product.baskets.tested });
  for (const sort of ['-lift', 'confidence', '-withBoth']) {
    const { ms } = await ask('GET', `/api/insights/association/rules?sort=${sort}&page=2`);
    yield figure(`association.page.${sort}`, ms, 500);
  }
  if (trained.failed) throw new Error(trained.failed.failure);
  const { rows: [{ people }] } = await platform.pg.query<{ people: number }>('select count(*)::int as people from customer');
  // Everybody's orders are there; of the people behind them a tenth is enough for an index that does not fit a cache.
  const inVault = Math.max(knownPeople, size.customers / 10);
  if (people === 0) await insertPeople(platform.pg, platform.clickhouse, customers, { known: knownPeople, all: inVault });
  const access = createAccess(platform, { permissions, localToken });
  const server = await createServer({ log: platform.log, say: createSay(), routes: [...access.routes, ...insights.routes], authenticate: access.authenticate });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  insights.follow();
  const token = await makeToken(url);
  await warm(url, token);
  for (const [name, bodies] of Object.entries(asked())) {
    const { p50, p99, failed, sent } = await load({ url: `${url}/api/recommendations`, token, bodies, perSecond, seconds: loadSeconds });
    yield figure(`recommendations.${name}.p99`, p99, 20, 'ms', { p50: Math.round(p50 * 10) / 10, perSecond, sent, failed, inVault });
  }
  await server.close();
  await platform.jobs.stop();
}

/** Carts of two, and people by what a shop knows them by. */
const asked = () => ({
  cart: Array.from({ length: 2_000 }, (_, n) => ({ cart: [productOf(n * 7), productOf(n * 13 + 1)] })),
  user: Array.from({ length: knownPeople }, (_, n) => ({ user: { kind: 'external_id', value: personOf(n + 1).externalId } })),
});
const productOf = (n: number): string => `P${String(n % products).padStart(5, '0')}`;

async function fillCatalogue({ pg }: Platform): Promise<void> {
  await pg.query(`insert into product (product_id, name, category, described_at)
    select 'P' || lpad(n::text, 5, '0'), '商品 ' || n, '品类 ' || n % 30, now() from generate_series(0, $1 - 1) n on conflict do nothing`, [products]);
}

async function untilTrained(ask: InsightsBench['ask']): Promise<Trained> {
  for (;;) {
    const state = (await ask('GET', model)).body as Trained;
    if (!state.underWay) return state;
    await sleep(100);
  }
}

async function makeToken(url: string): Promise<string> {
  const reply = await fetch(`${url}/api/tokens`, {
    method: 'POST', headers: { authorization: `Bearer ${localToken}`, 'content-type': 'application/json' }, body: JSON.stringify({ name: 'shop', scopes: ['insights.recommend'], days: 1 }),
  });
  return ((await reply.json()) as { secret: string }).secret;
}

/** Until everybody's history is in memory, the database is asked: an answer takes longer. */
async function warm(url: string, token: string): Promise<void> {
  const user = { kind: 'external_id', value: personOf(1).externalId };
  for (let quick = 0, tries = 0; quick < 20 && tries < 3_000; tries++) {
    const startedMs = performance.now();
    const reply = await fetch(`${url}/api/recommendations`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify({ user }) });
    if (reply.status !== 200) throw new Error(await reply.text());
    await reply.text();
    quick = performance.now() - startedMs < 8 ? quick + 1 : 0;
    await sleep(50);
  }
}

function load(given: Load): Promise<LoadResult> {
  const shop = fork(new URL('../input/steady-load.ts', import.meta.url));
  shop.send(given);
  return new Promise((resolve, reject) => {
    shop.on('message', (result) => resolve(result as LoadResult));
    shop.on('error', reject);
    shop.on('exit', (code) => reject(new Error(`The load ended with ${code} and without a result.`)));
  });
}
