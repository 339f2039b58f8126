import { setTimeout as sleep } from 'node:timers/promises';
import { createDeciding, decideDue, peopleInBatch } from './gating/decide-batch.ts';
import { type Queued, readQueued } from './handing/claim.ts';
import { deliveryKey } from './handing/delivery.ts';
import { createHandOver, prepare } from './handing/hand-over.ts';
import { settleLost } from './handing/settle-lost.ts';
import { readPeople } from './runs/run.ts';
import type { OpenRun } from './run-tools.ts';

/** People decided about and not yet handed over, at the most: who says no meanwhile, or wants more than a cap allows, is to be heard late. */
const queuedAtMost = 20_000;
const parcelsAtOnce = 500;
/** Batches that are being made and handed over side by side: threads write mails while the store answers, and a slow one does not keep the others. */
export const batchesInHand = 4;
const idleMs = 100;
const longestBusyMs = 15_000;
const closedMs = 1_000;

/**
 * Does what there is to do for a run now, and ends when nothing is left, when its channel takes nothing for a while, when the signal aborts,
 * or when the run does not go on. Two loops side by side: deciding, which is never far ahead, and handing over, a few batches at a time; so
 * memory is bounded whatever the run's size. Answers whether everybody was decided about, if perhaps for later, and for how long nothing can be done.
 */
export async function workRun(open: OpenRun, signal: AbortSignal): Promise<{ isDecided: boolean; restMs: number }> {
  await settleLost(open.tools, open.run);
  const state = { isDecided: false, restMs: 0, queued: await countQueued(open) };
  const ended = new AbortController();
  const both = AbortSignal.any([signal, ended.signal]);
  const guarded = (loop: Promise<void>): Promise<void> => loop.catch((error: unknown) => {
    ended.abort();
    throw error;
  });
  // Who hands over ends last, or because nothing leaves: whoever is decided about then would only wait.
  const handing = handAll(open, state, both).finally(() => ended.abort());
  const results = await Promise.allSettled([guarded(decideAll(open, state, both)), handing]);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  return state;
}

interface Shared {
  isDecided: boolean;
  restMs: number;
  /** About how many wait to be handed over. */
  queued: number;
}

/** How many wait at the most: of a slow run fewer, because who says no meanwhile is to be heard. */
const mostQueued = ({ perMinute }: OpenRun['run']): number => (perMinute === null ? queuedAtMost : Math.min(queuedAtMost, Math.max(peopleInBatch, perMinute)));

/** Decides about everybody, and anew about those who were deferred until now, as long as not too many wait. */
async function decideAll({ tools: { platform, gate }, run }: OpenRun, state: Shared, signal: AbortSignal): Promise<void> {
  const deciding = createDeciding(platform, gate, run, await readPeople(platform.pg, run.runNo));
  const atMost = mostQueued(run);
  while (!signal.aborted) {
    if (state.queued >= atMost) {
      await pause(idleMs, signal);
      continue;
    }
    const queued = await deciding.next() ?? await decideDue(platform, gate, run);
    if (queued === null) break;
    state.queued += queued;
  }
  state.isDecided = !signal.aborted;
}

async function handAll(open: OpenRun, state: Shared, signal: AbortSignal): Promise<void> {
  const { tools: { channels }, run, pace } = open;
  const handOver = createHandOver(open);
  const handing = new Set<Promise<void>>();
  /** Keys of those who are in a batch. */
  const inHand = new Set<string>();
  const queue = createQueueReader(open, inHand);
  let busyUntilMs = 0;
  let failure: unknown;
  const hand = async (queued: readonly Queued[]): Promise<void> => {
    try {
      const { left, busyMs } = await handOver(await prepare(open, queued), signal);
      pace.giveBack(left);
      state.queued += left;
      if (left > 0 && busyMs > 0) busyUntilMs = performance.now() + Math.min(busyMs, longestBusyMs);
    } catch (error) {
      failure ??= error;
    } finally {
      for (const each of queued) inHand.delete(deliveryKey(run.runNo, each));
    }
  };
  while (!signal.aborted && failure === undefined) {
    if (handing.size >= batchesInHand) {
      await Promise.race(handing);
      continue;
    }
    if (performance.now() < busyUntilMs || !(await channels.isOpen(run.channel))) {
      // Nothing leaves and nothing is tried: whoever waits loses no attempt by it, and runs of other channels have their turn.
      if (handing.size === 0 && (state.isDecided || state.queued >= mostQueued(run))) {
        state.restMs = Math.max(closedMs, busyUntilMs - performance.now());
        break;
      }
      await pause(idleMs, signal);
      continue;
    }
    const may = pace.take(parcelsAtOnce);
    const queued = may > 0 ? await queue.next(may) : [];
    pace.giveBack(may - queued.length);
    if (queued.length === 0) {
      if (may > 0 && state.isDecided && handing.size === 0 && queue.isAtEnd()) break;
      await (handing.size > 0 ? Promise.race([...handing, pause(idleMs, signal)]) : pause(idleMs, signal));
      continue;
    }
    state.queued -= queued.length;
    for (const each of queued) inHand.add(deliveryKey(run.runNo, each));
    const batch = hand(queued).finally(() => handing.delete(batch));
    handing.add(batch);
  }
  await Promise.all(handing);
  if (failure !== undefined) throw failure as Error;
  await settleLost(open.tools, run);
}

/** Reads on from where it stood: what is before was taken up, and is not passed over again. */
function createQueueReader({ tools: { platform }, run }: OpenRun, inHand: ReadonlySet<string>): { next(most: number): ReturnType<typeof readQueued>; isAtEnd(): boolean } {
  let from: Date | null = null;
  let isAtEnd = false;
  return {
    async next(most) {
      const read = await readQueued(platform.pg, run, from, platform.clock.now(), most + inHand.size);
      const free = read.filter((each) => !inHand.has(deliveryKey(run.runNo, each))).slice(0, most);
      isAtEnd = read.length === 0 && from === null;
      // Those who were left for another time are older than what was read: they are looked for once there is nothing newer.
      from = free.length > 0 ? free[0].notBefore : null;
      return free;
    },
    isAtEnd: () => isAtEnd,
  };
}

async function countQueued({ tools: { platform: { pg } }, run }: OpenRun): Promise<number> {
  const { rows } = await pg.query<{ n: number }>("select count(*) as n from send_delivery where occasion_on = $1 and run_no = $2 and state = 'queued'", [run.occasionOn, run.runNo]);
  return rows[0].n;
}

const pause = (ms: number, signal: AbortSignal): Promise<void> => sleep(ms, undefined, { signal }).catch(() => {});
