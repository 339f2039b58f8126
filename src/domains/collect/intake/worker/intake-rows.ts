import type pg from 'pg';

/** A request waiting in the intake log. */
export interface IntakeRow {
  seq: number;
  receivedAt: Date;
  writeKeyId: number;
  callType: string | null;
  eventCount: number;
  /** JSON, compressed and sealed. */
  body: Buffer;
}

interface Row {
  seq: number;
  received_at: Date;
  write_key_id: number;
  call_type: string | null;
  event_count: number;
  body: Buffer;
}

/** Compressed bytes of one batch: some hundred megabytes when they are parsed, at the worst. */
const bytesAtOnce = 8 * 2 ** 20;

/**
 * The oldest waiting requests, together at most `events` events and 8 MiB (one request at least). What is there
 * counts, not what is beyond the last number seen: numbers become visible out of order.
 */
export async function readOldest(connection: pg.Pool | pg.PoolClient, events: number): Promise<IntakeRow[]> {
  const { rows } = await connection.query<Row>(
    `select seq, received_at, write_key_id, call_type, event_count, body from intake_batch where seq in (
       select seq from (
         select seq, sum(event_count) over before as events, sum(bytes) over before as bytes
         from (select seq, event_count, octet_length(body) as bytes from intake_batch order by seq limit $1) as oldest
         window before as (order by seq rows between unbounded preceding and 1 preceding)) as counted
       where coalesce(events, 0) < $1 and coalesce(bytes, 0) < $2)
     order by seq`, [events, bytesAtOnce]);
  return rows.map((row) => ({
    seq: row.seq,
    receivedAt: row.received_at,
    writeKeyId: row.write_key_id,
    callType: row.call_type,
    eventCount: row.event_count,
    body: row.body,
  }));
}

/** Takes requests out of the log. Throws when one of them is not there: somebody else has made facts of it. */
export async function deleteRows(client: pg.PoolClient, rows: IntakeRow[]): Promise<void> {
  const { rowCount } = await client.query('delete from intake_batch where seq = any($1::bigint[])', [rows.map((row) => row.seq)]);
  if (rowCount !== rows.length) throw new Error('requests of the intake log were taken by another worker');
}

/** The names of write keys: the source of the facts sent with them. */
export async function readKeyNames(pool: pg.Pool): Promise<Map<number, string>> {
  const { rows } = await pool.query<{ write_key_id: number; name: string }>('select write_key_id, name from write_key');
  return new Map(rows.map((row) => [row.write_key_id, row.name]));
}
