import type pg from 'pg';

/** How data comes in. */
export interface CollectCounts {
  /** Files whose rows are in. */
  imports: number;
  /** Keys by which something came in within the last seven days. */
  liveSources: number;
}

export async function countSources(pool: pg.Pool, now: Date): Promise<CollectCounts> {
  const { rows: [counts] } = await pool.query<CollectCounts>(
    `select (select count(*)::int from import_run where state = 'done') as imports,
      (select count(*)::int from write_key where revoked_at is null and last_used_at > $1::timestamptz - interval '7 days') as "liveSources"`, [now]);
  return counts;
}
