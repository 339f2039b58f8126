import { createHash } from 'node:crypto';
import type pg from 'pg';
import { Problem } from '../../../kernel/problem.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { blockMs, forgottenAfterMs, freeAttempts, peerOf, type AttemptKind } from './throttle-rules.ts';

export interface Attempt {
  /** What is guessed at: an e-mail address, or `staff:3` for one's own password. */
  account: string;
  /** The address of the connection itself; a forwarded one could be anything. */
  address: string;
}

interface Counter {
  kind: AttemptKind;
  key: Buffer;
}

const counter = (kind: AttemptKind, of: string): Counter => ({ kind, key: createHash('sha256').update(`${kind}\n${of}`).digest() });

const countersOf = ({ account, address }: Attempt): Counter[] => {
  const peer = peerOf(address);
  return [counter('pair', `${account}\n${peer}`), counter('account', account), counter('peer', peer)].sort((a, b) => a.key.compare(b.key));
};

/**
 * Counts an attempt before its password is looked at, so that a thousand at once are still
 * counted one by one. Refuses with 429 while any of its three counters has to wait; a refused
 * attempt is not counted, so that waiting helps.
 */
export async function countAttempt(pool: pg.Pool, attempt: Attempt, now: Date): Promise<void> {
  const counters = countersOf(attempt);
  await inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ key: Buffer; attempts: number; last_at: Date; blocked_until: Date }>(
      `insert into sign_in_attempt as known (key, attempts, last_at, blocked_until)
       select key, 0, $2, $2 from unnest($1::bytea[]) with ordinality as wanted (key, place) order by place
       on conflict (key) do update set key = excluded.key
       returning key, attempts, last_at, blocked_until`,
      [counters.map((c) => c.key), now],
    );
    const waitMs = Math.max(...rows.map((row) => row.blocked_until.getTime() - now.getTime()));
    if (waitMs > 0) {
      const retryAfterSeconds = Math.ceil(waitMs / 1000);
      throw new Problem('access.wait', { status: 429, retryAfterSeconds, params: { seconds: retryAfterSeconds } });
    }
    const next = rows.map((row) => {
      const kind = counters.find((c) => c.key.equals(row.key))?.kind ?? 'pair';
      const attempts = (now.getTime() - row.last_at.getTime() > forgottenAfterMs ? 0 : row.attempts) + 1;
      return { key: row.key, attempts, blockedUntil: new Date(now.getTime() + blockMs(attempts, freeAttempts[kind])) };
    });
    await client.query(
      `update sign_in_attempt set attempts = next.attempts, last_at = $4, blocked_until = next.blocked_until
         from unnest($1::bytea[], $2::int[], $3::timestamptz[]) as next (key, attempts, blocked_until)
        where sign_in_attempt.key = next.key`,
      [next.map((n) => n.key), next.map((n) => n.attempts), next.map((n) => n.blockedUntil), now],
    );
  });
}

/**
 * After a success the account starts afresh. The address is only given this attempt back:
 * otherwise a person with one account could guess at all others for ever.
 */
export async function forgiveAttempt(pool: pg.Pool, attempt: Attempt, now: Date): Promise<void> {
  const counters = countersOf(attempt);
  const keysOf = (kinds: AttemptKind[]): Buffer[] => counters.filter((c) => kinds.includes(c.kind)).map((c) => c.key);
  // Rows are locked in the order in which `countAttempt` locks them, or not at all.
  await pool.query(
    `with own as (select key from sign_in_attempt where key = any($1) order by key for update),
       old as (select key from sign_in_attempt where last_at < $2 limit 1000 for update skip locked)
     delete from sign_in_attempt where key in (select key from own union all select key from old)`,
    [keysOf(['pair', 'account']), new Date(now.getTime() - forgottenAfterMs)],
  );
  await pool.query('update sign_in_attempt set attempts = greatest(attempts - 1, 0), blocked_until = $2 where key = any($1)', [keysOf(['peer']), now]);
}
