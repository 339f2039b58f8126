import { z } from 'zod';
import type { ClickHouse } from '../../../../platform/clickhouse/client.ts';
import { ask, question } from '../../../../platform/clickhouse/query.ts';

const peopleByTag = question({
  name: 'people of each tag given by hand, and all people under tag 0',
  sql: `select arrayJoin(arrayPushFront(tags, toUInt32(0))) as tagId, toUInt32(count()) as people from customer final where status = 'active' group by tagId`,
  params: z.object({}),
  row: z.object({ tagId: z.number(), people: z.number() }),
});

/** How many people there are, and how many have each tag that is given by hand. */
export interface HandSizes {
  base: number;
  sizes: ReadonlyMap<number, number>;
  countedAt: Date;
}

/** A count holds for its version of the data; one that took longer than this also for so many times as long, while the data changes all the time. */
const quickMs = 250;
const patience = 20;

/** Counts when something has changed since, and not all the time. */
export function createHandSizes(reader: ClickHouse, dataVersion: () => Promise<string>, now: () => Date): () => Promise<HandSizes> {
  let last: { version: string; counted: Promise<HandSizes>; until: number } | undefined;
  const count = async (): Promise<HandSizes> => {
    const rows = await ask(reader, peopleByTag, {});
    const sizes = new Map(rows.map((row) => [row.tagId, row.people]));
    return { base: sizes.get(0) ?? 0, sizes, countedAt: now() };
  };
  return async () => {
    const version = await dataVersion();
    if (last && (last.version === version || Date.now() < last.until)) return last.counted;
    const began = Date.now();
    const current = { version, counted: count(), until: Infinity };
    last = current;
    try {
      const counted = await current.counted;
      const tookMs = Date.now() - began;
      current.until = tookMs < quickMs ? 0 : Date.now() + patience * tookMs;
      return counted;
    } catch (error) {
      last = undefined;
      throw error;
    }
  };
}
