import type { Platform } from '../../../platform/platform.ts';
import { readRows, type Vault } from '../../customers/public.ts';
import type { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import { seededRandom } from '../../../kernel/seeded-random.ts';

const shownPeople = 10;

/** Ten of a set, masked; others for another seed. */
export const somePeople = async (platform: Platform, vault: Vault, set: Bitmap, seed: number) =>
  readRows(platform, vault, set.sample(Math.min(shownPeople, set.size), seededRandom(seed)));
