import type pg from 'pg';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { type HeldDataSource, standingIn } from '../../customers/public.ts';
import { lapseForgotten } from './program-cost.ts';

/** In the order in which nothing refers to what is deleted. */
const tables = [
  ...lapseForgotten,
  'delete from points_allocation where entry_no in (select entry_no from points_entry where customer_no = any($1::int[]))',
  'delete from points_debt where customer_no = any($1::int[])',
  'delete from points_hold where customer_no = any($1::int[])',
  'delete from points_lot where customer_no = any($1::int[])',
  'delete from points_entry where customer_no = any($1::int[])',
  'delete from points_command where customer_no = any($1::int[])',
  'delete from points_account where customer_no = any($1::int[])',
];

/** A person's points: for exports and erasures. */
export const heldPoints = (pool: pg.Pool): HeldDataSource => ({
  name: 'points_entry',
  // Commands of staff and shops carry their senders.
  acted: standingIn(pool, 'points_entry', "command_key ~ '^(staff|token|system) '"),
  async count({ customerNos }) {
    const { rows } = await pool.query<{ held: number }>('select count(*) as held from points_entry where customer_no = any($1::int[])', [customerNos]);
    return rows[0].held;
  },
  async *export({ customerNos }) {
    for (let after = 0; ;) {
      const { rows } = await pool.query<{ entryNo: number }>(
        `select entry_no as "entryNo", customer_no as "customerNo", kind, amount, shortfall, occurred_at as "occurredAt", recorded_at as "recordedAt", derivation
          from points_entry where customer_no = any($1::int[]) and entry_no > $2 order by entry_no limit 1000`, [customerNos, after]);
      yield* rows;
      if (rows.length < 1000) return;
      after = rows[rows.length - 1].entryNo;
    }
  },
  async erase(person) {
    const held = await this.count(person);
    await inTransaction(pool, async (client) => {
      for (const sql of tables) await client.query(sql, [person.customerNos]);
    });
    return held;
  },
});
