import { Problem } from '../../../kernel/problem.ts';
import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import type { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import type { Memberships } from '../stored/membership/memberships.ts';
import { type Change, isNoChange } from '../stored/membership/change.ts';
import { writeMembers } from '../stored/membership/write-membership.ts';
import { type Live, makeDue, noteTrouble } from './audiences-to-keep.ts';

/** What failed is not tried again before. */
const patienceMs = 10_000;

/** Members of one audience as a round found them. */
export interface Found {
  live: Live;
  before: Bitmap;
  after: Bitmap;
  change: Change;
  /** Nothing of it waits any more. */
  isWhole: boolean;
}

/** Keeps what a round found, each audience in a transaction of its own. */
export interface LiveKeeper {
  /** Which have a new version, and which have moved on meanwhile or failed: those have to be computed as a whole. */
  keep(found: readonly Found[], at: Date): Promise<{ moved: number[]; lost: number[] }>;
  /** Says loudly that one could not be kept up, and leaves it alone for a while. */
  fail(live: Live, error: unknown): Promise<void>;
  mayTry(audienceId: number): boolean;
}

/** Audiences written at the same time. */
const atOnce = 4;

export function createLiveKeeper({ pg: pool, log }: Platform, memberships: Memberships): LiveKeeper {
  const notBefore = new Map<number, number>();
  /** Whether there is a new version; null when the audience has moved on meanwhile. */
  const keepOne = async ({ live: { standing, hasTrouble }, before, after, change, isWhole }: Found, at: Date): Promise<boolean | null> => {
    const hasMoved = !isNoChange(change);
    if (!hasMoved && !isWhole && !hasTrouble) return false;
    const isWritten = await inTransaction(pool, (client) => writeMembers(client, { standing, before, after, change, at, isWhole }));
    if (!isWritten) {
      // Somebody else wrote meanwhile, perhaps of older facts.
      await makeDue(pool, [standing.audienceId]);
      return null;
    }
    if (hasMoved) memberships.remember({ ...standing, versionNo: standing.versionNo + 1 }, after);
    return hasMoved;
  };
  const fail = async ({ standing: { audienceId } }: Live, error: unknown): Promise<void> => {
    log.error({ err: error, audience: audienceId }, 'a live audience could not be kept up to date; trying again');
    notBefore.set(audienceId, Date.now() + patienceMs);
    const known = error instanceof Problem ? { code: error.code, params: error.params } : { code: 'audiences.not_kept_up', params: {} };
    await noteTrouble(pool, audienceId, known);
  };
  return {
    fail,
    async keep(found, at) {
      const kept = { moved: [] as number[], lost: [] as number[] };
      const waiting = found.values();
      await Promise.all(Array.from({ length: atOnce }, async () => {
        for (const each of waiting) {
          const hasMoved = await keepOne(each, at).catch((error: unknown) => fail(each.live, error));
          if (hasMoved !== false) (hasMoved ? kept.moved : kept.lost).push(each.live.standing.audienceId);
        }
      }));
      return kept;
    },
    mayTry: (audienceId) => (notBefore.get(audienceId) ?? 0) <= Date.now(),
  };
}
