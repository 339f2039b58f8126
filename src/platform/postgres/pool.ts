import pg from 'pg';
import type { Log } from '../log.ts';

const int8 = 20;
const numeric = 1_700;

/** bigint columns become numbers where they are exact, and stay text where they are not; numerics stay text. */
const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (format !== 'binary' && oid === int8) {
      return (text: string) => (Number.isSafeInteger(Number(text)) ? Number(text) : text);
    }
    if (oid === numeric) return (text: string) => text;
    return pg.types.getTypeParser(oid, format as 'text');
  },
};

/** A connection pool; a dropped idle connection is logged, not thrown. */
export function createPool(url: string, maxConnections: number, log: Log): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    types: types as pg.CustomTypesConfig,
    connectionTimeoutMillis: 30_000,
    application_name: 'perennial',
  });
  pool.on('error', (error) => log.warn({ err: error }, 'an idle PostgreSQL connection was lost'));
  // A connection that is lost while someone works with it fails that work; without a listener it would end the program.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/** Runs `work` in one transaction: committed when it resolves, rolled back when it throws. `begin` may set something for it as well. */
export async function inTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>, begin = 'begin'): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query(begin);
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}

/** Does something that nobody else does at the same time, in this process or another; `otherwise` where somebody is at it. `lock` is a number of its own. */
export async function alone<T>(pool: pg.Pool, lock: number, work: () => Promise<T>, otherwise: T): Promise<T> {
  const holder = await pool.connect();
  try {
    const { rows: [{ isMine }] } = await holder.query<{ isMine: boolean }>('select pg_try_advisory_lock($1) as "isMine"', [lock]);
    if (!isMine) return otherwise;
    try {
      return await work();
    } finally {
      // A connection that is lost has given it back.
      await holder.query('select pg_advisory_unlock($1)', [lock]).catch(() => {});
    }
  } finally {
    holder.release();
  }
}
