import type pg from 'pg';
import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { decodeBitmap } from '../../../../kernel/bitmap/portable-read.ts';
import { applyChanges, type Change } from './change.ts';

type Connection = pg.Pool | pg.PoolClient;

/** Which members of an audience are meant: `rewrites` tells apart what an erasure changed. */
export interface Standing {
  audienceId: number;
  ruleVersion: number;
  versionNo: number;
  rewrites: number;
}

/** Where an audience stands now; null for one that does not exist. */
export async function readStanding(connection: Connection, audienceId: number): Promise<Standing | null> {
  const { rows } = await connection.query<Standing>({
    name: 'audiences.standing',
    text: 'select audience_id as "audienceId", rule_version as "ruleVersion", version_no as "versionNo", rewrites from audience where audience_id = $1',
    values: [audienceId],
  });
  return rows.at(0) ?? null;
}

/** The version that stood just before a moment; null where the audience was not there yet. */
export async function versionBefore(connection: Connection, audienceId: number, moment: Date): Promise<number | null> {
  const { rows } = await connection.query<{ versionNo: number }>({
    name: 'audiences.version-before',
    text: `select version_no as "versionNo" from audience_version where audience_id = $1 and at < $2
      order by at desc, version_no desc limit 1`,
    values: [audienceId, moment],
  });
  return rows.at(0)?.versionNo ?? null;
}

interface Row {
  snapshot: Buffer | null;
  entered: Buffer | null;
  left: Buffer | null;
}

/** The members of one version: the nearest snapshot before it, and what changed since. */
export async function readMembers(connection: Connection, audienceId: number, versionNo: number): Promise<Bitmap> {
  const { rows } = await connection.query<Row>({
    name: 'audiences.members',
    text: `with base as (
        select coalesce(max(version_no), 0) as version_no from audience_version
        where audience_id = $1 and version_no <= $2 and snapshot is not null)
      select case when v.version_no = base.version_no then snapshot end as snapshot,
        case when v.version_no > base.version_no then entered end as entered,
        case when v.version_no > base.version_no then left_members end as left
      from audience_version v, base
      where audience_id = $1 and v.version_no between base.version_no and $2 order by v.version_no`,
    values: [audienceId, versionNo],
  });
  const start = rows.at(0)?.snapshot;
  return applyChanges(start ? decodeBitmap(start) : Bitmap.empty, changesOf(rows));
}

function* changesOf(rows: readonly Row[]): Generator<Change> {
  for (const { entered, left } of rows) if (entered && left) yield { entered: decodeBitmap(entered), left: decodeBitmap(left) };
}
