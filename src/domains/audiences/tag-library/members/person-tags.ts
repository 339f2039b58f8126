import type pg from 'pg';
import type { ComputedTagSource } from '../../../customers/public.ts';
import { end, movesOf } from './moves.ts';
import { bitmapOf, shardOf } from './shards.ts';

/** Ids of the computed tags that people have, by customer number. Each number's own shard is read, and no other. */
export async function computedTagsOf(pool: pg.Pool, customerNos: readonly number[]): Promise<Map<number, number[]>> {
  const { rows } = await pool.query<{ tagId: number; shard: number; members: Buffer }>({
    name: 'audiences.tags-of-shards',
    text: 'select tag_id as "tagId", shard, members from tag_members where shard = any($1::int[]) order by tag_id',
    values: [[...new Set(customerNos.map(shardOf))]],
  });
  const parts = rows.map((row) => ({ ...row, members: bitmapOf(row.members) }));
  return new Map(customerNos.map((no) => [no, parts.filter(({ shard, members }) => shard === shardOf(no) && members.has(no)).map(({ tagId }) => tagId)]));
}

/** The computed tags on a person's page. The tiers of a value stand for the value. */
export const computedTags = (pool: pg.Pool): ComputedTagSource => ({
  async read(customerNo) {
    const tagIds = (await computedTagsOf(pool, [customerNo])).get(customerNo) ?? [];
    if (tagIds.length === 0) return [];
    const { rows } = await pool.query<{ tagId: number; name: string }>(
      `select tag_id as "tagId", name from tag join tag_card using (tag_id) where tag_id = any($1::int[]) and kind <> 'tiers' order by name`, [tagIds]);
    const since = await sinceWhen(pool, customerNo, rows.map((row) => row.tagId));
    return rows.map(({ tagId, name }) => ({ tagId, name, addedAt: since.get(tagId) ?? new Date(0), addedBy: 'system' }));
  },
});

/** Since when somebody has tags: the last time they came to have each. */
async function sinceWhen(pool: pg.Pool, customerNo: number, tagIds: readonly number[]): Promise<Map<number, Date>> {
  const since = new Map<number, Date>();
  for await (const { tagId, at, entered } of movesOf(pool, customerNo, end)) {
    if (entered && tagIds.includes(tagId) && !since.has(tagId)) since.set(tagId, at);
    if (since.size === tagIds.length) break;
  }
  return since;
}
