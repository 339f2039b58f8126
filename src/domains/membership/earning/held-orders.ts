import type pg from 'pg';
import type { HeldDataSource } from '../../customers/public.ts';

/** What is kept of a person's orders and of what they have grown by, for exports and erasures. */
export const heldEarnings = (pool: pg.Pool): HeldDataSource => ({
  name: 'order_earning',
  async count({ customerNos }) {
    const { rows } = await pool.query<{ held: number }>(
      `select (select count(*) from order_earning where customer_no = any($1::int[])) + (select count(*) from earning_opening where customer_no = any($1::int[]))
        + (select count(*) from growth_entry where customer_no = any($1::int[])) as held`, [customerNos]);
    return rows[0].held;
  },
  async *export({ customerNos }) {
    const { rows } = await pool.query<object>(
      `select customer_no as "customerNo", order_id as "order", placed_at as "placedAt", version_no as "versionNo", points, growth from order_earning
        where customer_no = any($1::int[]) order by placed_at, order_key`, [customerNos]);
    yield* rows;
    for (let after = 0; ;) {
      const { rows: grown } = await pool.query<{ entryNo: number }>(
        `select entry_no as "entryNo", customer_no as "customerNo", kind, amount as growth, occurred_at as "occurredAt", derivation from growth_entry
          where customer_no = any($1::int[]) and entry_no > $2 order by entry_no limit 1000`, [customerNos, after]);
      yield* grown;
      if (grown.length < 1000) return;
      after = grown[grown.length - 1].entryNo;
    }
  },
  async erase(person) {
    const held = await this.count(person);
    await pool.query(
      `with orders as (delete from order_earning where customer_no = any($1::int[])), grown as (delete from growth_entry where customer_no = any($1::int[]))
        delete from earning_opening where customer_no = any($1::int[])`, [person.customerNos]);
    return held;
  },
});
