import type pg from 'pg';
import { conflict } from '../../../kernel/problem.ts';
import { readMembers } from './read-members.ts';

/** Ends the membership of a person, of all their numbers. Points and growth stay as they are, for when they come back. */
export async function leave(client: pg.PoolClient, accounts: readonly number[], at: Date, derivation: Record<string, unknown>): Promise<void> {
  await client.query('select from member where customer_no = any($1::int[]) order by customer_no for update', [accounts]);
  const rows = [...(await readMembers(client, accounts)).values()].filter(({ leftAt }) => leftAt === null);
  if (rows.length === 0) throw conflict('membership.no_member');
  await client.query('update member set left_at = $2, due_at = null where customer_no = any($1::int[]) and left_at is null', [accounts, at]);
  await client.query(
    `insert into tier_change (customer_no, kind, from_tier, cycle_start, occurred_at, recorded_at, version_no, derivation)
      select customer_no, 'leave', tier, cycle_start, $2, $2, version_no, $3 from member where customer_no = any($1::int[])`,
    [rows.map(({ customerNo }) => customerNo), at, JSON.stringify({ reason: 'left', ...derivation })]);
}
