import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isRunning, launchProduct, partsOf, signal, startProduct } from '../product.ts';
import { checkFolder, report } from './report.ts';

/** How a second program on the folder ends. */
async function second(dataDir: string) {
  const startedMs = Date.now();
  const launched = launchProduct(dataDir);
  const code = await launched.exited;
  return { code, words: launched.output().trim(), tookMs: Date.now() - startedMs };
}

describe('a data folder', () => {
  let folder: ReturnType<typeof checkFolder>;
  beforeEach(() => {
    folder = checkFolder('owner');
  });
  afterEach(() => folder.remove());

  it('is refused to a second program in two seconds, naming the first, frozen or not', async () => {
    const first = await startProduct(folder.path);
    const refused = await second(folder.path);
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.words).toContain(`in use by process ${first.pid}`);
    expect(refused.words.split('\n')).toHaveLength(1);
    signal(first.pid, 'SIGSTOP');
    const whileFrozen = await second(folder.path);
    await sleep(2_000);
    signal(first.pid, 'SIGCONT');
    expect(whileFrozen.code).toBe(1);
    expect(whileFrozen.words).toContain(`in use by process ${first.pid}`);
    await expect(first.ask('GET', '/readyz')).resolves.toMatchObject({ postgres: true, clickhouse: true });
    expect(await first.stop()).toBe(0);
    report('16 second program', { refusedMs: refused.tookMs, refusedWhileFrozenMs: whileFrozen.tookMs, verdict: 'refused, first unharmed' });
    expect(Math.max(refused.tookMs, whileFrozen.tookMs)).toBeLessThan(2_000);
  }, 120_000);

  it('is taken over when only the head was killed: its engines are stopped, its worker ends', async () => {
    const first = await startProduct(folder.path);
    const parts = partsOf(first);
    signal(first.pid, 'SIGKILL');
    await first.exited;
    const next = await startProduct(folder.path);
    expect(partsOf(next).postgres).not.toBe(parts.postgres);
    for (const pid of Object.values(parts)) expect(isRunning(pid)).toBe(false);
    expect(await next.stop()).toBe(0);
    report('16 leftover children', { ...parts, readyMs: next.readyMs, verdict: 'all gone, next start ready' });
  }, 120_000);

  it('is taken over when the database was frozen and its parent killed', async () => {
    const first = await startProduct(folder.path);
    const { postgres } = partsOf(first);
    signal(postgres, 'SIGSTOP');
    signal(first.pid, 'SIGKILL');
    await first.exited;
    const next = await startProduct(folder.path);
    expect(isRunning(postgres)).toBe(false);
    expect(await next.stop()).toBe(0);
    report('16 frozen leftover', { readyMs: next.readyMs, verdict: 'stopped, next start ready' });
  }, 120_000);

  it('whose postmaster.pid is empty is opened; whose control file is empty is refused and left as it is', async () => {
    expect(await (await startProduct(folder.path)).stop()).toBe(0);
    const cluster = join(folder.path, 'postgres');
    writeFileSync(join(cluster, 'postmaster.pid'), '');
    expect(await (await startProduct(folder.path)).stop()).toBe(0);
    const control = readFileSync(join(cluster, 'global', 'pg_control'));
    writeFileSync(join(cluster, 'global', 'pg_control'), '');
    const refused = await second(folder.path);
    expect(refused.code).toBe(1);
    expect(refused.words).toContain(`The folder ${cluster} should hold the database`);
    writeFileSync(join(cluster, 'global', 'pg_control'), Buffer.alloc(control.length));
    const zeroed = await second(folder.path);
    expect(zeroed.code).toBe(1);
    expect(zeroed.words).toContain('The database did not start');
    writeFileSync(join(cluster, 'global', 'pg_control'), control);
    const next = await startProduct(folder.path);
    expect(await next.stop()).toBe(0);
    expect(existsSync(join(cluster, 'PG_VERSION'))).toBe(true);
    report('19 control file', { verdict: 'refused with the reason, opened again once put back', words: zeroed.words });
  }, 120_000);
});
