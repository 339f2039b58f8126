import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, mkdirSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchProduct, startProduct, type Product } from '../product.ts';
import { until } from './load.ts';
import { checkFolder, report } from './report.ts';
import { openStores } from './stores.ts';
import { createTracker, faultsOf, noFaults, untilApplied } from './tracker.ts';

const sizeMiB = 420;

/** A small disk of its own in memory; null where this user may not mount one. */
function mountSmallDisk(path: string): boolean {
  try {
    mkdirSync(path, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeMiB}m`, 'tmpfs', path], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const freeBytes = (path: string): number => {
  const { bavail, bsize } = statfsSync(path);
  return bavail * bsize;
};

/** Fills a disk to its last byte, and again where something gave room up. */
function fill(disk: string): void {
  try {
    execFileSync('dd', ['if=/dev/zero', `of=${join(disk, 'foreign')}`, 'bs=64k', 'oflag=append', 'conv=notrunc'], { stdio: 'ignore' });
  } catch {
    // dd ends with an error when nothing more goes in: that is what it is for.
  }
}

const folder = checkFolder('disk');
const disk = join(folder.path, 'disk');
// `nobody` may pass, or the database would live elsewhere.
chmodSync(folder.path, 0o755);
const mounted = mountSmallDisk(disk);

describe.skipIf(!mounted)('a full disk (needs the right to mount; skipped without)', () => {
  let product: Product;
  beforeAll(async () => {
    product = await startProduct(join(disk, 'data'));
    expect(lstatSync(join(disk, 'data', 'postgres')).isDirectory()).toBe(true);
  }, 60_000);
  afterAll(async () => {
    await product.killTree();
    execFileSync('umount', ['-l', disk]);
    folder.remove();
  }, 60_000);

  it('refuses what is new with 507, goes on reading and signing in, and takes it in again once there is room', async () => {
    const { secret } = await product.ask<{ secret: string }>('POST', '/api/write-keys', { name: 'disk' });
    const tracker = createTracker(secret, 'disk');
    const first = tracker.run(product);
    await until('some acknowledged', () => tracker.acknowledged.length > 10);
    fill(disk);
    await until('refused', () => (tracker.statuses['507'] ?? 0) > 0, 20_000);
    await first.stop();
    // Found out within half a second, and known to every process half a second later.
    await until('marked', () => existsSync(join(disk, 'data', 'disk-full')), 5_000);
    await sleep(600);
    const givenUp = freeBytes(disk);

    const whileFull: Record<string, number> = {};
    const ask = async (name: string, method: string, path: string, body?: object, headers: Record<string, string> = { authorization: `Bearer ${product.token}` }): Promise<Response> => {
      const reply = await fetch(`${product.url}${path}`, { method, body: body && JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });
      whileFull[name] = reply.status;
      return reply;
    };
    await ask('list of customers', 'GET', '/api/customers');
    await ask('orders', 'GET', '/api/orders');
    await ask('new staff', 'POST', '/api/staff', { name: 'late', email: 'late@example.com', roleIds: [1] });
    await ask('batch', 'POST', '/v1/batch', { batch: [] }, { authorization: `Basic ${Buffer.from(`${secret}:`).toString('base64')}` });
    const link = /#(\S+)/.exec(product.output())?.[1] ?? '';
    const signedIn = await ask('sign in', 'POST', '/api/session/link/follow', { token: link }, {});
    await signedIn.text();
    // Either door of ClickHouse answers whole, short answers and long ones alike.
    const whole = await openStores(product);
    const long = await Array.fromAsync(whole.clickhouse.bytes('select number from numbers(1000000)', 'RowBinary'));
    const answers = { counted: await whole.clickhouse.rows('select toUInt32(count()) as n from numbers(1000)'), bytes: Buffer.concat(long).length };
    await whole.close();

    rmSync(join(disk, 'foreign'));
    const again = tracker.run(product, tracker.inDoubt.splice(0));
    const before = tracker.acknowledged.length;
    const resumedMs = await until('taken in again', () => tracker.acknowledged.length > before + 5, 30_000);
    await again.stop();
    const stores = await openStores(product);
    await untilApplied(stores);
    expect(await faultsOf(stores, 'disk', tracker)).toEqual(noFaults);
    await stores.close();
    report('18 full disk', { sizeMiB, freeAfterFillingMiB: Math.round(givenUp / 2 ** 20), whileFull, statuses: tracker.statuses, resumedMs, verdict: 'nothing acknowledged was lost' });
    expect(answers).toEqual({ counted: [{ n: 1_000 }], bytes: 8_000_000 });
    expect(whileFull).toMatchObject({ 'list of customers': 200, orders: 200, 'new staff': 507, batch: 507, 'sign in': 204 });
  }, 240_000);

  it('lets a start through on what was kept aside, and says the cause when even that is gone', async () => {
    expect(await product.stop()).toBe(0);
    fill(disk);
    product = await startProduct(join(disk, 'data'));
    const refused = await fetch(`${product.url}/api/staff`, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json', authorization: `Bearer ${product.token}` } });
    expect(refused.status).toBe(507);
    expect(await product.stop()).toBe(0);
    fill(disk);
    const launched = launchProduct(join(disk, 'data'));
    const code = await launched.exited;
    rmSync(join(disk, 'foreign'));
    product = await startProduct(join(disk, 'data'));
    await expect(product.ask('GET', '/readyz')).resolves.toMatchObject({ postgres: true, clickhouse: true });
    report('18 start on a full disk', { code, words: launched.output().trim().split('\n').at(-1), verdict: 'said, and started once there was room' });
    expect(code).toBe(1);
    expect(launched.output()).toContain('is full');
  }, 240_000);
});
