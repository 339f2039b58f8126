import { z } from 'zod';
import { Problem } from '../../../kernel/problem.ts';
import { timelineKinds, type TimelineEntry, type TimelineKind } from '../contract/timeline.ts';
import type { TimelinePosition, TimelineSource } from '../sources.ts';

/** Where each kind stands; one that is absent has not given an entry yet. */
const positions = z.partialRecord(z.enum(timelineKinds), z.object({ at: z.iso.datetime(), id: z.string().max(200) }));
type Positions = z.output<typeof positions>;

export interface TimelinePage {
  entries: TimelineEntry[];
  cursor: string | null;
}

/**
 * One page of everything, newest first. Every kind keeps a position of its own in the cursor, so
 * that entries of the same moment are neither lost nor repeated, and none has to know the others.
 */
export async function readTimelinePage(sources: readonly TimelineSource[], customerNos: readonly number[], kinds: readonly TimelineKind[], cursor: string | undefined, limit: number): Promise<TimelinePage> {
  const wanted = kinds.length === 0 ? timelineKinds : kinds;
  const before = cursor === undefined ? {} : decodeCursor(cursor);
  // One more than asked for tells whether anything follows.
  const pages = await Promise.all(sources.map(async (source) => {
    const asked = source.kinds.filter((kind) => wanted.includes(kind));
    const places = asked.map((kind) => [kind, placeOf(before[kind])] as const);
    return asked.length === 0 ? [] : source.page(customerNos, Object.fromEntries(places), limit + 1);
  }));
  // The sort is stable: within a kind, its source's order stays.
  const all = pages.flat().sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  const entries = all.slice(0, limit);
  const after: Positions = { ...before };
  for (const { kind, at, id } of entries) after[kind] = { at, id };
  return { entries, cursor: all.length > limit ? encodeCursor(after) : null };
}

const placeOf = (position: Positions[TimelineKind]): TimelinePosition | null =>
  position ? { at: new Date(position.at), id: position.id } : null;

const encodeCursor = (after: Positions): string => Buffer.from(JSON.stringify(after)).toString('base64url');

function decodeCursor(cursor: string): Positions {
  try {
    return positions.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch (cause) {
    throw new Problem('customers.bad_cursor', { cause });
  }
}
