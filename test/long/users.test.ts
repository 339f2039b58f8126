import { chownSync, cpSync, lstatSync, mkdirSync, readlinkSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { launchProduct, startProduct, type LaunchOptions } from '../product.ts';
import { closeToOthers, copyCheckout } from './checkout.ts';
import { checkFolder, report } from './report.ts';

const isRoot = process.getuid?.() === 0;
const someUser = 1_000;

describe.skipIf(!isRoot)('who runs it and from where (needs root; skipped without)', () => {
  let folder: ReturnType<typeof checkFolder>;
  const clusters: string[] = [];
  afterEach(() => {
    folder.remove();
    for (const cluster of clusters.splice(0)) rmSync(cluster, { recursive: true, force: true });
  });

  async function startTwice(dataDir: string, options: LaunchOptions): Promise<number> {
    const first = await startProduct(dataDir, {}, options);
    expect(await first.stop()).toBe(0);
    const again = await startProduct(dataDir, {}, options);
    expect(await again.stop()).toBe(0);
    return again.readyMs;
  }

  describe('root, with everything under a home that nobody may enter', () => {
    beforeEach(() => {
      folder = checkFolder('home', '/root');
    });

    it('runs from a checkout without library links, and finds its database when the data folder was moved', async () => {
      const root = join(folder.path, 'checkout');
      mkdirSync(root);
      copyCheckout(root);
      closeToOthers(root);
      const dataDir = join(folder.path, 'data');
      const readyMs = await startTwice(dataDir, { root });
      const cluster = readlinkSync(join(dataDir, 'postgres'));
      clusters.push(cluster);

      cpSync(dataDir, join(folder.path, 'copy'), { recursive: true, verbatimSymlinks: true });
      const copy = launchProduct(join(folder.path, 'copy'), {}, { root });
      expect(await copy.exited).toBe(1);
      expect(copy.output()).toContain('is a copy');

      renameSync(dataDir, join(folder.path, 'moved'));
      expect(await (await startProduct(join(folder.path, 'moved'), {}, { root })).stop()).toBe(0);
      rmSync(cluster, { recursive: true });
      const lost = launchProduct(join(folder.path, 'moved'), {}, { root });
      expect(await lost.exited).toBe(1);
      expect(lost.output()).toContain('is gone from');
      report('16 root under /root', { readyMs, verdict: 'runs, moves, refuses a copy and a lost database' });
    }, 180_000);
  });

  describe('a user without rights', () => {
    beforeEach(() => {
      folder = checkFolder('user');
      chownSync(folder.path, someUser, someUser);
    });

    it('runs from a readable checkout on a folder of their own, which root can run as well without taking it away', async () => {
      const dataDir = join(folder.path, 'data');
      const readyMs = await startTwice(dataDir, { uid: someUser });
      expect(lstatSync(dataDir).mode & 0o777).toBe(0o700);
      const asRoot = await startProduct(dataDir);
      expect(await asRoot.stop()).toBe(0);
      expect(lstatSync(join(dataDir, 'postgres', 'PG_VERSION')).uid).toBe(someUser);
      report('16 user without rights', { readyMs, verdict: 'runs; root runs the database as its owner' });
    }, 180_000);

    it('is told in a sentence when the folder belongs to someone else', async () => {
      const dataDir = join(folder.path, 'data');
      mkdirSync(dataDir, { mode: 0o700 });
      const launched = launchProduct(dataDir, {}, { uid: someUser });
      expect(await launched.exited).toBe(1);
      expect(launched.output()).toContain(`The data folder ${dataDir} cannot be used (EACCES)`);
    }, 60_000);
  });
});
