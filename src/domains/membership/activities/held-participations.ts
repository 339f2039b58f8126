import type pg from 'pg';
import { type HeldDataSource, standingIn } from '../../customers/public.ts';

/** What somebody took part in: for exports and erasures. What was given of prizes stays given. */
export const heldParticipations = (pool: pg.Pool): HeldDataSource => ({
  name: 'activity_participation',
  acted: standingIn(pool, 'activity_participation'),
  async count({ customerNos }) {
    const { rows } = await pool.query<{ held: number }>('select count(*) as held from activity_participation where customer_no = any($1::int[])', [customerNos]);
    return rows[0].held;
  },
  async *export({ customerNos }) {
    for (let after = 0; ;) {
      const { rows } = await pool.query<{ participationNo: number }>(
        `select participation_no as "participationNo", activity_no as "activityNo", customer_no as "customerNo", day::text as day, cost, points, growth, prize_key as "prizeKey", streak, occurred_at as "occurredAt", derivation
          from activity_participation where customer_no = any($1::int[]) and participation_no > $2 order by participation_no limit 1000`, [customerNos, after]);
      yield* rows;
      if (rows.length < 1000) return;
      after = rows[rows.length - 1].participationNo;
    }
  },
  async erase({ customerNos }) {
    const { rowCount } = await pool.query('delete from activity_participation where customer_no = any($1::int[])', [customerNos]);
    return rowCount ?? 0;
  },
});
