import type pg from 'pg';
import { rebuildRun, type RebuildRun } from './contract.ts';

/** The rebuild that was asked for last, or null. */
export async function readRebuildRun(pool: pg.Pool): Promise<RebuildRun | null> {
  const { rows } = await pool.query<{ value: unknown }>("select value from setting where name = 'rebuild'");
  return rows.length === 0 ? null : rebuildRun.parse(rows[0].value);
}

export async function writeRebuildRun(connection: pg.Pool | pg.PoolClient, run: RebuildRun): Promise<void> {
  await connection.query(
    "insert into setting (name, value) values ('rebuild', $1) on conflict (name) do update set value = $1, updated_at = now()",
    [JSON.stringify(run)]);
}
