import type pg from 'pg';
import type { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { decodeBitmap } from '../../../../kernel/bitmap/portable-read.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';

/** Who entered and who left an audience at a moment. */
export interface AudienceChange {
  audienceId: number;
  versionNo: number;
  at: Date;
  entered: Bitmap;
  left: Bitmap;
}

/** From now on `consumer` takes the changes of an audience; those before are not theirs. An audience that is followed cannot be deleted. */
export async function followAudience(client: pg.PoolClient, consumer: string, audienceId: number): Promise<void> {
  // The lock keeps a version from being written between the reading and the commit.
  await client.query(
    `insert into audience_cursor (consumer, audience_id, version_no)
      select $1, audience_id, version_no from audience where audience_id = $2 for no key update
      on conflict do nothing`, [consumer, audienceId]);
}

export async function unfollowAudience(client: pg.PoolClient, consumer: string, audienceId: number): Promise<void> {
  await client.query('delete from audience_cursor where consumer = $1 and audience_id = $2', [consumer, audienceId]);
}

interface Cursor {
  audienceId: number;
  versionNo: number;
}

/** The cursor is locked before the change is looked up: what another took meanwhile is seen then. */
async function lockCursor(client: pg.PoolClient, consumer: string): Promise<Cursor | undefined> {
  const { rows } = await client.query<Cursor>({
    name: 'audiences.lock-cursor',
    text: `select c.audience_id as "audienceId", c.version_no as "versionNo"
      from audience_cursor c join audience a on a.audience_id = c.audience_id
      where c.consumer = $1 and a.version_no > c.version_no
      order by (select at from audience_version v where v.audience_id = c.audience_id and v.version_no > c.version_no order by v.version_no limit 1)
      limit 1 for update of c skip locked`,
    values: [consumer],
  });
  return rows.at(0);
}

interface Row {
  versionNo: number;
  at: Date;
  entered: Buffer;
  left: Buffer;
}

/**
 * Takes the next change of an audience that `consumer` follows, exactly once: `work` and the noting that it is done
 * are one transaction. Several may take at once; each audience's changes come in their order. False when nothing waits.
 */
export function takeChanges(pool: pg.Pool, consumer: string, work: (client: pg.PoolClient, change: AudienceChange) => Promise<void>): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    const cursor = await lockCursor(client, consumer);
    if (!cursor) return false;
    const { rows: [next] } = await client.query<Row>({
      name: 'audiences.next-change',
      text: `select version_no as "versionNo", at, entered, left_members as left from audience_version
        where audience_id = $1 and version_no > $2 order by version_no limit 1`,
      values: [cursor.audienceId, cursor.versionNo],
    });
    const { audienceId } = cursor;
    await work(client, { ...next, audienceId, entered: decodeBitmap(next.entered), left: decodeBitmap(next.left) });
    await client.query('update audience_cursor set version_no = $3 where consumer = $1 and audience_id = $2', [consumer, audienceId, next.versionNo]);
    return true;
  });
}
