import type pg from 'pg';
import { inTransaction } from '../../../../platform/postgres/pool.ts';

const cutOff = '57014';

/** What is read within a time; null where it was cut off. */
export async function inTime<T>(pool: pg.Pool, longestMs: number, work: (client: pg.PoolClient) => Promise<T>): Promise<T | null> {
  try {
    return await inTransaction(pool, async (client) => {
      await client.query(`set local statement_timeout = ${longestMs}`);
      return work(client);
    });
  } catch (error) {
    if ((error as { code?: string }).code === cutOff) return null;
    throw error;
  }
}
