import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '../../../kernel/problem.ts';
import { createBackground } from '../../customers/public.ts';
import { siteOf } from '../site.ts';
import { openTemplates } from './handing/make-parcels.ts';
import { settleLost } from './handing/settle-lost.ts';
import { closeCancelled, finish, nextDue, setRunning, stopForTrouble } from './runs/end-runs.ts';
import { createRunLeases, type RunLease } from './runs/run-leases.ts';
import { readOpenRuns, readRuns, type Run } from './runs/run.ts';
import type { SendTools } from './run-tools.ts';
import { workRun } from './work-run.ts';

const lookMs = 500;
/** A pause or an end is heard of by everybody who sends within this; what is noted after it does not leave in any case. */
const watchMs = 1_000;
/** Runs that one process works on at once: each has a few connections to the store while it does. */
const runsAtOnce = 3;
const longestRestMs = 30_000;
const shortestRestMs = 1_000;

/** Does what runs ask for, in every process that has background work; each run is one process's at a time. */
export interface Sender {
  start(): void;
  stop(): Promise<void>;
  /** Works on what is due until nothing is; for tests and benchmarks. */
  drain(): Promise<void>;
}

export function createSender(tools: SendTools): Sender {
  const { platform } = tools;
  const { pg: pool, log, clock } = platform;
  const leases = createRunLeases(pool, log);
  const working = new Map<number, Promise<void>>();
  /** Runs of which nothing is due before. */
  const restUntilMs = new Map<number, number>();
  let stopping = new AbortController();

  const work = async (run: Run, lease: RunLease): Promise<void> => {
    const signal = AbortSignal.any([stopping.signal, lease.lost]);
    try {
      await (run.state === 'cancelled' ? close(tools, run) : go(tools, run, signal));
    } catch (error) {
      if (!signal.aborted) log.error({ err: error, run: run.runNo }, 'a run could not be worked on; trying again');
    } finally {
      await lease.release();
    }
    const due = await nextDue(pool, run).catch(() => null);
    const restMs = due ? due.getTime() - clock.now().getTime() : longestRestMs;
    restUntilMs.set(run.runNo, performance.now() + Math.min(Math.max(restMs, shortestRestMs), longestRestMs));
  };
  /** Begins whatever is due and nobody works on; answers how many that were. */
  const look = async (): Promise<number> => {
    let begun = 0;
    for (const run of await readOpenRuns(pool, clock.now())) {
      if (working.size >= runsAtOnce || stopping.signal.aborted) break;
      const isResting = run.state === 'running' && performance.now() < (restUntilMs.get(run.runNo) ?? 0);
      if (working.has(run.runNo) || isResting) continue;
      const lease = await leases.take(run.runNo);
      if (!lease) continue;
      begun++;
      const worked = work(run, lease).finally(() => working.delete(run.runNo));
      working.set(run.runNo, worked);
    }
    return begun;
  };
  const background = createBackground('sending', look, lookMs, log);
  return {
    start() {
      stopping = new AbortController();
      background.start();
    },
    async stop() {
      stopping.abort();
      await background.stop();
      await Promise.all(working.values());
      await leases.close();
    },
    async drain() {
      restUntilMs.clear();
      while ((await look()) > 0 || working.size > 0) await Promise.all(working.values());
    },
  };
}

async function close(tools: SendTools, run: Run): Promise<void> {
  await settleLost(tools, run);
  await closeCancelled(tools.platform.pg, tools.gate, run, tools.platform.clock.now());
}

async function go(tools: SendTools, run: Run, signal: AbortSignal): Promise<void> {
  const { platform: { pg: pool, clock, log } } = tools;
  if (!(await setRunning(pool, run.runNo))) return;
  const ended = new AbortController();
  try {
    const templates = await openTemplates(tools.templates, run, { tokens: tools.tokens, site: await siteOf(tools.platform) });
    const watched = watch(tools, run.runNo, AbortSignal.any([signal, ended.signal]));
    const { isDecided } = await workRun({ tools, run, templates }, AbortSignal.any([signal, watched]));
    if (isDecided) await finish(pool, run, clock.now());
  } catch (error) {
    if (!needsSomebody(error)) throw error;
    log.warn({ run: run.runNo, code: error.code }, 'a run was paused: it cannot go on by itself');
    await stopForTrouble(pool, run.runNo, error.code);
  } finally {
    ended.abort();
  }
}

/** What trying again does not mend: a template that may not be used, an audience of the rules that is gone. */
const needsSomebody = (error: unknown): error is Problem => error instanceof Problem && error.code.startsWith('messaging.') && error.status < 429;

/** Aborts once the run does not go on. */
function watch({ platform: { pg, log } }: SendTools, runNo: number, until: AbortSignal): AbortSignal {
  const stopped = new AbortController();
  const look = async (): Promise<void> => {
    while (!until.aborted) {
      await sleep(watchMs, undefined, { signal: until }).catch(() => {});
      if (until.aborted) return;
      const [run] = await readRuns(pg, [runNo]).catch((error: unknown) => {
        log.warn({ err: error }, 'whether a run goes on could not be read');
        return [{ state: 'running' }];
      });
      if (run?.state !== 'running') return stopped.abort();
    }
  };
  void look();
  return stopped.signal;
}
