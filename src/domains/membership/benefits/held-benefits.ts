import type pg from 'pg';
import type { HeldDataSource } from '../../customers/public.ts';

/** Tables about people, in the order in which nothing refers to what is deleted; what is no business of theirs is left out. */
const held = { benefit_use: 'use_no', benefit_grant: 'grant_no', coupon_code: 'code_no' } as const;

/** Takes out what is about somebody; what it cost and was used is spent all the same, and stays with the benefit. */
const erasing = {
  benefit_use: withCost('benefit_use', 'undone_at is null and grant_no is null'),
  benefit_grant: withCost('benefit_grant', "state = 'given' and taken_back_at is null and (used_at is not null or is_spent)"),
  coupon_code: `with gone as (update coupon_code set customer_no = null, state = case when state = 'issued' then 'void' else state end where customer_no = any($1::int[]) returning 1) select count(*) as held from gone`,
};

function withCost(table: string, isRedeemed: string): string {
  return `with gone as (delete from ${table} where customer_no = any($1::int[]) returning benefit_id, case when ${isRedeemed} then cost else 0 end as cost
    ), kept as (update benefit b set forgotten_cost = forgotten_cost + g.cost from (select benefit_id, sum(cost) as cost from gone group by 1 having sum(cost) > 0) g where b.benefit_id = g.benefit_id
    ) select count(*) as held from gone`;
}

/** What somebody was given and used: for exports and erasures. Codes that were issued to them stay spent, and belong to nobody. */
export const heldBenefits = (pool: pg.Pool): HeldDataSource[] => (Object.entries(held) as [keyof typeof held, string][]).map(([table, key]): HeldDataSource => ({
  name: table,
  async count({ customerNos }) {
    return (await pool.query<{ held: number }>(`select count(*) as held from ${table} where customer_no = any($1::int[])`, [customerNos])).rows[0].held;
  },
  async *export({ customerNos }) {
    const { rows } = await pool.query<{ held: object }>(`select to_jsonb(t) - 'input_hash' - 'key' - 'undone_key' - 'issue_key' as held from ${table} t where customer_no = any($1::int[]) order by ${key}`, [customerNos]);
    for (const { held: row } of rows) yield row;
  },
  async erase({ customerNos }) {
    return (await pool.query<{ held: number }>(erasing[table], [customerNos])).rows[0].held;
  },
}));
