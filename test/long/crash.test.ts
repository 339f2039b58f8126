import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { partsOf, signal, startProduct, type Product } from '../product.ts';
import { beginImport, finishImport, visibleRows, type FileImport } from './file-import.ts';
import { checkFolder, report, rounds, runSeed, seeded } from './report.ts';
import { openStores } from './stores.ts';
import { createTracker, faultsOf, noFaults, untilApplied, type Tracker } from './tracker.ts';

const shortestMs = 300;
const longestMs = 4_000;

const makeKey = async (product: Product): Promise<string> =>
  (await product.ask<{ secret: string }>('POST', '/api/write-keys', { name: 'crash proof' })).secret;

describe('what was acknowledged', () => {
  let folder: ReturnType<typeof checkFolder>;
  let product: Product | undefined;
  beforeEach(() => {
    folder = checkFolder('crash');
  });
  afterEach(async () => {
    await product?.killTree();
    folder.remove();
  });

  it('is there exactly once after the whole tree was killed at any moment, under intake and import', async () => {
    const seed = runSeed();
    const chance = seeded(seed);
    const turns = rounds('PERENNIAL_ROUNDS', 30);
    const trackers: { mark: string; tracker: Tracker }[] = [];
    const readyMs: number[] = [];
    const ends: Record<string, number> = {};
    const imports: FileImport[] = [];
    let running: FileImport | undefined;
    let begunAgain = 0;
    product = await startProduct(folder.path);
    const key = await makeKey(product);
    for (let turn = 0; turn < turns; turn++) {
      const mark = `s${seed}-t${turn}`;
      const tracker = createTracker(key, mark);
      // Half of what is in doubt is sent again, as a client would; the rest stays in doubt.
      const previous = trackers.at(-1)?.tracker;
      const again = (previous?.inDoubt ?? []).filter((_, i) => i % 2 === 0);
      running ??= await beginImport(product, mark, 60_000);
      const sending = tracker.run(product);
      const resending = previous?.run(product, [...again]);
      const killAfterMs = shortestMs + chance() * (longestMs - shortestMs);
      await sleep(killAfterMs);
      await product.killTree();
      await Promise.all([sending.stop(), resending?.stop()]);
      trackers.push({ mark, tracker });

      product = await startProduct(folder.path);
      readyMs.push(product.readyMs);
      const stores = await openStores(product);
      await untilApplied(stores);
      for (const known of trackers.slice(-2)) {
        expect(await faultsOf(stores, known.mark, known.tracker), `seed ${seed}, turn ${turn}, ${known.mark}`).toEqual(noFaults);
      }
      const end = await finishImport(product, stores, running);
      ends[end] = (ends[end] ?? 0) + 1;
      if (end.includes('failed')) begunAgain++;
      imports.push(running);
      running = undefined;
      await stores.close();
    }
    const stores = await openStores(product);
    for (const { mark, tracker } of trackers) expect(await faultsOf(stores, mark, tracker), mark).toEqual(noFaults);
    for (const { importId, rows } of imports) expect(await visibleRows(stores, importId)).toBe(rows);
    const { rows: [check] } = await stores.pg.query('select count(*)::int as checks, sum(repaired_batches)::int as repaired, count(*) filter (where rebuilt)::int as rebuilt from fact_check');
    await stores.close();
    const sum = (of: (t: Tracker) => unknown[]): number => trackers.reduce((n, { tracker }) => n + of(tracker).length * 40, 0);
    report('13 kill -9', {
      seed, rounds: turns, acknowledgedEvents: sum((t) => t.acknowledged), inDoubtEvents: sum((t) => t.inDoubt), imports: imports.length, begunAgain, ends,
      slowestReadyMs: Math.max(...readyMs), ...check, verdict: 'nothing lost, nothing doubled',
    });
  }, 3_600_000);

  it('is there exactly once although ClickHouse is killed over and over', async () => {
    const seed = runSeed();
    const chance = seeded(seed);
    const turns = rounds('PERENNIAL_ROUNDS', 15);
    product = await startProduct(folder.path);
    const mark = `clickhouse-${seed}`;
    const tracker = createTracker(await makeKey(product), mark, { clients: 2 });
    const sending = tracker.run(product);
    const file = await beginImport(product, mark);
    for (let turn = 0; turn < turns; turn++) {
      await sleep(1_000 + chance() * 3_000);
      signal(partsOf(product).clickhouse, 'SIGKILL');
    }
    await sending.stop();
    await sleep(5_000);
    const stores = await openStores(product);
    const appliedMs = await untilApplied(stores);
    expect(await faultsOf(stores, mark, tracker)).toEqual(noFaults);
    const end = await finishImport(product, stores, file);
    await stores.close();
    expect(tracker.inDoubt).toEqual([]);
    report('25 ClickHouse killed', { seed, killed: turns, acknowledgedEvents: tracker.acknowledged.length * 40, statuses: tracker.statuses, appliedMs, import: end, verdict: 'nothing lost, nothing doubled' });
  }, 1_800_000);
});
