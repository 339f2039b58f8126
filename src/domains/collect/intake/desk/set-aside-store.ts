import type pg from 'pg';
import type { SetAsideReason } from '../events/set-aside-reason.ts';

/** An event that cannot become a fact, sealed so that what it holds of a person is not readable in the table. */
export interface NewSetAside {
  receivedAt: Date;
  writeKeyId: number;
  reason: SetAsideReason;
  path: string | null;
  callType: string | null;
  eventName: string | null;
  body: Buffer;
}

const parametersEach = 7;

/** Keeps events aside. */
export async function insertSetAside(client: pg.PoolClient, events: NewSetAside[]): Promise<void> {
  const rowsAtOnce = 500;
  for (let at = 0; at < events.length; at += rowsAtOnce) {
    const some = events.slice(at, at + rowsAtOnce);
    const places = some.map((_, i) => `(${Array.from({ length: parametersEach }, (_unused, p) => `$${i * parametersEach + p + 1}`).join()})`);
    await client.query(
      `insert into set_aside_event (received_at, write_key_id, reason, path, call_type, event_name, body) values ${places.join()}`,
      some.flatMap((e) => [e.receivedAt, e.writeKeyId, e.reason, e.path, e.callType, e.eventName, e.body]));
  }
}
