import type pg from 'pg';
import { type HeldDataSource, standingIn } from '../../customers/public.ts';

/** Carts that were quoted for a person and what came back of them: for exports and erasures. */
export const heldQuotes = (pool: pg.Pool): HeldDataSource => ({
  name: 'quote',
  acted: standingIn(pool, 'quote'),
  async count({ customerNos }) {
    const { rows } = await pool.query<{ held: number }>('select count(*) as held from quote where customer_no = any($1::int[])', [customerNos]);
    return rows[0].held;
  },
  async *export({ customerNos }) {
    for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
      const { rows } = await pool.query<{ quoteId: string }>(
        `select quote_id as "quoteId", customer_no as "customerNo", order_key as "orderKey", state, placed_at as "placedAt", answer,
            (select coalesce(jsonb_agg(jsonb_build_object('key', return_key, 'quantities', quantities, 'money', money::text, 'points', points, 'at', recorded_at) order by return_no), '[]')
              from quote_return r where r.quote_id = quote.quote_id) as returns
          from quote where customer_no = any($1::int[]) and quote_id > $2 order by quote_id limit 500`, [customerNos, after]);
      yield* rows;
      if (rows.length < 500) return;
      after = rows[rows.length - 1].quoteId;
    }
  },
  async erase({ customerNos }) {
    const { rowCount } = await pool.query('delete from quote where customer_no = any($1::int[])', [customerNos]);
    return rowCount ?? 0;
  },
});
