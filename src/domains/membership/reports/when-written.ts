import type pg from 'pg';

/** Time alone changes what members have: so often it is done all the same. */
const longestMs = 3_600_000;
/** It takes one part in twenty of the time at most, however many members there are. */
const restFactor = 20;

/** A look: does something where members or their points were written since the last time, or an hour passed, and it has rested long enough. */
export function whenWritten(pool: pg.Pool, work: () => Promise<unknown>): () => Promise<void> {
  let [written, doneAtMs, restUntilMs] = ['', -Infinity, 0];
  return async () => {
    const now = performance.now();
    if (now < restUntilMs) return;
    const current = await writtenSoFar(pool);
    if (current === written && now - doneAtMs < longestMs) return;
    await work();
    [written, doneAtMs] = [current, performance.now()];
    restUntilMs = doneAtMs + restFactor * (doneAtMs - now);
  };
}

/** Rises whenever a row of members or their points is written; 0 where there is none. */
async function writtenSoFar(pool: pg.Pool): Promise<string> {
  const { rows: [{ written }] } = await pool.query<{ written: string }>(
    `select case when exists (select from member) or exists (select from points_account)
        then 1 + coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) else 0 end::text as written from pg_stat_user_tables where relname in ('member', 'points_lot')`);
  return written;
}
