import type pg from 'pg';

/** Gives customer numbers, each once for all time. */
export interface CustomerNumbers {
  /** As many numbers, not necessarily in a row. */
  take(count: number): Promise<number[]>;
}

/** Few enough that a crash wastes nothing worth counting, many enough that most batches need no round trip. */
const blockSize = 256;

/**
 * Takes blocks of numbers in transactions of their own, so that nobody waits for the transaction
 * that uses them. What a crash leaves unused is a gap; no number comes twice.
 */
export function createCustomerNumbers(pool: pg.Pool): CustomerNumbers {
  let left: number[] = [];
  return {
    async take(count) {
      const taken = left.splice(0, count);
      if (taken.length === count) return taken;
      const missing = count - taken.length;
      const size = Math.max(missing, blockSize);
      const first = await reserveCustomerNumbers(pool, size);
      const block = Array.from({ length: size }, (_, i) => first + i);
      left = [...left, ...block.slice(missing)];
      return [...taken, ...block.slice(0, missing)];
    },
  };
}

/** Reserves numbers in a row and answers with the first; within a transaction, others wait until it ends. */
export async function reserveCustomerNumbers(connection: pg.Pool | pg.PoolClient, count: number): Promise<number> {
  const { rows } = await connection.query<{ first: number }>(
    'update customer_counter set next_no = next_no + $1 returning next_no - $1 as first', [count]);
  return rows[0].first;
}
