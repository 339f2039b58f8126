import type pg from 'pg';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import type { Sent } from '../adapters/adapter.ts';
import { afterFailure, type Health } from './breaker.ts';

type Connection = pg.Pool | pg.ClientBase;

const columns = 'failures, breaks, broken_until as "brokenUntil", resting_until as "restingUntil"';

export async function readHealth(connection: Connection, accountNos: readonly number[]): Promise<Map<number, Health>> {
  const { rows } = await connection.query<Health & { accountNo: number }>(`select account_no as "accountNo", ${columns} from channel_health where account_no = any($1::int[])`, [accountNos]);
  return new Map(rows.map(({ accountNo, ...health }) => [accountNo, health]));
}

/** Makes this process the one whose message tries a broken account again; false where another's does. */
export async function takeTrial(connection: Connection, accountNo: number, now: Date, until: Date): Promise<boolean> {
  const { rowCount } = await connection.query('update channel_health set broken_until = $3 where account_no = $1 and breaks > 0 and broken_until <= $2', [accountNo, now, until]);
  return rowCount === 1;
}

/** Keeps what an answer tells of the account, and says how it is doing now. */
export async function noteFault(pool: pg.Pool, accountNo: number, sent: Sent, isTrial: boolean, now: Date): Promise<Health> {
  return inTransaction(pool, async (client) => {
    const { rows: [health] } = await client.query<Health>(`select ${columns} from channel_health where account_no = $1 for update`, [accountNo]);
    // Asked too quickly it is well, and is asked less often.
    const after = sent.isTooQuick ? health : afterFailure(health, isTrial, now, Math.random);
    const restingUntil = sent.retryAfterMs === undefined ? after.restingUntil : new Date(now.getTime() + sent.retryAfterMs);
    await client.query(
      `update channel_health set failures = $2, breaks = $3, broken_until = $4, resting_until = greatest(resting_until, $5), trouble = $6, trouble_at = $7,
          pace = case when $8 and slowed_at < clock_timestamp() - interval '1 second' then greatest(0.05, least(1, ${paceNow}) / 2) else pace end,
          slowed_at = case when $8 and slowed_at < clock_timestamp() - interval '1 second' then clock_timestamp() else slowed_at end
        where account_no = $1`,
      [accountNo, after.failures, after.breaks, after.brokenUntil, restingUntil, sent.code ?? '', now, sent.isTooQuick ?? false]);
    return { ...after, restingUntil };
  });
}

/** A slowed account is as quick as before some minutes later: its pace doubles with each. */
export const paceNow = 'least(1, pace * power(2, least(20, extract(epoch from clock_timestamp() - greatest(slowed_at, \'2000-01-01\')) / 60)))';

/** After a message that was taken nothing stands against the account. */
export async function noteWell(connection: Connection, accountNo: number): Promise<void> {
  await connection.query('update channel_health set failures = 0, breaks = 0, broken_until = null where account_no = $1 and (failures > 0 or breaks > 0)', [accountNo]);
}
