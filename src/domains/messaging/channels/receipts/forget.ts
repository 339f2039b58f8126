import type pg from 'pg';

/** Providers repeat what they told for some days; after this time nothing comes again. */
const keptDays = 90;

export async function forgetOldReceipts(pool: pg.Pool, now: Date): Promise<void> {
  await pool.query('delete from channel_receipt where at < $1::timestamptz - make_interval(days => $2)', [now, keptDays]);
}
