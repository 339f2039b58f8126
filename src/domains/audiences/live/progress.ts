import type pg from 'pg';

/** Up to where live audiences have seen what happened. */
export interface Progress {
  appliedBefore: Date | null;
  copyVersion: number;
  wholeVersion: number;
  minute: Date | null;
}

export async function readProgress(pool: pg.Pool): Promise<Progress> {
  const { rows } = await pool.query<Progress>(
    `select nullif(applied_before, '-infinity') as "appliedBefore", copy_version as "copyVersion", whole_version as "wholeVersion", nullif(minute, '-infinity') as minute
      from audience_progress`);
  return rows[0];
}

/** What was seen once every audience that it concerns is up to date, or marked as due. */
export async function writeProgress(connection: pg.Pool | pg.PoolClient, { appliedBefore, copyVersion, wholeVersion, minute }: Progress, freshAt: Date): Promise<void> {
  await connection.query(
    `update audience_progress set applied_before = $1, copy_version = $2, whole_version = $3, minute = $4, fresh_at = $5`,
    [appliedBefore, copyVersion, wholeVersion, minute, freshAt]);
}
