import type pg from 'pg';
import { addDays, type Day, dayIn, startOfDay } from '../../../../kernel/day.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { readBrand } from '../../../../platform/settings.ts';

/** As far back as pages look. */
const daysShown = 31;

/**
 * Counts whom today's decisions held back, days that were never counted, and one earlier day again: what waited then was decided about
 * since. So every day of the last month is looked at again within as many turns.
 */
export async function countDays({ pg: pool, clock }: Platform): Promise<void> {
  const { timeZone } = await readBrand(pool);
  const today = dayIn(timeZone, clock.now());
  const { rows } = await pool.query<{ day: Day }>(
    `select day::text from (select generate_series($1::date - $2::int, $1::date - 1, interval '1 day')::date as day) as shown left join gate_counted_day using (day)
      order by counted_at nulls first, day desc limit greatest(1, (select $2::int - count(*) from gate_counted_day where day >= $1::date - $2::int and day < $1::date))`, [today, daysShown]);
  for (const day of [today, ...rows.map((row) => row.day)]) await countDay(pool, day, timeZone, clock.now());
}

const countDay = (pool: pg.Pool, day: Day, timeZone: string, now: Date): Promise<void> => inTransaction(pool, async (client) => {
  await client.query('delete from gate_held_day where day = $1', [day]);
  await client.query(
    `insert into gate_held_day (day, run_no, verdict, reason, people)
      select $1, run_no, verdict, reason, count(*) from send_decision where decided_at >= $2 and decided_at < $3 and verdict <> 0 group by run_no, verdict, reason`,
    [day, startOfDay(day, timeZone), startOfDay(addDays(day, 1), timeZone)]);
  await client.query('insert into gate_counted_day values ($1, $2) on conflict (day) do update set counted_at = $2', [day, now]);
});
