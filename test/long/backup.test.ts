import { chmodSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runCommand } from '../command-line.ts';
import { startProduct, type Product } from '../product.ts';
import { until } from './load.ts';
import { checkFolder, report } from './report.ts';
import { openStores, type Stores } from './stores.ts';
import { createTracker, faultsOf, noFaults, untilApplied } from './tracker.ts';

let folder: ReturnType<typeof checkFolder>;
let product: Product | undefined;
beforeEach(() => {
  folder = checkFolder('backup');
  // Passable, so that a database started by root stays inside and is removed with it.
  chmodSync(folder.path, 0o755);
});
afterEach(async () => {
  await product?.killTree();
  folder.remove();
});

interface Figures {
  net: string;
  lines: string;
  events: string;
}

/** What the demonstration brand adds up to. */
async function demoFigures({ clickhouse }: Stores): Promise<Figures> {
  const [row] = await clickhouse.rows(`select toString(sum(amount)) as net, toString(count()) as lines,
    (select toString(count()) from event where source = 'demo') as events from order_line where source = 'demo'`);
  return row as Figures;
}

const factsOf = async ({ clickhouse }: Stores, customerNo: number): Promise<number> => {
  const [row] = await clickhouse.rows(`select (select count() from event where customer_no = {no:UInt32}) + (select count() from order_line where customer_no = {no:UInt32}) as n`, { no: customerNo });
  return Number((row as { n: string }).n);
};

it('is a deployment again in another folder: made under load, restored, with equal figures and without the erased', async () => {
  const dataDir = join(folder.path, 'data');
  const backup = join(folder.path, 'backup');
  const other = join(folder.path, 'other');
  product = await startProduct(dataDir, { PERENNIAL_DEMO: '1' });
  const { secret } = await product.ask<{ secret: string }>('POST', '/api/write-keys', { name: 'backup proof' });
  let stores = await openStores(product);
  const [{ no }] = (await stores.clickhouse.rows('select toString(customer_no) as no from order_line group by customer_no order by count() desc limit 1')) as { no: string }[];
  await product.ask('POST', `/api/customers/${no}/erasure`, { reason: 'asked for by mail', confirm: no });
  await until('the facts of the erased are gone', async () => (await factsOf(stores, Number(no))) === 0);

  const before = createTracker(secret, 'before');
  const sendingBefore = before.run(product);
  await sleep(3_000);
  await sendingBefore.stop();
  const during = createTracker(secret, 'during');
  const sending = during.run(product);
  const startedMs = Date.now();
  const made = await runCommand(dataDir, ['backup', backup]);
  const backupMs = Date.now() - startedMs;
  await sending.stop();
  expect(made.code, made.told).toBe(0);
  await untilApplied(stores);
  for (const [mark, tracker] of [['before', before], ['during', during]] as const) expect(await faultsOf(stores, mark, tracker)).toEqual(noFaults);
  const figures = await demoFigures(stores);
  await stores.close();
  await product.stop();

  const restored = await runCommand(other, ['restore', backup], {}, folder.path);
  expect(restored.code, restored.told).toBe(0);
  product = await startProduct(other);
  const checked = await runCommand(other, ['doctor']);
  expect(checked.out).toContain('Everything is in order.');
  stores = await openStores(product);
  await untilApplied(stores);
  expect(await demoFigures(stores)).toEqual(figures);
  expect(await factsOf(stores, Number(no))).toBe(0);
  // All that was acknowledged before the backup began, and of what came during it nothing twice.
  expect(await faultsOf(stores, 'before', before)).toEqual(noFaults);
  expect(await faultsOf(stores, 'during', during)).toMatchObject({ doubled: [], unknown: [] });
  const audit = await product.ask<{ rows: number; firstBadSeq: number | null }>('POST', '/api/audit/verify');
  expect(audit.firstBadSeq).toBeNull();
  await stores.close();
  report('20 backup', { backupMs, sentBefore: before.acknowledged.length * 40, sentDuring: during.acknowledged.length * 40, ...figures, auditRows: audit.rows, verdict: 'equal' });
}, 600_000);

it('that is damaged or cut off is refused, and leaves the target empty', async () => {
  const dataDir = join(folder.path, 'data');
  const backup = join(folder.path, 'backup');
  const other = join(folder.path, 'other');
  product = await startProduct(dataDir);
  expect((await runCommand(dataDir, ['backup', backup])).code).toBe(0);
  const page = join(backup, 'postgres', 'global', 'pg_control');
  const bytes = await readFile(page);
  bytes[100] ^= 1;
  await writeFile(page, bytes);
  const damaged = await runCommand(other, ['restore', backup], {}, folder.path);
  expect([damaged.code, damaged.told]).toEqual([1, expect.stringContaining('pg_control')]);
  await rm(join(backup, 'manifest.json'));
  const cutOff = await runCommand(other, ['restore', backup], {}, folder.path);
  expect([cutOff.code, cutOff.told]).toEqual([1, expect.stringContaining('no finished backup')]);
  expect(await readdir(other)).toEqual([]);
  report('20 damaged backup', { verdict: 'refused' });
}, 300_000);
