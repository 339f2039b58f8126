import type pg from 'pg';
import type { HeldDataSource } from '../../customers/public.ts';

/** Tables about people, in the order in which nothing refers to what is deleted; what is no business of theirs is left out. */
const held = { benefit_use: 'use_no', benefit_grant: 'grant_no', coupon_code: 'code_no' } as const;

/** What somebody was given and used: for exports and erasures. Codes that were issued to them stay spent, and belong to nobody. */
export const heldBenefits = (pool: pg.Pool): HeldDataSource[] => Object.entries(held).map(([table, key]): HeldDataSource => ({
  name: table,
  async count({ customerNos }) {
    return (await pool.query<{ held: number }>(`select count(*) as held from ${table} where customer_no = any($1::int[])`, [customerNos])).rows[0].held;
  },
  async *export({ customerNos }) {
    const { rows } = await pool.query<{ held: object }>(`select to_jsonb(t) - 'input_hash' - 'key' - 'undone_key' - 'issue_key' as held from ${table} t where customer_no = any($1::int[]) order by ${key}`, [customerNos]);
    for (const { held: row } of rows) yield row;
  },
  async erase({ customerNos }) {
    const sql = table === 'coupon_code' ? "update coupon_code set customer_no = null, state = case when state = 'issued' then 'void' else state end where customer_no = any($1::int[])" : `delete from ${table} where customer_no = any($1::int[])`;
    return (await pool.query(sql, [customerNos])).rowCount ?? 0;
  },
}));
