import type pg from 'pg';
import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { bytesOf, partsOf } from './shards.ts';
import { readMembers } from './read-members.ts';

/** How many came and went with a new membership. */
export interface Moved {
  size: number;
  entered: number;
  left: number;
}

/**
 * Makes these the members of a tag, in the caller's transaction, and keeps who came and who went. Only shards in which
 * somebody did are written. The caller holds the tag's row of `tag_state`.
 */
export async function writeMembers(client: pg.PoolClient, tagId: number, after: Bitmap, at: Date): Promise<Moved> {
  const before = await readMembers(client, tagId);
  const [entered, left] = [after.andNot(before), before.andNot(after)];
  const moved = { size: after.size, entered: entered.size, left: left.size };
  if (entered.size + left.size === 0) {
    // An erased person is gone without having left.
    await client.query('update tag_state set size = $2 where tag_id = $1 and size <> $2', [tagId, moved.size]);
    return moved;
  }
  const [members, came, went] = [partsOf(after), partsOf(entered), partsOf(left)];
  const touched = [...new Set([...came.keys(), ...went.keys()])];
  const bytes = (parts: Map<number, Bitmap>) => touched.map((shard) => bytesOf(parts.get(shard) ?? Bitmap.empty));
  await client.query(
    `insert into tag_members (tag_id, shard, members) select $1, * from unnest($2::int[], $3::bytea[])
      on conflict (tag_id, shard) do update set members = excluded.members`, [tagId, touched, bytes(members)]);
  await client.query('delete from tag_members where tag_id = $1 and shard = any($2::int[])', [tagId, touched.filter((shard) => !members.has(shard))]);
  await client.query(
    `insert into tag_move (tag_id, shard, at, entered, left_members) select $1, shard, $3, entered, left_members
      from unnest($2::int[], $4::bytea[], $5::bytea[]) as m (shard, entered, left_members)`, [tagId, touched, at, bytes(came), bytes(went)]);
  await client.query(
    `with state as (update tag_state set version_no = version_no + 1, size = $2 where tag_id = $1 returning version_no)
      insert into tag_version (tag_id, version_no, at, size, entered_count, left_count) select $1, version_no, $3, $2, $4, $5 from state`,
    [tagId, moved.size, at, moved.entered, moved.left]);
  return moved;
}
