import type pg from 'pg';

type Connection = pg.Pool | pg.ClientBase;

/** Which of these addresses, by the keyed hash that identifiers are found by, nothing arrives at any more. */
export async function readDeadHashes(connection: Connection, hashes: readonly string[]): Promise<Set<string>> {
  const { rows } = await connection.query<{ hash: string }>({ name: 'messaging.dead-addresses', text: 'select hash from dead_address where hash = any($1::uuid[])', values: [hashes] });
  return new Set(rows.map(({ hash }) => hash));
}

/** Notes that nothing arrives at these addresses any more. */
export async function noteDead(connection: Connection, dead: readonly { hash: string; code: string }[], now: Date): Promise<void> {
  if (dead.length === 0) return;
  await connection.query('insert into dead_address (hash, code, since) select distinct on (hash) hash, code, $3 from unnest($1::uuid[], $2::text[]) as d (hash, code) on conflict do nothing',
    [dead.map(({ hash }) => hash), dead.map(({ code }) => code), now]);
}
