import type pg from 'pg';

const minutesKeptDays = 30;
const waitingKeptDays = 90;

/**
 * Ends what nobody will ask for any more: figures of minutes after a month; events that were set aside after three
 * months, whether somebody dealt with them or not, because they may hold personal data.
 */
export async function prune(pool: pg.Pool): Promise<void> {
  await pool.query('delete from intake_minute where minute < now() - make_interval(days => $1)', [minutesKeptDays]);
  await pool.query('delete from set_aside_event where set_aside_at < now() - make_interval(days => $1)', [waitingKeptDays]);
}
