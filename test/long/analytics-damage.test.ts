import { existsSync, lstatSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProduct, type Product } from '../product.ts';
import { beginImport, finishImport } from './file-import.ts';
import { checkFolder, report } from './report.ts';
import { openStores, type Stores } from './stores.ts';
import { createTracker, untilApplied } from './tracker.ts';
import { until } from './load.ts';

/** What a page would show, and the counts behind it. */
interface Shown {
  counts: unknown;
  pages: unknown[];
}

const pages = ['/api/orders?pageSize=5', '/api/products?pageSize=5', '/api/customers?pageSize=5'];

async function pageTotals(product: Product): Promise<unknown[]> {
  return Promise.all(pages.map(async (path) => (await product.ask<{ total: number }>('GET', path)).total));
}

async function shown(product: Product, stores: Stores): Promise<Shown> {
  const counts = await stores.clickhouse.rows(`select (select count() from event) as events, (select count() from order_line) as lines,
    (select sum(amount) from order_line) as amount, (select uniqExact(customer_no) from customer) as customers,
    (select count() from customer_summary final) as summaries`);
  return { counts, pages: await pageTotals(product) };
}

const filesBelow = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return lstatSync(path).isDirectory() ? filesBelow(path) : [path];
  });

/** Ways to lose a store that answers as if nothing had happened. */
const damages: [string, (clickhouse: string) => void][] = [
  ['the folder is gone', (folder) => rmSync(folder, { recursive: true })],
  ['the stored parts are gone', (folder) => rmSync(join(folder, 'store'), { recursive: true })],
  ['the definition of a table is empty', (folder) => truncateSync(filesBelow(folder).find((path) => path.endsWith('/order_line.sql')) ?? '', 0)],
  ['the definition of a table is gone', (folder) => rmSync(filesBelow(folder).find((path) => path.endsWith('/event.sql')) ?? '')],
  ...['columns.txt', 'checksums.txt', 'count.txt', 'metadata_version.txt', 'columns_substreams.txt'].map((name): [string, (folder: string) => void] => [
    `every ${name} is empty`, (folder) => filesBelow(folder).filter((path) => path.endsWith(`/${name}`)).forEach((path) => truncateSync(path, 0)),
  ]),
];

describe('a damaged ClickHouse', () => {
  let folder: ReturnType<typeof checkFolder>;
  let before: Shown;
  beforeAll(async () => {
    folder = checkFolder('damage');
    const product = await startProduct(folder.path);
    const { secret } = await product.ask<{ secret: string }>('POST', '/api/write-keys', { name: 'damage' });
    const sending = createTracker(secret, 'damage').run(product);
    const stores = await openStores(product);
    await finishImport(product, stores, await beginImport(product, 'damage', 5_000));
    await sending.stop();
    await untilApplied(stores);
    await until('totals made', async () => (await stores.pg.query('select 1 from summary_due')).rowCount === 0);
    await until('customers copied', async () => {
      const [copied] = (await stores.clickhouse.rows('select uniqExact(customer_no) as n from customer')) as { n: string }[];
      return Number(copied.n) === Number((await stores.pg.query('select count(*) as n from customer')).rows[0].n);
    });
    before = await shown(product, stores);
    await stores.close();
    await product.stop();
  }, 180_000);
  afterAll(() => folder.remove());

  it.each(damages)('is noticed at the start and made anew, no wrong number shown meanwhile: %s', async (name, damage) => {
    damage(join(folder.path, 'clickhouse'));
    const product = await startProduct(folder.path);
    let refused = 0;
    const wrong: unknown[] = [];
    const tookMs = await until('numbers shown', async () => {
      const totals = await pageTotals(product).catch((error: Error) => {
        expect(error.message).toMatch(/503/);
        refused++;
        return null;
      });
      if (totals && JSON.stringify(totals) !== JSON.stringify(before.pages)) wrong.push(totals);
      return totals !== null;
    }, 120_000);
    const stores = await openStores(product);
    await until('settled', async () => (await stores.pg.query("select 1 from fact_state where state = 'ready'")).rowCount === 1);
    const after = await shown(product, stores);
    await stores.close();
    expect(await product.stop()).toBe(0);
    report('19/22 damaged ClickHouse', { damage: name, refused, wrong: wrong.length, rebuiltMs: tookMs, equal: JSON.stringify(after) === JSON.stringify(before), setAside: existsSync(join(folder.path, 'clickhouse.damaged')) });
    expect(wrong).toEqual([]);
    expect(after).toEqual(before);
  }, 240_000);
});
