import { z } from 'zod';
import type { ClickHouse } from '../../../../platform/clickhouse/client.ts';
import { ask, question } from '../../../../platform/clickhouse/query.ts';

const knownIds = question({
  name: 'imports.known_event_ids',
  sql: 'select toString(event_id) as event_id from event where event_id in {eventIds:Array(UUID)}',
  params: z.object({ eventIds: z.array(z.string()) }),
  row: z.object({ event_id: z.string() }),
});

/** Which of these events (16 bytes each) ClickHouse has already, as hexadecimal digits. */
export async function knownEventIds(clickhouse: ClickHouse, eventIds: readonly Buffer[]): Promise<Set<string>> {
  if (eventIds.length === 0) return new Set();
  const rows = await ask(clickhouse, knownIds, { eventIds: eventIds.map(uuidText) });
  return new Set(rows.map((row) => row.event_id.replaceAll('-', '')));
}

const uuidText = (bytes: Buffer): string => bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
