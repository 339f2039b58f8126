import type pg from 'pg';
import type { TrackedEvent } from './decode.ts';

/**
 * Leaves out events that came before, in this batch or ever, and remembers the others. Belongs to the transaction
 * that makes facts of them: when it fails, they were never seen.
 */
export async function dropRepeats(client: pg.PoolClient, events: TrackedEvent[]): Promise<TrackedEvent[]> {
  const byId = new Map<string, TrackedEvent>();
  for (const event of events) {
    const id = event.eventId.toString('hex');
    if (!byId.has(id)) byId.set(id, event);
  }
  const ids = [...byId.keys()];
  const { rowCount } = await client.query(
    'insert into message_seen (message_id) select unnest($1::uuid[]) on conflict do nothing', [ids]);
  if (rowCount !== ids.length) {
    for (const id of await seenBefore(client, ids)) byId.delete(id);
  }
  return [...byId.values()];
}

/** Which of these were there before this transaction wrote anything. */
async function seenBefore(client: pg.PoolClient, ids: string[]): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select replace(message_id::text, '-', '') as id from message_seen
     where message_id = any($1::uuid[]) and xmin::text::bigint <> (pg_current_xact_id()::text::bigint & 4294967295)`, [ids]);
  return rows.map((row) => row.id);
}
