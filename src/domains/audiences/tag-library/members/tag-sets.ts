import type pg from 'pg';
import type { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { readMembers } from './read-members.ts';

/** Who has computed tags: what evaluators of rules ask. */
export interface TagSets {
  /** Members of those of the tags that are computed; one given by hand is absent. */
  members(tagIds: readonly number[]): Promise<Map<number, Bitmap>>;
  /** Members of one; null of a tag given by hand. */
  tag(tagId: number): Promise<Bitmap | null>;
}

const keptBytes = 64 * 2 ** 20;

/** Members are kept in memory by their version, the one unused the longest going first. */
export function createTagSets(pool: pg.Pool): TagSets {
  const kept = new Map<number, { versionNo: number; members: Bitmap }>();
  let bytes = 0;
  const drop = (tagId: number): void => {
    bytes -= kept.get(tagId)?.members.byteLength ?? 0;
    kept.delete(tagId);
  };
  const keep = (tagId: number, versionNo: number, members: Bitmap): Bitmap => {
    drop(tagId);
    kept.set(tagId, { versionNo, members });
    bytes += members.byteLength;
    for (const oldest of kept.keys()) {
      if (bytes <= keptBytes) break;
      drop(oldest);
    }
    return members;
  };
  const members: TagSets['members'] = async (tagIds) => {
    const { rows } = await pool.query<{ tagId: number; versionNo: number }>({
      name: 'audiences.tag-versions',
      text: `select tag_id as "tagId", coalesce(version_no, 0) as "versionNo" from tag left join tag_state using (tag_id)
        where tag_id = any($1::int[]) and is_computed`,
      values: [tagIds],
    });
    const found = new Map<number, Bitmap>();
    for (const { tagId, versionNo } of rows) {
      const known = kept.get(tagId);
      found.set(tagId, keep(tagId, versionNo, known?.versionNo === versionNo ? known.members : await readMembers(pool, tagId)));
    }
    return found;
  };
  return { members, tag: async (tagId) => (await members([tagId])).get(tagId) ?? null };
}
