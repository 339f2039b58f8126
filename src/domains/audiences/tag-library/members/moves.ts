import type pg from 'pg';
import { bitmapOf, shardOf } from './shards.ts';

/** Somebody came to have a computed tag, or lost it. */
export interface TagMove {
  id: number;
  at: Date;
  tagId: number;
  name: string;
  kind: string;
  entered: boolean;
}

export interface Position {
  at: Date;
  id: string;
}

/** Later than anything that can have happened. */
export const end: Position = { at: new Date('9999-12-31T00:00:00Z'), id: '0' };
const pageSize = 500;

/** Every time somebody came to have a computed tag or lost it, the newest first. */
export async function* movesOf(pool: pg.Pool, customerNo: number, before: Position): AsyncGenerator<TagMove> {
  for (let { at, id } = before; ;) {
    const { rows } = await pool.query<Omit<TagMove, 'entered'> & { entered: Buffer; left: Buffer }>({
      name: 'audiences.tag-moves',
      text: `select move_id as id, at, tag_id as "tagId", name, kind, entered, left_members as "left"
        from tag_move join tag using (tag_id) join tag_card using (tag_id)
        where shard = $1 and (at, move_id) < ($2::timestamptz, $3::bigint) order by at desc, move_id desc limit $4`,
      values: [shardOf(customerNo), at, id, pageSize],
    });
    for (const { entered, left, ...move } of rows) {
      if (bitmapOf(entered).has(customerNo)) yield { ...move, entered: true };
      else if (bitmapOf(left).has(customerNo)) yield { ...move, entered: false };
    }
    const last = rows.at(-1);
    if (!last || rows.length < pageSize) return;
    ({ at, id } = { at: last.at, id: String(last.id) });
  }
}
