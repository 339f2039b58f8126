import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type { TrackedEvent } from './decode.ts';

/**
 * Leaves out events that came before, in this batch or ever, and remembers the others. Belongs to the transaction
 * that makes facts of them: when it fails, they were never seen. There is one worker, so nobody adds an id between
 * the question and the answer; if somebody did, the transaction would fail.
 */
export async function dropRepeats(client: pg.PoolClient, events: TrackedEvent[]): Promise<TrackedEvent[]> {
  const byId = new Map<string, TrackedEvent>();
  for (const event of events) if (!byId.has(event.eventId)) byId.set(event.eventId, event);
  if (byId.size === 0) return [];
  // In order, so that neighbours in the index are touched together.
  const ids = [...byId.keys()].sort();
  // Hexadecimal digits need no quoting: the text of the array is made without looking at every character.
  const { rows } = await client.query<{ id: string }>({
    name: 'collect.seen',
    text: "select replace(message_id::text, '-', '') as id from message_seen where message_id = any($1::uuid[])",
    values: [`{${ids.join()}}`],
  });
  for (const { id } of rows) byId.delete(id);
  const fresh = rows.length === 0 ? ids : ids.filter((id) => byId.has(id));
  if (fresh.length > 0) await remember(client, fresh);
  return [...byId.values()];
}

/** Copying costs half of inserting row by row. */
async function remember(client: pg.PoolClient, ids: string[]): Promise<void> {
  await pipeline(Readable.from([Buffer.from(`${ids.join('\n')}\n`, 'latin1')]), client.query(copyFrom('copy message_seen from stdin')));
}
