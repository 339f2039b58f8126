import type pg from 'pg';
import type { Day } from '../../../../kernel/day.ts';

/** The first day from which on nothing was forgotten; null where nothing was. */
export async function readKeptFrom(pool: pg.Pool): Promise<Day | null> {
  const { rows } = await pool.query<{ day: Day | null }>("select (max(month) + interval '1 month')::date::text as day from send_month_forgotten");
  return rows[0].day;
}
