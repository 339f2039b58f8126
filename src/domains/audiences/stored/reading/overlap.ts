import type { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import type { Day } from '../../../../kernel/day.ts';
import { notFound, Problem } from '../../../../kernel/problem.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { findAudiences } from '../keeping/store.ts';
import type { Memberships } from '../membership/memberships.ts';

/** A part of a diagram by the sets it lies in, as bits of their order. */
export interface Region {
  mask: number;
  size: number;
}

/** The size of every region of two or three sets. */
export function regionsOf(sets: readonly Bitmap[]): Region[] {
  return Array.from({ length: 2 ** sets.length - 1 }, (_, i) => {
    const mask = i + 1;
    const inside = sets.filter((_, at) => mask & (1 << at)).reduce((a, b) => a.and(b));
    const outside = sets.filter((_, at) => !(mask & (1 << at)));
    return { mask, size: outside.reduce((rest, each) => rest.andNot(each), inside).size };
  });
}

const largestId = 2_147_483_647;

/** How audiences overlap, now or at the end of a past day. */
export async function overlapOf({ pg: pool }: Platform, memberships: Memberships, audienceIds: readonly number[], on: Day | null): Promise<{ sets: { audienceId: number; name: string; size: number }[]; regions: Region[] }> {
  const tooLarge = audienceIds.find((audienceId) => audienceId > largestId);
  if (tooLarge !== undefined) throw notFound('audiences.not_found', { audienceId: tooLarge });
  if (new Set(audienceIds).size < audienceIds.length) throw new Problem('audiences.named_twice', { fields: [{ path: 'query.ids', code: 'named_twice' }] });
  const rows = await findAudiences(pool, audienceIds);
  const named = audienceIds.map((audienceId) => {
    const row = rows.find((each) => each.audienceId === audienceId);
    if (!row) throw notFound('audiences.not_found', { audienceId });
    return row;
  });
  const members = await Promise.all(audienceIds.map((audienceId) => memberships.members(audienceId, on)));
  return { sets: named.map(({ audienceId, name }, i) => ({ audienceId, name, size: members[i].size })), regions: regionsOf(members) };
}
