import type pg from 'pg';
import { addMonths, type Day, dayIn, startOfDay } from '../../../../kernel/day.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { readBrand } from '../../../../platform/settings.ts';
import type { Gate } from '../../part.ts';
import { summariseMonth } from '../summary/summaries.ts';

/**
 * Taking a month off waits for everybody who decides or sends, and makes others wait behind it: it is tried another time instead. Less than
 * the second after which PostgreSQL looks for who waits in a circle, so that it is never a message that is broken off.
 */
const waitMs = 500;
const lockNotAvailable = '55P03';

/**
 * Forgets months of decisions and messages that are older than the rules keep, each as a whole: when every day of it is older, all of its
 * runs are over since before then, and each of them has been counted, so that how a campaign went stays known. Answers with those months.
 */
export async function forgetMonths(platform: Platform, gate: Pick<Gate, 'keptMonths'>): Promise<Day[]> {
  const { pg: pool, clock } = platform;
  const { timeZone } = await readBrand(pool);
  const before = startOfDay(addMonths(dayIn(timeZone, clock.now()), -(await gate.keptMonths())), timeZone);
  const { rows: months } = await pool.query<{ month: Day }>('select month::text from send_months_over($1) as month order by month', [before]);
  const forgotten: Day[] = [];
  for (const { month } of months) {
    await summariseMonth(platform, month);
    if (await forgetMonth(pool, month, before, clock.now())) forgotten.push(month);
  }
  return forgotten;
}

async function forgetMonth(pool: pg.Pool, month: Day, before: Date, now: Date): Promise<boolean> {
  try {
    return await inTransaction(pool, async (client) => {
      await client.query(`set local lock_timeout = ${waitMs}`);
      return (await client.query<{ done: boolean }>('select forget_send_month($1, $2, $3) as done', [month, before, now])).rows[0].done;
    });
  } catch (error) {
    if ((error as { code?: string }).code === lockNotAvailable) return false;
    throw error;
  }
}
