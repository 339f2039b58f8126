import type pg from 'pg';
import type { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { encodeBitmap } from '../../../../kernel/bitmap/portable-write.ts';
import { type Change, changeBetween, isNoChange } from './change.ts';
import type { Standing } from './read-membership.ts';

/** Bytes as the driver sends them. */
export function bytesOf(bitmap: Bitmap): Buffer {
  const bytes = encodeBitmap(bitmap);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** A snapshot is written when the changes since the last have grown as large, or so many that reading them takes long. */
const changesAtMost = 500;
export const isSnapshotDue = (changeBytes: number, changeCount: number, size: number): boolean =>
  changeCount >= changesAtMost || changeBytes > Math.max(size, 4_096);

/** Members as they were computed, from those of a standing. */
export interface NewMembers {
  standing: Standing;
  before: Bitmap;
  after: Bitmap;
  /** What sets them apart, where that is known already. */
  change?: Change;
  /** The moment they were computed for. */
  at: Date;
  /** They are of everybody, and what had to be computed as a whole is done. */
  isWhole: boolean;
}

interface Locked extends Omit<Standing, 'audienceId'> {
  changeBytes: number;
  changeCount: number;
  newestAt: Date | null;
}

/**
 * Makes these members the newest version of their audience, in the caller's transaction. False, and nothing is
 * written, when the audience has moved on meanwhile: its rule, its members, or an erased person's going.
 */
export async function writeMembers(client: pg.PoolClient, { standing, before, after, change = changeBetween(before, after), at, isWhole }: NewMembers): Promise<boolean> {
  const { audienceId } = standing;
  const { rows } = await client.query<Locked>({
    name: 'audiences.lock',
    text: `select rule_version as "ruleVersion", version_no as "versionNo", rewrites, change_bytes as "changeBytes", change_count as "changeCount",
        (select at from audience_version v where v.audience_id = a.audience_id and v.version_no = a.version_no) as "newestAt"
      from audience a where audience_id = $1 for no key update`,
    values: [audienceId],
  });
  const locked = rows.at(0);
  if (!locked || locked.ruleVersion !== standing.ruleVersion || locked.versionNo !== standing.versionNo || locked.rewrites !== standing.rewrites) return false;
  // The first version is there even of nobody: from then on the past can be asked for.
  if (locked.versionNo > 0 && isNoChange(change)) {
    await client.query('update audience set fresh_at = $2, trouble = null, is_due = is_due and not $3 where audience_id = $1', [audienceId, at, isWhole]);
    return true;
  }
  const [entered, left] = [bytesOf(change.entered), bytesOf(change.left)];
  const changeBytes = locked.changeBytes + entered.length + left.length;
  const withSnapshot = locked.versionNo === 0 || isSnapshotDue(changeBytes, locked.changeCount + 1, after.size);
  // The first members were there; nobody came.
  const entries = locked.versionNo === 0 ? 0 : change.entered.size;
  // A clock that was put back does not put the past in disorder.
  const versionAt = locked.newestAt && locked.newestAt > at ? locked.newestAt : at;
  await client.query({
    name: 'audiences.write-version',
    text: `with version as (
        insert into audience_version (audience_id, version_no, at, rule_version, size, entered_count, left_count, entered, left_members, snapshot)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))
      update audience set version_no = $2, size = $5, fresh_at = $11, trouble = null, is_due = is_due and not $12, change_bytes = $13, change_count = $14
      where audience_id = $1`,
    values: [
      audienceId, locked.versionNo + 1, versionAt, locked.ruleVersion, after.size, entries, change.left.size, entered, left,
      withSnapshot ? bytesOf(after) : null, at, isWhole, withSnapshot ? 0 : changeBytes, withSnapshot ? 0 : locked.changeCount + 1,
    ],
  });
  return true;
}
