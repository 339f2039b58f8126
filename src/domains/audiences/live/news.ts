import type pg from 'pg';
import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import { decodeBitmap } from '../../../kernel/bitmap/portable-read.ts';

/** What happened in the audiences that one refers to since it last followed. */
export interface News {
  /** Who came or went; null when that is too much to be told one by one. */
  people: Bitmap | null;
  /** Up to which version of each. */
  upTo: { usedId: number; versionNo: number }[];
}

export const noNews: News = { people: Bitmap.empty, upTo: [] };

const versionsAtMost = 200;

export async function readNews(pool: pg.Pool, audienceId: number): Promise<News> {
  const { rows } = await pool.query<{ usedId: number; versionNo: number; seen: number }>(
    `select used_id as "usedId", a.version_no as "versionNo", seen_version as seen
      from audience_reference r join audience a on a.audience_id = r.used_id where r.audience_id = $1 and a.version_no > seen_version`, [audienceId]);
  const upTo = rows.map(({ usedId, versionNo }) => ({ usedId, versionNo }));
  if (rows.some(({ seen, versionNo }) => seen === 0 || versionNo - seen > versionsAtMost)) return { people: null, upTo };
  const moved: Bitmap[] = [];
  for (const { usedId, seen, versionNo } of rows) {
    const { rows: changes } = await pool.query<{ entered: Buffer; left: Buffer }>(
      'select entered, left_members as left from audience_version where audience_id = $1 and version_no > $2 and version_no <= $3', [usedId, seen, versionNo]);
    moved.push(...changes.flatMap(({ entered, left }) => [decodeBitmap(entered), decodeBitmap(left)]));
  }
  return { people: Bitmap.union(moved), upTo };
}

/** Notes that an audience has followed. */
export async function noteFollowed(pool: pg.Pool, audienceId: number, { upTo }: News): Promise<void> {
  if (upTo.length === 0) return;
  await pool.query(
    `update audience_reference r set seen_version = n.version_no from unnest($2::int[], $3::int[]) as n (used_id, version_no)
      where r.audience_id = $1 and r.used_id = n.used_id`,
    [audienceId, upTo.map((each) => each.usedId), upTo.map((each) => each.versionNo)]);
}
