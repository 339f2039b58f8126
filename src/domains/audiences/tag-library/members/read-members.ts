import type pg from 'pg';
import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { bitmapOf } from './shards.ts';

type Connection = pg.Pool | pg.PoolClient;

/** Members of a computed tag as they are stored; nobody for any other. */
export async function readMembers(connection: Connection, tagId: number): Promise<Bitmap> {
  const { rows } = await connection.query<{ members: Buffer }>({
    name: 'audiences.tag-members', text: 'select members from tag_members where tag_id = $1 order by shard', values: [tagId],
  });
  return Bitmap.union(rows.map((row) => bitmapOf(row.members)));
}
