import type pg from 'pg';
import { type HeldDataSource, standingIn } from '../../customers/public.ts';

/** The columns of these tables by the names of their rows, in the order of their keys. */
const held = { tier_grant: 'grant_no', tier_decision: 'decision_no' } as const;

/** Tiers given by hand to a person, and what was decided about drops of theirs: for exports and erasures. */
export const heldTiers = (pool: pg.Pool): HeldDataSource[] => Object.entries(held).map(([table, key]): HeldDataSource => ({
  name: table,
  acted: standingIn(pool, table),
  async count({ customerNos }) {
    return (await pool.query<{ held: number }>(`select count(*) as held from ${table} where customer_no = any($1::int[])`, [customerNos])).rows[0].held;
  },
  async *export({ customerNos }) {
    const { rows } = await pool.query<{ row: object }>(`select to_jsonb(t) as row from ${table} t where customer_no = any($1::int[]) order by ${key}`, [customerNos]);
    for (const { row } of rows) yield row;
  },
  async erase({ customerNos }) {
    return (await pool.query(`delete from ${table} where customer_no = any($1::int[])`, [customerNos])).rowCount ?? 0;
  },
}));
