import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { EndpointReply } from '../../../kernel/endpoint.ts';
import { conflict } from '../../../kernel/problem.ts';
import { route, type Route } from '../../../platform/http/route.ts';
import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { recordAudit } from '../../access/public.ts';
import { isAnotherClickHouse } from '../facts/clickhouse-identity.ts';
import type { FactLog } from '../facts/fact-log.ts';
import { registeredEnds } from '../facts/register.ts';
import { foundCounts, loggedCounts } from '../facts/verify.ts';
import { readFacts, startRebuild, type RebuildRun } from './contract.ts';
import { readRebuildRun, writeRebuildRun } from './rebuild-run.ts';

const queue = 'collect.rebuild';
/** So often the progress is written down at most. */
const noteEveryMs = 400;

/** Lets people see whether the stores agree, and have ClickHouse made anew by the worker. */
export function createFactsDesk(platform: Platform, facts: FactLog): { routes: Route[] } {
  platform.jobs.work(queue, () => rebuildNow(platform, facts), { retries: 2 });
  return {
    routes: [
      route(readFacts, () => compare(platform, facts)),
      route(startRebuild, async ({ actor }) => {
        const before = await readRebuildRun(platform.pg);
        if (before?.state === 'running' && (await facts.status()).state === 'rebuilding') throw conflict('collect.rebuild_under_way');
        const now = platform.clock.now().toISOString();
        const run: RebuildRun = { state: 'waiting', done: 0, total: 0, askedAt: now, at: now };
        await inTransaction(platform.pg, async (client) => {
          await writeRebuildRun(client, run);
          await recordAudit(client, { actor, action: 'collect.rebuild', subject: 'facts' });
        });
        await platform.jobs.later(queue, {}, { key: randomUUID() });
        return run;
      }),
    ],
  };
}

async function rebuildNow(platform: Platform, facts: FactLog): Promise<void> {
  const asked = await readRebuildRun(platform.pg);
  // A job that is given out again after a crash finds that the next start has done it already.
  if (!asked || asked.state === 'done') return;
  const note = (part: Partial<RebuildRun>): Promise<void> =>
    writeRebuildRun(platform.pg, { ...asked, ...part, at: platform.clock.now().toISOString() });
  let last = { done: 0, total: 0 };
  let notedMs = 0;
  let noted: Promise<void> = note({ state: 'running' });
  try {
    await facts.rebuild((progress) => {
      last = progress;
      if (Date.now() - notedMs < noteEveryMs) return;
      notedMs = Date.now();
      noted = noted.then(() => note({ state: 'running', ...progress }));
    });
    await noted;
    await note({ state: 'done', ...last });
  } catch (error) {
    await noted.catch(() => {});
    await note({ state: 'failed', ...last });
    throw error;
  }
}

async function compare(platform: Platform, facts: FactLog): Promise<EndpointReply<typeof readFacts>> {
  const { pg } = platform;
  const status = await facts.status();
  const { rows: [log] } = await pg.query<{ batches: number; unapplied: number }>(`select count(*) as batches,
    count(*) filter (where applied_at is null) as unapplied from fact_batch where undone_at is null`);
  const isReady = status.state === 'ready' && !(await isAnotherClickHouse(platform));
  const [logged, found, damagedFiles, detachedParts, rebuild] = await Promise.all([
    loggedCounts(pg),
    isReady ? foundCounts(platform) : null,
    damagedFilesOf(platform),
    isReady ? detachedPartsOf(platform) : 0,
    readRebuildRun(pg),
  ]);
  return {
    dataVersion: status.dataVersion,
    changedAt: status.changedAt.toISOString(),
    ...log,
    // Another ClickHouse than the one the log was applied to is about to be made anew.
    state: isReady ? 'ready' : 'rebuilding',
    logged,
    found,
    damagedFiles,
    detachedParts,
    rebuild,
    computedAt: platform.clock.now().toISOString(),
  };
}

async function detachedPartsOf({ clickhouse }: Platform): Promise<number> {
  const [row] = (await clickhouse.rows('select count() as n from system.detached_parts where database = currentDatabase()')) as { n: string }[];
  return Number(row.n);
}

async function damagedFilesOf({ pg, folders }: Platform): Promise<string[]> {
  const damaged: string[] = [];
  for (const [file, end] of await registeredEnds(pg)) {
    const found = await stat(join(folders.facts, file)).catch(() => null);
    if (!found || found.size < end) damaged.push(file);
  }
  return damaged;
}
