import type pg from 'pg';
import type { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { bitmapOf, bytesOf } from '../members/shards.ts';

type Connection = pg.Pool | pg.PoolClient;

/** Whom one file gave a tag. */
export interface Upload {
  uploadId: number;
  name: string;
  size: number;
  givenAt: Date;
  givenBy: string;
  lapsesAt: Date | null;
}

export async function readUploads(connection: Connection, tagId: number): Promise<Upload[]> {
  const { rows } = await connection.query<Upload>(
    `select upload_id as "uploadId", name, size, given_at as "givenAt", given_by as "givenBy", lapses_at as "lapsesAt"
      from tag_upload where tag_id = $1 order by given_at desc, upload_id desc`, [tagId]);
  return rows;
}

/** The sets of people whose time is not over. */
export async function liveUploads(connection: Connection, tagId: number, now: Date): Promise<Bitmap[]> {
  const { rows } = await connection.query<{ members: Buffer }>(
    'select members from tag_upload where tag_id = $1 and (lapses_at is null or lapses_at > $2)', [tagId, now]);
  return rows.map((row) => bitmapOf(row.members));
}

export interface NewUpload {
  tagId: number;
  name: string;
  members: Bitmap;
  at: Date;
  by: string;
  lapsesAt: Date | null;
}

export async function insertUpload(client: pg.PoolClient, { tagId, name, members, at, by, lapsesAt }: NewUpload): Promise<void> {
  await client.query(
    'insert into tag_upload (tag_id, name, size, given_at, given_by, lapses_at, members) values ($1, $2, $3, $4, $5, $6, $7)',
    [tagId, name, members.size, at, by, lapsesAt, bytesOf(members)]);
}

/** Takes one upload back, or all of a tag; returns how many. */
export async function deleteUploads(client: pg.PoolClient, tagId: number, uploadId: number | null): Promise<number> {
  const { rowCount } = await client.query('delete from tag_upload where tag_id = $1 and ($2::int is null or upload_id = $2)', [tagId, uploadId]);
  return rowCount ?? 0;
}
