import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Route } from '../../../platform/http/route.ts';
import { removeUpload } from './actions.ts';
import { importQueue, queueImport } from './queue.ts';
import { importRoutes } from './routes.ts';
import { workingStates } from './run-state.ts';
import type { ImportDeps } from './run/import-deps.ts';
import { runImport } from './run/run-import.ts';
import { importsInStates, staleUploads } from './store.ts';

/** Bringing files in. */
export interface Imports {
  routes: Route[];
  /** Takes up what an earlier process left, for the process that does background work; the fact log has to be started. */
  start(): Promise<void>;
  /** Stops the import under way; it is begun again by the next process. */
  stop(): void;
  /** Removes uploaded files and rejected rows that nobody has needed for a while. */
  tidy(): Promise<void>;
}

const tidyQueue = 'collect.import-files';
const dayMs = 86_400_000;
/** An uploaded file is kept so long after its import, for another try. */
const uploadDays = 7;
const rejectsDays = 30;
const longestRunSeconds = 24 * 3_600;

/** Imports of a deployment, and the job that does them: one after the other. */
export function createImports(deps: ImportDeps): Imports {
  const { platform } = deps;
  const { jobs, pg, folders } = platform;
  const stopping = new AbortController();

  const tidy = async (): Promise<void> => {
    for (const stale of await staleUploads(pg, new Date(Date.now() - uploadDays * dayMs))) await removeUpload(deps, stale);
    await removeOlder(folders.uploads, (name) => name.endsWith('.part'), dayMs);
    await removeOlder(folders.exports, (name) => name.endsWith('-rejects.jsonl'), rejectsDays * dayMs);
    // Left by a worker that was killed while it read.
    await removeOlder(folders.exports, (name) => /-attempt-\d+-rejects\.jsonl$/.test(name), dayMs);
  };
  jobs.work<{ importId: number }>(importQueue, ({ importId }, signal) => runImport(deps, importId, AbortSignal.any([signal, stopping.signal])),
    { retries: 1_000, limitSeconds: longestRunSeconds });
  jobs.work(tidyQueue, tidy);
  return {
    routes: importRoutes(deps),
    async start() {
      for (const importId of await importsInStates(pg, workingStates)) await queueImport(jobs, importId);
      await jobs.schedule(tidyQueue, '40 3 * * *', 'Asia/Shanghai');
    },
    stop: () => stopping.abort(new Error('the process is stopping')),
    tidy,
  };
}

async function removeOlder(folder: string, chosen: (name: string) => boolean, ageMs: number): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!chosen(name)) continue;
    const path = join(folder, name);
    const found = await stat(path).catch(() => null);
    if (found && Date.now() - found.mtimeMs > ageMs) await rm(path, { force: true });
  }
}
