import type { Platform } from '../../../platform/platform.ts';
import { readRows, type Vault } from '../../customers/public.ts';
import type { Bitmap } from '../../../kernel/bitmap/bitmap.ts';

const shownPeople = 10;

/** Numbers from 0 to 1 that are the same for the same seed: mulberry32 (Ettinger, public domain). */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Ten of a set, masked; others for another seed. */
export const somePeople = async (platform: Platform, vault: Vault, set: Bitmap, seed: number) =>
  readRows(platform, vault, set.sample(Math.min(shownPeople, set.size), randomOf(seed)));
