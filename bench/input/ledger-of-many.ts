import type pg from 'pg';
import { inTransaction } from '../../src/platform/postgres/pool.ts';

const tables = ['customer', 'points_account', 'points_entry', 'points_lot', 'points_allocation'];
/** Customers of one statement. */
const atOnce = 2_500_000;

/** Two earnings, the first of them spent in part: what somebody has who buys now and then. */
const fillers = [
  "insert into customer (customer_no, created_at) select n, timestamptz '2024-01-01' + n * interval '2 seconds' from generate_series($1::int, $2::int) n",
  "insert into points_account (customer_no, due_at) select n, timestamptz '2027-06-01' + n % 300 * interval '1 day' from generate_series($1::int, $2::int) n",
  `insert into points_entry (entry_no, customer_no, kind, amount, occurred_at, recorded_at, command_key, derivation)
    select 3 * n::bigint + k, n, case when k < 2 then 'earn' else 'spend' end, case when k < 2 then 100 else -30 end, at, at, 'order ' || 3 * n::bigint + k || ' 1',
      case when k < 2 then '{"reason": "order", "order": "O-1017", "versionNo": 1, "base": "100", "points": 100}' else '{"by": "shop", "document": "O-1018"}' end::jsonb
    from generate_series($1::int, $2::int) n, generate_series(0, 2) k, lateral (select timestamptz '2026-01-01' + (n % 90 + 60 * k) * interval '1 day' as at) w`,
  `insert into points_lot (lot_no, customer_no, amount, remaining, earned_at, available_at, expires_at)
    select 3 * n::bigint + k, n, 100, case when k = 0 then 70 else 100 end, at, at, at + interval '18 months'
    from generate_series($1::int, $2::int) n, generate_series(0, 1) k, lateral (select timestamptz '2026-01-01' + (n % 90 + 60 * k) * interval '1 day' as at) w`,
  `insert into points_allocation (entry_no, lot_no, amount)
    select 3 * n::bigint + k, 3 * n::bigint + case when k < 2 then k else 0 end, case when k < 2 then 100 else 30 end from generate_series($1::int, $2::int) n, generate_series(0, 2) k`,
];

/** Gives very many people points, in the tables as they are: what is measured is reading. Indexes are built once the rows are there. */
export async function fillLedger(pool: pg.Pool, members: number): Promise<void> {
  const { rows: [{ isThere }] } = await pool.query<{ isThere: boolean }>('select exists (select from points_account where customer_no = $1) as "isThere"', [members]);
  if (isThere) return;
  const { rows: indexes } = await pool.query<{ name: string; made: string }>(
    `select indexname as name, indexdef as made from pg_indexes i where schemaname = 'public' and tablename = any($1) and not exists (select from pg_constraint where conname = indexname)`, [tables]);
  await inTransaction(pool, async (client) => {
    // The rows are right by construction; checking each reference takes longer than the row.
    await client.query("set local session_replication_role = 'replica'");
    for (const { name } of indexes) await client.query(`drop index ${name}`);
    for (const sql of fillers) {
      for (let from = 1; from <= members; from += atOnce) await client.query(sql, [from, Math.min(members, from + atOnce - 1)]);
      console.error(sql.slice(0, 40));
    }
    for (const { name, made } of indexes) {
      await client.query(made);
      console.error(name);
    }
  });
  await pool.query(`vacuum analyze ${tables.join(', ')}`);
}
