import type pg from 'pg';

/** `rebuilding`: ClickHouse is being made anew, and its numbers are not to be shown. */
export type FactState = 'ready' | 'rebuilding';

/** What may be said of the numbers in ClickHouse now. `dataVersion` rises whenever they change. */
export interface FactStatus {
  state: FactState;
  dataVersion: number;
  changedAt: Date;
}

export async function readFactStatus(pool: pg.Pool): Promise<FactStatus> {
  const { rows } = await pool.query<{ state: FactState; data_version: number; changed_at: Date }>(
    'select state, data_version, changed_at from fact_state');
  return { state: rows[0].state, dataVersion: rows[0].data_version, changedAt: rows[0].changed_at };
}

export async function writeFactState(connection: pg.Pool | pg.PoolClient, state: FactState): Promise<void> {
  await connection.query('update fact_state set state = $1, data_version = data_version + 1, changed_at = now()', [state]);
}

/** Tells caches that the numbers in ClickHouse have changed. */
export async function raiseDataVersion(connection: pg.Pool | pg.PoolClient): Promise<void> {
  await connection.query('update fact_state set data_version = data_version + 1');
}

/** The same where more than batches of new facts changed: an import, its undoing, a rebuild. */
export async function raiseWholeVersion(connection: pg.Pool | pg.PoolClient): Promise<void> {
  await connection.query('update fact_state set data_version = data_version + 1, whole_version = whole_version + 1');
}
