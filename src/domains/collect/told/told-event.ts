import { promisify } from 'node:util';
import { zstdCompress, zstdDecompressSync } from 'node:zlib';
import type pg from 'pg';

const compress = promisify(zstdCompress);

/** Something the program itself knows of a customer, to become a fact as what trackers send does. */
export interface ToldEvent {
  /** 32 hexadecimal digits, made of what the event tells of: the same for the same. */
  eventId: string;
  customerNo: number;
  name: string;
  occurredAtMs: number;
  /** Nothing personal: it goes where no personal data may. */
  properties: Record<string, string | number | boolean | null>;
  channel: string;
  /** Who tells it. */
  source: string;
}

/** Events of one row: enough to be quick, and a part of what becomes a batch. */
const eventsInRow = 5_000;

/**
 * Has events become facts, exactly when the caller's transaction commits. Nobody looks whether an event was told before: whoever
 * tells it decides that in the same transaction.
 */
export async function tellEvents(client: pg.ClientBase, events: readonly ToldEvent[]): Promise<void> {
  for (let from = 0; from < events.length; from += eventsInRow) {
    const part = events.slice(from, from + eventsInRow);
    await client.query('insert into told_event (event_count, body) values ($1, $2)', [part.length, await compress(JSON.stringify(part))]);
  }
}

export interface ToldRow {
  seq: number;
  body: Buffer;
}

/** The oldest that wait, together at most so many events; one row at least. What is there counts: numbers become visible out of order. */
export async function readTold(pool: pg.Pool, events: number): Promise<ToldRow[]> {
  const { rows } = await pool.query<ToldRow>(
    `select seq, body from told_event where seq in (
       select seq from (select seq, sum(event_count) over (order by seq rows between unbounded preceding and 1 preceding) as before
         from (select seq, event_count from told_event order by seq limit $1) as oldest) as counted
       where coalesce(before, 0) < $1)
     order by seq`, [events]);
  return rows;
}

export const eventsOfRow = ({ body }: ToldRow): ToldEvent[] => JSON.parse(zstdDecompressSync(body).toString('utf8')) as ToldEvent[];
