import { z } from 'zod';
import type { ClickHouse } from '../../../../platform/clickhouse/client.ts';
import { ask, question } from '../../../../platform/clickhouse/query.ts';

const knownIds = question({
  name: 'imports.known_event_ids',
  sql: 'select toString(event_id) as id from event where event_id in {eventIds:Array(UUID)}',
  params: z.object({ eventIds: z.array(z.string()) }),
  row: z.object({ id: z.string() }),
});

/** Parameters travel in the address of the request, which has an end. */
const idsAtOnce = 5_000;

/** Which of these events (16 bytes each) ClickHouse has already, as hexadecimal digits. */
export async function knownEventIds(clickhouse: ClickHouse, eventIds: readonly Buffer[]): Promise<Set<string>> {
  const known = new Set<string>();
  for (let at = 0; at < eventIds.length; at += idsAtOnce) {
    const rows = await ask(clickhouse, knownIds, { eventIds: eventIds.slice(at, at + idsAtOnce).map(uuidText) });
    for (const { id } of rows) known.add(id.replaceAll('-', ''));
  }
  return known;
}

const uuidText = (bytes: Buffer): string => bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
