import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../../../platform/log.ts';

const firstPauseMs = 100;
const longestPauseMs = 5_000;

/** Tries until it works, with growing pauses; gives up when `signal` says so, leaving the rest to the next start. */
export async function tryUntilDone(work: () => Promise<void>, signal: AbortSignal, log: Log, complaint: string): Promise<void> {
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted) throw error;
      log.error({ err: error }, complaint);
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
