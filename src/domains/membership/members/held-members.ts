import type pg from 'pg';
import type { HeldDataSource } from '../../customers/public.ts';

/** The columns of these tables by the names of their rows, in the order of their keys. */
const held = { member: 'customer_no', tier_change: 'change_no' } as const;

/** That somebody is a member, and every change of their tier: for exports and erasures. */
export const heldMembers = (pool: pg.Pool): HeldDataSource[] => Object.entries(held).map(([table, key]): HeldDataSource => ({
  name: table,
  async count({ customerNos }) {
    return (await pool.query<{ held: number }>(`select count(*) as held from ${table} where customer_no = any($1::int[])`, [customerNos])).rows[0].held;
  },
  async *export({ customerNos }) {
    for (let after = 0; ;) {
      const { rows } = await pool.query<{ at: number; held: object }>(
        `select ${key} as at, to_jsonb(t) - 'transaction_id' as held from ${table} t where customer_no = any($1::int[]) and ${key} > $2 order by ${key} limit 1000`, [customerNos, after]);
      for (const { held: row } of rows) yield row;
      if (rows.length < 1000) return;
      after = rows[rows.length - 1].at;
    }
  },
  async erase({ customerNos }) {
    return (await pool.query(`delete from ${table} where customer_no = any($1::int[])`, [customerNos])).rowCount ?? 0;
  },
}));
