import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isRunning, partsOf, signal, startProduct, type Product } from '../product.ts';
import { beginImport, finishImport, visibleRows, type FileImport } from './file-import.ts';
import { quantileOf, until } from './load.ts';
import { checkFolder, report, rounds, runSeed, seeded } from './report.ts';
import { openStores, type Stores } from './stores.ts';
import { createTracker, faultsOf, noFaults, untilApplied } from './tracker.ts';

const rowsOfFile = 150_000;
/** At most so long after its job was taken up the worker is killed; most jobs take longer. */
const latestMs = 800;

let folder: ReturnType<typeof checkFolder>;
let product: Product;
let stores: Stores;
beforeEach(async () => {
  folder = checkFolder('worker');
  product = await startProduct(folder.path);
  stores = await openStores(product);
});
afterEach(async () => {
  await stores.close();
  await product.killTree();
  folder.remove();
});

interface Job {
  state: string;
  startedAt: Date | null;
}

/** The job of an import as its queue knows it, the latest attempt. */
async function jobOf({ importId }: FileImport): Promise<Job> {
  const { rows } = await stores.pg.query<Job>(
    'select state::text, started_on as "startedAt" from pgboss.job where name = $1 and singleton_key = $2 order by created_on desc limit 1', ['collect.import', `import-${importId}`]);
  return rows[0] ?? { state: 'none', startedAt: null };
}

it('28: a worker killed in the middle of a job, a hundred times: the job begins again within a minute, and everything counts once', async () => {
  const seed = runSeed();
  const chance = seeded(seed);
  const turns = rounds('PERENNIAL_ROUNDS', 100);
  const key = (await product.ask<{ secret: string }>('POST', '/api/write-keys', { name: 'worker proof' })).secret;
  const mark = `worker-${seed}`;
  const tracker = createTracker(key, mark, { clients: 2, pauseMs: 400 });
  const sending = tracker.run(product);
  const againMs: number[] = [];
  const imports: FileImport[] = [];
  const ends: Record<string, number> = {};
  let missed = 0;
  while (againMs.length < turns) {
    await until('a worker', () => partsOf(product).worker > 0);
    const file = await beginImport(product, `w${seed}-${imports.length}`, rowsOfFile);
    imports.push(file);
    await until('the job taken up', async () => ['active', 'completed'].includes((await jobOf(file)).state));
    await sleep(chance() * latestMs);
    const { worker } = partsOf(product);
    const killedAt = new Date();
    signal(worker, 'SIGKILL');
    await until('the worker dead', () => !isRunning(worker));
    // Whoever died in the middle of a job could not say that it was done.
    if ((await jobOf(file)).state !== 'active') missed++;
    else {
      await until('the job begun again', async () => ((await jobOf(file)).startedAt ?? killedAt) > killedAt, 120_000);
      againMs.push(Date.now() - killedAt.getTime());
    }
    const end = await finishImport(product, stores, file);
    ends[end] = (ends[end] ?? 0) + 1;
  }
  await sending.stop();
  const appliedMs = await untilApplied(stores);
  const faults = await faultsOf(stores, mark, tracker);
  const shown = await Promise.all(imports.map((file) => visibleRows(stores, file.importId)));
  report('28 worker killed in a job', {
    seed, killedInJob: againMs.length, killedOutside: missed, againMs: { slowest: Math.max(...againMs), median: quantileOf(againMs, 0.5) }, ends, acknowledgedEvents: tracker.acknowledged.length * 40, statuses: tracker.statuses, appliedMs,
  });
  expect(Math.max(...againMs)).toBeLessThanOrEqual(60_000);
  expect(shown).toEqual(imports.map((file) => file.rows));
  expect(faults).toEqual(noFaults);
  expect(tracker.inDoubt).toEqual([]);
}, 7_200_000);
