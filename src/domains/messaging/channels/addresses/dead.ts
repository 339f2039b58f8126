import type pg from 'pg';
import type { ChannelKind } from '../../contract/vocabulary.ts';

type Connection = pg.Pool | pg.ClientBase;

/** Which of these addresses, by the keyed hash that identifiers are found by, nothing arrives at any more. */
export async function readDeadHashes(connection: Connection, hashes: readonly string[]): Promise<Set<string>> {
  const { rows } = await connection.query<{ hash: string }>({ name: 'messaging.dead-addresses', text: 'select hash from dead_address where hash = any($1::uuid[])', values: [hashes] });
  return new Set(rows.map(({ hash }) => hash));
}

/** Which of these addresses nothing may go to, and which only where somebody has no other: those of the do-not-contact list. */
export async function readSuppressedHashes(connection: Connection, channel: ChannelKind, hashes: readonly string[]): Promise<Map<string, 'never' | 'last'>> {
  const { rows } = await connection.query<{ hash: string; never: boolean }>({
    name: 'messaging.suppressed-addresses',
    text: 'select hash, bool_or(stops_service) as never from send_suppression where hash = any($1::uuid[]) and (channel is null or channel = $2) group by hash',
    values: [hashes, channel],
  });
  return new Map(rows.map(({ hash, never }) => [hash, never ? 'never' : 'last']));
}

/** Notes that nothing arrives at these addresses any more. */
export async function noteDead(connection: Connection, dead: readonly { hash: string; code: string }[], now: Date): Promise<void> {
  if (dead.length === 0) return;
  await connection.query('insert into dead_address (hash, code, since) select distinct on (hash) hash, code, $3 from unnest($1::uuid[], $2::text[]) as d (hash, code) on conflict do nothing',
    [dead.map(({ hash }) => hash), dead.map(({ code }) => code), now]);
}
