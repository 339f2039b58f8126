import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { makeDue } from '../store/growth.ts';
import { copied, type HistoryRows } from './rows.ts';

/** Bytes of one message: the server holds as many. */
const chunk = 131_072;

/**
 * Writes what histories of newcomers come to, in a COPY a table: whatever is written of one is written of all, or not at all. Returns false,
 * and nothing may be kept, where something else has opened an account since they were found to have none, as a gift for joining does.
 */
export async function writeHistories(client: pg.PoolClient, { accounts, grown, tables }: HistoryRows, now: Date): Promise<boolean> {
  // References are not looked up row by row, where the database lets us: all that these rows refer to is written by the same transaction.
  const { rows: [{ may }] } = await client.query<{ may: boolean }>("select has_parameter_privilege(current_user, 'session_replication_role', 'set') as may");
  if (may) await client.query("set local session_replication_role = 'replica'");
  // Ascending, as everybody opens accounts, so that nobody waits in a circle.
  const opened = await client.query({
    name: 'earning.open-accounts',
    text: 'insert into points_account (customer_no, due_at) select * from unnest($1::int[], $2::timestamptz[]) on conflict do nothing',
    values: [accounts.customerNos, accounts.dueAts.map((at) => (at === null ? null : new Date(at)))],
  });
  if (opened.rowCount !== accounts.customerNos.length) return false;
  for (const [table, bytes] of tables) await pipeline(Readable.from(chunksOf(bytes)), client.query(copyFrom(`copy ${table} (${copied[table]}) from stdin binary`)));
  if (may) await client.query("set local session_replication_role = 'origin'");
  await makeDue(client, grown, now);
  return true;
}

function* chunksOf(bytes: Uint8Array): Generator<Buffer> {
  for (let from = 0; from < bytes.length; from += chunk) yield Buffer.from(bytes.buffer, bytes.byteOffset + from, Math.min(chunk, bytes.length - from));
}
