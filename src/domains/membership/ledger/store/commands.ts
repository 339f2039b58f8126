import type pg from 'pg';
import { type Command, hashOf } from '../command.ts';
import type { Outcome } from '../decide/decide.ts';

/** A command that was carried out. */
export interface Known {
  customerNo: number;
  hash: Buffer;
  outcome: Outcome;
}

/** Which of these keys were used, by what and to which end. */
export async function readCommands(client: pg.PoolClient, keys: readonly string[]): Promise<Map<string, Known>> {
  const { rows } = await client.query<Known & { key: string }>({
    name: 'points.commands', text: 'select command_key as key, customer_no as "customerNo", input_hash as hash, outcome from points_command where command_key = any($1::text[])', values: [keys],
  });
  return new Map(rows.map(({ key, ...known }) => [key, known]));
}

export async function writeCommands(client: pg.PoolClient, done: readonly { command: Command; outcome: Outcome }[], at: Date): Promise<void> {
  if (done.length === 0) return;
  await client.query({
    name: 'points.write-commands',
    text: `insert into points_command (command_key, customer_no, input_hash, outcome, recorded_at)
      select key, customer_no, hash, outcome, $5 from unnest($1::text[], $2::int[], $3::bytea[], $4::jsonb[]) as c (key, customer_no, hash, outcome)`,
    values: [done.map(({ command }) => command.key), done.map(({ command }) => command.customerNo), done.map(({ command }) => hashOf(command)), done.map(({ outcome }) => JSON.stringify(outcome)), at],
  });
}
