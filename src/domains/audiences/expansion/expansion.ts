import type { Route } from '../../../platform/http/route.ts';
import type { Showing } from '../stored/keeping/shown.ts';
import { expansionQueue } from './ask.ts';
import { expansionRoutes } from './routes.ts';
import { type ExpansionDoors, runExpansion } from './run-expansion.ts';
import type { ExpansionShowing } from './shown.ts';
import { openExpansions } from './store.ts';

/** Finding people like those of an audience. */
export interface Expansion {
  routes: Route[];
  /** Takes up what an earlier process left, for the process that does background work. */
  start(): void;
  /** Ends the search under way; it is begun again by the next process. */
  stop(): Promise<void>;
}

const longestRunSeconds = 3_600;

export function createExpansion(doors: ExpansionDoors & ExpansionShowing & Showing): Expansion {
  const { jobs, pg, log } = doors.platform;
  const stopping = new AbortController();
  jobs.work<{ expansionId: number }>(expansionQueue, ({ expansionId }, signal) => runExpansion(doors, expansionId, AbortSignal.any([signal, stopping.signal])),
    { retries: 100, limitSeconds: longestRunSeconds });
  const takeUp = async (): Promise<void> => {
    for (const expansionId of await openExpansions(pg)) await jobs.later(expansionQueue, { expansionId }, { key: `expansion-${expansionId}` });
  };
  return {
    routes: expansionRoutes(doors),
    start: () => void takeUp().catch((error: unknown) => log.error({ err: error }, 'searches that were left could not be taken up; they are at the next start')),
    stop: async () => stopping.abort(new Error('the process is stopping')),
  };
}
