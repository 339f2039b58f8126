import type pg from 'pg';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { insertSetAside, type NewSetAside } from '../desk/set-aside-store.ts';

/** A request as the intake log keeps it, and what of it was set aside. */
export interface IntakeEntry {
  receivedAt: Date;
  writeKeyId: number;
  /** What a single call was sent as; null for a batch. */
  callType: string | null;
  eventCount: number;
  /** JSON, compressed and sealed. */
  body: Buffer;
  setAside: NewSetAside[];
}

/** Puts entries on disk, all or none. */
export async function commitEntries(pool: pg.Pool, entries: IntakeEntry[]): Promise<void> {
  const setAside = entries.flatMap((entry) => entry.setAside);
  if (setAside.length === 0) return insertEntries(pool, entries);
  await inTransaction(pool, async (client) => {
    await insertEntries(client, entries);
    await insertSetAside(client, setAside);
    await client.query(`insert into intake_total (name, value) values ('set_aside', $1)
      on conflict (name) do update set value = intake_total.value + excluded.value`, [setAside.length]);
  });
}

const parametersEach = 5;

/** Puts what can become facts into the intake log. */
export async function insertEntries(connection: pg.Pool | pg.PoolClient, entries: Omit<IntakeEntry, 'setAside'>[]): Promise<void> {
  const kept = entries.filter((entry) => entry.eventCount > 0);
  if (kept.length === 0) return;
  // Bodies are parameters of their own: in an array they would travel as text of twice the size.
  const places = kept.map((_, i) => `(${Array.from({ length: parametersEach }, (_unused, p) => `$${i * parametersEach + p + 1}`).join()})`);
  await connection.query(`insert into intake_batch (received_at, write_key_id, call_type, event_count, body) values ${places.join()}`,
    kept.flatMap((entry) => [entry.receivedAt, entry.writeKeyId, entry.callType, entry.eventCount, entry.body]));
}

/** Events that are acknowledged and not yet facts, by the number of their write key. */
export async function readBacklogByKey(pool: pg.Pool): Promise<Map<number, number>> {
  const { rows } = await pool.query<{ key: number; events: number }>('select write_key_id as key, sum(event_count)::bigint as events from intake_batch group by write_key_id');
  return new Map(rows.map(({ key, events }) => [key, events]));
}

/** Events that are acknowledged and not yet facts, and when the oldest of them came. */
export async function readBacklog(pool: pg.Pool): Promise<{ events: number; oldestAt: Date | null }> {
  const { rows } = await pool.query<{ events: number; oldest_at: Date | null }>(
    'select coalesce(sum(event_count), 0)::bigint as events, min(received_at) as oldest_at from intake_batch');
  return { events: rows[0].events, oldestAt: rows[0].oldest_at };
}
