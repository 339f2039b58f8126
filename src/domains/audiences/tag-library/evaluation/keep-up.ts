import { setTimeout as sleep } from 'node:timers/promises';
import { readComputedCards } from '../cards/store.ts';
import type { TagLibraryDoors } from '../doors.ts';
import { evaluateTag, readPresent, stampOf } from './evaluate-tag.ts';

/** For every second of computing, three are left to others: while facts pour in, tags take a quarter of the engine at most. */
const restShare = 3;
const longestRestMs = 30_000;

/** Computes every tag whose data, day or uploads are others than it was computed from, the oldest first. Ends early when asked to. */
export async function keepTagsUp(doors: TagLibraryDoors, signal: AbortSignal): Promise<number> {
  const sound: number[] = [];
  let evaluated = 0;
  const present = await readPresent(doors);
  for (const card of await readComputedCards(doors.platform.pg)) {
    if (signal.aborted) break;
    // A version that has passed meanwhile only has the tag looked at once more in the next turn.
    if (card.stamp !== null && card.stamp === (await stampOf(doors, card, present))) {
      if (card.trouble === null) sound.push(card.tagId);
      continue;
    }
    const began = performance.now();
    await evaluateTag(doors, card);
    evaluated++;
    await sleep(Math.min(restShare * (performance.now() - began), longestRestMs), undefined, { signal }).catch(() => undefined);
  }
  await noteFresh(doors, sound, present.now);
  return evaluated;
}

/** Tags that need no computing are up to date all the same; told once a minute, so that quiet hours write little. */
async function noteFresh({ platform }: TagLibraryDoors, tagIds: readonly number[], now: Date): Promise<void> {
  await platform.pg.query("update tag_state set evaluated_at = $2 where tag_id = any($1::int[]) and evaluated_at < $2::timestamptz - interval '1 minute'", [tagIds, now]);
}
