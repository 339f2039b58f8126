import type pg from 'pg';
import { inTransaction } from '../../../platform/postgres/pool.ts';

/**
 * A transaction that holds others up only as long as its process is at work: who is frozen in the middle of one loses its connection,
 * so that whoever takes the run over does not wait at its locks.
 */
export const inBriefTransaction = <T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>, idleMs = 10_000): Promise<T> =>
  inTransaction(pool, work, `begin; set local idle_in_transaction_session_timeout = ${idleMs}`);
