import type pg from 'pg';
import { decodeBitmap } from '../../../../kernel/bitmap/portable-read.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { asOneChange } from './change.ts';
import { readMembers } from './read-membership.ts';
import { bytesOf, isSnapshotDue } from './write-membership.ts';

/** Versions stay as they were written for so long. */
const fineForMs = 3_600_000;

interface Span {
  audienceId: number;
  fromNo: number;
  /** The last of the day so far, which stands for all of them. */
  lastNo: number;
}

/**
 * Puts versions together that past days do not need: of those older than an hour, the last of each of the brand's days
 * stays and says what changed since the day before, and how many came and went in between. What somebody who follows
 * an audience has not taken yet stays as it is. Returns how many versions went.
 */
export async function compactVersions({ pg: pool, clock }: Platform): Promise<number> {
  const { timeZone } = await readBrand(pool);
  const { rows } = await pool.query<Span>(
    `select audience_id as "audienceId", min(version_no) as "fromNo", max(version_no) as "lastNo" from audience_version v
      where at < $1 and version_no <= coalesce((select min(c.version_no) from audience_cursor c where c.audience_id = v.audience_id), version_no)
      group by audience_id, (at at time zone $2)::date having count(*) > 1 order by 1, 2`, [new Date(clock.now().getTime() - fineForMs), timeZone]);
  let gone = 0;
  for (const span of rows) gone += await inTransaction(pool, (client) => putTogether(client, span));
  return gone;
}

interface Row {
  versionNo: number;
  entered: Buffer;
  left: Buffer;
  hasSnapshot: boolean;
}

async function putTogether(client: pg.PoolClient, { audienceId, fromNo, lastNo }: Span): Promise<number> {
  await client.query('select from audience where audience_id = $1 for no key update', [audienceId]);
  const { rows } = await client.query<Row>(
    `select version_no as "versionNo", entered, left_members as left, snapshot is not null as "hasSnapshot" from audience_version
      where audience_id = $1 and version_no between $2 and $3 order by version_no`, [audienceId, fromNo, lastNo]);
  const last = rows.at(-1);
  if (last?.versionNo !== lastNo) return 0;
  const change = asOneChange(rows.map(({ entered, left }) => ({ entered: decodeBitmap(entered), left: decodeBitmap(left) })));
  const [entered, left] = [bytesOf(change.entered), bytesOf(change.left)];
  const needsSnapshot = !last.hasSnapshot && rows.some((row) => row.hasSnapshot) && await isFarFromSnapshot(client, audienceId, fromNo, entered.length + left.length);
  const snapshot = needsSnapshot ? bytesOf(await readMembers(client, audienceId, lastNo)) : null;
  await client.query(
    `with gone as (delete from audience_version where audience_id = $1 and version_no >= $2 and version_no < $3 returning entered_count, left_count)
      update audience_version set entered = $4, left_members = $5, snapshot = coalesce(snapshot, $6),
        entered_count = entered_count + (select sum(entered_count) from gone), left_count = left_count + (select sum(left_count) from gone)
      where audience_id = $1 and version_no = $3`, [audienceId, fromNo, lastNo, entered, left, snapshot]);
  return rows.length - 1;
}

/** Whether reading a version from the last snapshot before would take long. */
async function isFarFromSnapshot(client: pg.PoolClient, audienceId: number, versionNo: number, bytes: number): Promise<boolean> {
  const { rows: [since] } = await client.query<{ isThere: boolean; size: number; count: number; bytes: number }>(
    `with base as (select version_no, octet_length(snapshot) as size from audience_version where audience_id = $1 and version_no < $2 and snapshot is not null order by version_no desc limit 1)
      select exists (select from base) as "isThere", coalesce((select size from base), 0) as size, count(*)::int as count, coalesce(sum(octet_length(entered) + octet_length(left_members)), 0)::int8 as bytes
      from audience_version where audience_id = $1 and version_no < $2 and version_no > (select version_no from base)`, [audienceId, versionNo]);
  return since.isThere ? isSnapshotDue(since.bytes + bytes, since.count + 1, since.size) : true;
}
