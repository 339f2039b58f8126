import type pg from 'pg';
import { type HeldDataSource, standingIn } from '../../customers/public.ts';
import { heldBitmaps } from '../held-bitmaps.ts';

/** Decisions about a person and messages to them, and whom runs mean: for exports and erasures. */
export const heldMessages = (pool: pg.Pool): HeldDataSource[] => [
  heldRows(pool, 'send_decision'), heldRows(pool, 'send_delivery'), heldBitmaps(pool, 'send_run_people', ['run_no', 'arm']),
];

const rowsAtOnce = 1_000;

const heldRows = (pool: pg.Pool, table: 'send_decision' | 'send_delivery'): HeldDataSource => ({
  name: table,
  // Who was only decided about had nothing of it.
  ...(table === 'send_delivery' ? { acted: standingIn(pool, table) } : {}),
  async count({ customerNos }) {
    return (await pool.query<{ held: number }>(`select count(*) as held from ${table} where customer_no = any($1::int[])`, [customerNos])).rows[0].held;
  },
  async *export({ customerNos }) {
    for (let offset = 0; ; offset += rowsAtOnce) {
      const { rows } = await pool.query<{ row: object }>(
        `select to_jsonb(t) as row from ${table} t where customer_no = any($1::int[]) order by run_no, customer_no, occasion offset $2 limit $3`, [customerNos, offset, rowsAtOnce]);
      for (const { row } of rows) yield row;
      if (rows.length < rowsAtOnce) return;
    }
  },
  async erase({ customerNos }) {
    return (await pool.query(`delete from ${table} where customer_no = any($1::int[])`, [customerNos])).rowCount ?? 0;
  },
});
