import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '../../../kernel/problem.ts';
import { createBackground } from '../../customers/public.ts';
import { siteOf } from '../site.ts';
import { openTemplates } from './handing/make-parcels.ts';
import { createPace, type Pace } from './handing/pace.ts';
import { settleLost } from './handing/settle-lost.ts';
import { closeCancelled, finish, nextDue, setRunning, stopForTrouble } from './runs/end-runs.ts';
import { createRunLeases, type RunLease } from './runs/run-leases.ts';
import { readOpenRuns, readRuns, type Run } from './runs/run.ts';
import type { SendTools } from './run-tools.ts';
import { workRun } from './work-run.ts';

const lookMs = 500;
/** A pause or an end is heard of by everybody who sends within this; what is noted after it does not leave in any case. */
const watchMs = 1_000;
/** Runs that one process works on at once: each has a few connections to the store while it does. Those that are held to so few a minute that they nearly always wait have places of their own. */
const placesOf = { quick: 3, slow: 6 } as const;
const slowPerMinute = 6_000;
/** As long as a run keeps its place while others wait for one. */
const turnMs = 30_000;
const longestRestMs = 30_000;
const shortestRestMs = 1_000;

/** Does what runs ask for, in every process that has background work; each run is one process's at a time. */
export interface Sender {
  start(): void;
  stop(): Promise<void>;
  /** Works on what is due until nothing is; for tests and benchmarks. */
  drain(): Promise<void>;
}

/** A run that this process is at. */
interface Turn {
  kind: keyof typeof placesOf;
  beganMs: number;
  end: AbortController;
  done: Promise<void>;
}

const kindOf = ({ perMinute }: Run): Turn['kind'] => (perMinute !== null && perMinute <= slowPerMinute ? 'slow' : 'quick');

function forgetOthers(kept: Map<number, unknown>, runs: readonly Run[], working: ReadonlyMap<number, Turn>): void {
  const open = new Set(runs.map(({ runNo }) => runNo));
  for (const runNo of kept.keys()) if (!open.has(runNo) && !working.has(runNo)) kept.delete(runNo);
}

/** Ends the turn of whoever has a place of a kind the longest, where that is long enough. */
function endTurn(turns: readonly Turn[]): void {
  const longest = turns.reduce((one, other) => (other.beganMs < one.beganMs ? other : one));
  if (performance.now() - longest.beganMs >= turnMs) longest.end.abort();
}

export function createSender(tools: SendTools): Sender {
  const { platform } = tools;
  const { pg: pool, log, clock } = platform;
  const leases = createRunLeases(pool, log);
  const working = new Map<number, Turn>();
  /** Runs of which nothing is due before, those that go on and those that are to be closed. */
  const rests = new Map<number, { isCancelled: boolean; untilMs: number }>();
  const paces = new Map<number, Pace>();
  let stopping = new AbortController();

  const work = async (run: Run, lease: RunLease, turn: AbortSignal): Promise<void> => {
    const signal = AbortSignal.any([stopping.signal, lease.lost, turn]);
    const [isCancelled, pace] = [run.state === 'cancelled', paces.get(run.runNo) ?? createPace(run.perMinute, () => performance.now())];
    paces.set(run.runNo, pace);
    let blockedMs = 0;
    try {
      blockedMs = await (isCancelled ? close(tools, run) : go(tools, run, pace, signal));
    } catch (error) {
      if (!signal.aborted) log.error({ err: error, run: run.runNo }, 'a run could not be worked on; trying again');
    } finally {
      await lease.release();
    }
    const due = await nextDue(pool, run).catch(() => null);
    const restMs = due ? due.getTime() - clock.now().getTime() : longestRestMs;
    rests.set(run.runNo, { isCancelled, untilMs: performance.now() + Math.min(Math.max(restMs, blockedMs, shortestRestMs), longestRestMs) });
  };
  /** Begins whatever is due and nobody works on; answers how many that were. */
  const look = async (): Promise<number> => {
    let begun = 0;
    const runs = await readOpenRuns(pool, clock.now());
    for (const kept of [rests, paces]) forgetOthers(kept, runs, working);
    const restOf = ({ runNo }: Run): number => rests.get(runNo)?.untilMs ?? 0;
    // Those first that had no turn for the longest.
    for (const run of runs.toSorted((a, b) => restOf(a) - restOf(b))) {
      if (stopping.signal.aborted) break;
      const isResting = run.state !== 'waiting' && rests.get(run.runNo)?.isCancelled === (run.state === 'cancelled') && performance.now() < restOf(run);
      if (working.has(run.runNo) || isResting) continue;
      const [kind, turns] = [kindOf(run), [...working.values()].filter((turn) => turn.kind === kindOf(run))];
      if (turns.length >= placesOf[kind]) {
        endTurn(turns);
        continue;
      }
      const lease = await leases.take(run.runNo);
      if (!lease) continue;
      begun++;
      const end = new AbortController();
      working.set(run.runNo, { kind, beganMs: performance.now(), end, done: work(run, lease, end.signal).finally(() => working.delete(run.runNo)) });
    }
    return begun;
  };
  const turnsDone = (): Promise<void>[] => [...working.values()].map(({ done }) => done);
  const background = createBackground('sending', look, lookMs, log);
  return {
    start() {
      stopping = new AbortController();
      background.start();
    },
    async stop() {
      stopping.abort();
      await background.stop();
      await Promise.all(turnsDone());
      await leases.close();
    },
    async drain() {
      if (stopping.signal.aborted) stopping = new AbortController();
      rests.clear();
      while ((await look()) > 0 || working.size > 0) await Promise.all(turnsDone());
    },
  };
}

async function close(tools: SendTools, run: Run): Promise<number> {
  await settleLost(tools, run);
  await closeCancelled(tools.platform.pg, tools.gate, run, tools.platform.clock.now());
  return 0;
}

/** Answers for how long nothing can be done. */
async function go(tools: SendTools, run: Run, pace: Pace, signal: AbortSignal): Promise<number> {
  const { platform: { pg: pool, clock, log } } = tools;
  if (!(await setRunning(pool, run.runNo))) return 0;
  const ended = new AbortController();
  try {
    const templates = await openTemplates(tools.templates, run, { tokens: tools.tokens, site: await siteOf(tools.platform) });
    const watched = watch(tools, run.runNo, AbortSignal.any([signal, ended.signal]));
    const { isDecided, restMs } = await workRun({ tools, run, templates, pace }, AbortSignal.any([signal, watched]));
    if (isDecided) await finish(pool, run, clock.now());
    return restMs;
  } catch (error) {
    if (!needsSomebody(error)) throw error;
    log.warn({ run: run.runNo, code: error.code }, 'a run was paused: it cannot go on by itself');
    await stopForTrouble(pool, run.runNo, error.code);
    return 0;
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
