import type pg from 'pg';
import type { Log } from '../../../../platform/log.ts';

/** Any number that nothing else locks with a second one. */
const leaseClass = 7_233_405;

/** The right to work on a run: one process has it at a time, and it ends with the process or its connection. */
export interface RunLease {
  /** Aborts when the connection that holds it is gone, and with it the right. */
  lost: AbortSignal;
  release(): Promise<void>;
}

export interface RunLeases {
  /** Null while another process has it. */
  take(runNo: number): Promise<RunLease | null>;
  close(): Promise<void>;
}

/**
 * Advisory locks, all held by one connection. A process that was frozen and lost its locks meanwhile does no harm before it knows:
 * each step of a message is a change of its row from the state it was seen in, which only one of two can make.
 */
export function createRunLeases(pool: pg.Pool, log: Log): RunLeases {
  let held: { client: pg.PoolClient; lost: AbortController } | undefined;
  // One connection answers one question after the other.
  let asked: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(ask: () => Promise<T>): Promise<T> => {
    const answer = asked.then(ask);
    asked = answer.catch(() => {});
    return answer;
  };
  const connect = async (): Promise<NonNullable<typeof held>> => {
    if (held) return held;
    const holding = { client: await pool.connect(), lost: new AbortController() };
    holding.client.once('error', () => {
      log.warn('the right to send was lost with its connection; asking for it again');
      if (held === holding) held = undefined;
      holding.client.release(true);
      holding.lost.abort();
    });
    held = holding;
    return holding;
  };
  return {
    async take(runNo) {
      const { client, lost, got } = await inTurn(async () => {
        const holding = await connect();
        const { rows } = await holding.client.query<{ got: boolean }>('select pg_try_advisory_lock($1, $2) as got', [leaseClass, runNo]);
        return { ...holding, got: rows[0].got };
      });
      if (!got) return null;
      return {
        lost: lost.signal,
        async release() {
          await inTurn(async () => lost.signal.aborted || client.query('select pg_advisory_unlock($1, $2)', [leaseClass, runNo])).catch(() => {});
        },
      };
    },
    async close() {
      // Whoever asks still is answered before.
      await asked;
      if (!held) return;
      const { client } = held;
      held = undefined;
      client.removeAllListeners('error');
      client.on('error', () => {});
      await client.query('select pg_advisory_unlock_all()').catch(() => {});
      client.release();
    },
  };
}
