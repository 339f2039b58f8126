import type pg from 'pg';

/** What is kept of people. */
export interface AudienceCounts {
  /** Audiences that follow their rule by themselves. */
  live: number;
  tags: number;
}

export async function countAudiences(pool: pg.Pool): Promise<AudienceCounts> {
  const { rows: [counts] } = await pool.query<AudienceCounts>(
    `select (select count(*)::int from audience where kind = 'live' and archived_at is null) as live, (select count(*)::int from tag_card where kind <> 'tiers') as tags`);
  return counts;
}
