import type pg from 'pg';
import { reloadMerges } from '../../../platform/clickhouse/merge-dictionary.ts';
import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { queueCopies } from './queue.ts';
import { readCopies, readMergePairs } from './state.ts';

/** Keeps what ClickHouse knows of customers and merges the same as PostgreSQL. */
export interface Copier {
  /** Copies everything that waits; returns how many customers it copied. */
  drain(): Promise<number>;
  /** Queues the given customers and copies everything that waits. */
  sync(customerNos: readonly number[]): Promise<void>;
  /** Queues every customer there is: for a ClickHouse that was made anew. */
  queueAll(): Promise<void>;
}

const batchSize = 5_000;
/** Any number; those who copy take turns, so that what is read later is written with a higher version. */
const turnLock = 7_233_310;

export function createCopier({ pg: pool, clickhouse }: Platform): Copier {
  const drain = async (): Promise<number> => {
    let copied = 0;
    for (;;) {
      const batch = await inTransaction(pool, (client) => copyBatch(client));
      copied += batch.customers;
      if (batch.merges > 0) await reloadMerges(clickhouse);
      if (batch.customers < batchSize) return copied;
    }
  };
  const copyBatch = async (client: pg.PoolClient): Promise<{ customers: number; merges: number }> => {
    await client.query('select pg_advisory_xact_lock($1)', [turnLock]);
    const { rows } = await client.query<{ customer_no: number; ticket: number }>(
      'select customer_no, ticket from customer_copy order by ticket limit $1', [batchSize]);
    if (rows.length === 0) return { customers: 0, merges: 0 };
    const numbers = rows.map((row) => row.customer_no);
    const version = (await client.query<{ version: number }>("select nextval('customer_copy_ticket') as version")).rows[0].version;
    const versioned = <T extends object>(copies: T[]) => copies.map((copy) => ({ ...copy, version }));
    await clickhouse.insertRows('customer', versioned(await readCopies(client, numbers)));
    const pairs = await readMergePairs(client, numbers);
    await clickhouse.insertRows('merge_pair', versioned(pairs));
    // A customer who changed since has a new ticket and stays.
    await client.query(
      'delete from customer_copy c using unnest($1::int[], $2::bigint[]) as d (no, ticket) where c.customer_no = d.no and c.ticket = d.ticket',
      [numbers, rows.map((row) => row.ticket)]);
    return { customers: rows.length, merges: pairs.length };
  };
  return {
    drain,
    async sync(customerNos) {
      await queueCopies(pool, customerNos);
      await drain();
    },
    async queueAll() {
      await pool.query(`insert into customer_copy (customer_no) select customer_no from customer
        on conflict (customer_no) do update set ticket = nextval('customer_copy_ticket')`);
    },
  };
}
