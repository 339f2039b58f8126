import { setTimeout as sleep } from 'node:timers/promises';
import { readComputedCards } from '../cards/store.ts';
import type { TagLibraryDoors } from '../doors.ts';
import { evaluateTag, stampOf } from './evaluate-tag.ts';

/** For every second of computing, three are left to others: while facts pour in, tags take a quarter of the engine at most. */
const restShare = 3;
const longestRestMs = 30_000;

/** Computes every tag whose data, day or uploads are others than it was computed from, the oldest first. Ends early when asked to. */
export async function keepTagsUp(doors: TagLibraryDoors, signal: AbortSignal): Promise<number> {
  let evaluated = 0;
  for (const card of await readComputedCards(doors.platform.pg)) {
    if (signal.aborted) break;
    if (card.stamp !== null && card.stamp === (await stampOf(doors, card, doors.platform.clock.now()))) continue;
    const began = performance.now();
    await evaluateTag(doors, card);
    evaluated++;
    await sleep(Math.min(restShare * (performance.now() - began), longestRestMs), undefined, { signal }).catch(() => undefined);
  }
  return evaluated;
}
