import type pg from 'pg';
import type { Day } from '../../../../kernel/day.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';

/** As long as the longest cap that rules may have remembers, and a day. */
const keptDays = 91;
const peopleAtOnce = 50_000;
/** Dropping a month waits for everybody who decides, and makes others wait behind it: it is tried another time instead. */
const waitMs = 1_000;
const lockNotAvailable = '55P03';

/**
 * Forgets places under caps that count for nothing any more. A month goes as a whole when all of it is over; where one of its runs goes on,
 * or was late, the places of those that are over go, some people at a time.
 */
export async function forgetOldClaims({ pg: pool, clock }: Platform, atOnce = peopleAtOnce): Promise<void> {
  const before = new Date(clock.now().getTime() - keptDays * 86_400_000);
  const { rows: months } = await pool.query<{ month: Day }>(
    `select month::text from (select to_date(right(inhrelid::regclass::text, 6), 'YYYYMM') as month from pg_inherits where inhparent = 'send_claim'::regclass) as m
      where month + interval '1 month' <= $1::timestamptz order by month`, [before]);
  for (const { month } of months) if (!(await dropMonth(pool, month, before))) await dropPlaces(pool, month, before, atOnce);
}

async function dropMonth(pool: pg.Pool, month: Day, before: Date): Promise<boolean> {
  try {
    return await inTransaction(pool, async (client) => {
      await client.query(`set local lock_timeout = ${waitMs}`);
      return (await client.query<{ done: boolean }>('select drop_claims_of($1, $2) as done', [month, before])).rows[0].done;
    });
  } catch (error) {
    // Looked at again another time, as what is dropped is.
    if ((error as { code?: string }).code === lockNotAvailable) return true;
    throw error;
  }
}

async function dropPlaces(pool: pg.Pool, month: Day, before: Date, atOnce: number): Promise<void> {
  const { rows: [{ last }] } = await pool.query<{ last: number }>('select coalesce(max(customer_no), 0) as last from customer');
  for (let from = 0; from <= last; from += atOnce) {
    await pool.query(
      `delete from send_claim c using send_run r where r.run_no = c.run_no and r.finished_at is not null and c.customer_no >= $3 and c.customer_no < $4
        and c.occasion_on >= $1 and c.occasion_on < $1::date + interval '1 month' and c.at < $2`, [month, before, from, from + atOnce]);
  }
}
