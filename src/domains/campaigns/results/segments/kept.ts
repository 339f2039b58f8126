import type pg from 'pg';
import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { decodeBitmap } from '../../../../kernel/bitmap/portable-read.ts';
import { encodeBitmap } from '../../../../kernel/bitmap/portable-write.ts';
import { segmentNames } from './segments-of.ts';

/** Keeps where people were before anything was sent to them, once: later they are where it took them. */
export async function keepSegments(client: pg.PoolClient, campaignNo: number, segments: readonly Bitmap[]): Promise<void> {
  const kept = segments.flatMap((people, segment) => (people.size > 0 ? [{ segment, people: encodeBitmap(people) }] : []));
  await client.query('insert into campaign_segment (campaign_no, segment, people) select $1, * from unnest($2::int[], $3::bytea[]) on conflict do nothing',
    [campaignNo, kept.map(({ segment }) => segment), kept.map(({ people }) => people)]);
}

/** In the order of `segmentNames`. */
export async function readSegments(pool: pg.Pool, campaignNo: number): Promise<Bitmap[]> {
  const { rows } = await pool.query<{ segment: number; people: Buffer }>('select segment, people from campaign_segment where campaign_no = $1', [campaignNo]);
  const found = new Map(rows.map(({ segment, people }) => [segment, decodeBitmap(people)]));
  return segmentNames.map((_name, segment) => found.get(segment) ?? Bitmap.empty);
}
