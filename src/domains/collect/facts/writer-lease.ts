import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Log } from '../../../platform/log.ts';

/** Any number that nothing else locks. */
const writerLock = 7_233_404;
const retryMs = 500;

/** The right to write the fact log; one process has it at a time. */
export interface WriterLease {
  /** Raised by every new holder; registering a batch needs the newest. */
  epoch: number;
  /** Resolves when the connection that holds the lock is gone, and with it the right. */
  lost: Promise<void>;
  release(): Promise<void>;
}

/**
 * Waits for the right to write and takes it: an advisory lock held by one connection keeps others waiting, and
 * the epoch keeps out a former holder that was frozen and does not know yet. Null when `signal` aborts first.
 */
export async function takeWriterLease(pool: pg.Pool, log: Log, signal: AbortSignal): Promise<WriterLease | null> {
  while (!signal.aborted) {
    const lease = await tryLease(pool).catch((error: unknown) => {
      log.warn({ err: error }, 'the right to write the fact log could not be asked for');
      return null;
    });
    if (lease) return lease;
    await sleep(retryMs, undefined, { signal }).catch(() => {});
  }
  return null;
}

async function tryLease(pool: pg.Pool): Promise<WriterLease | null> {
  const client = await pool.connect();
  let release = true;
  try {
    const { rows } = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [writerLock]);
    if (!rows[0].got) return null;
    const raised = await client.query<{ epoch: number }>('update fact_writer set epoch = epoch + 1 returning epoch');
    release = false;
    return hold(client, raised.rows[0].epoch);
  } finally {
    if (release) client.release();
  }
}

function hold(client: pg.PoolClient, epoch: number): WriterLease {
  let given = false;
  let end: () => void = () => {};
  const lost = new Promise<void>((resolve) => (end = resolve));
  client.once('error', () => {
    if (given) return;
    given = true;
    client.release(true);
    end();
  });
  return {
    epoch,
    lost,
    async release() {
      if (given) return;
      given = true;
      await client.query('select pg_advisory_unlock($1)', [writerLock]).catch(() => {});
      client.release();
    },
  };
}
