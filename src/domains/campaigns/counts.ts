import type pg from 'pg';

/** Campaigns that have begun. */
export interface CampaignCounts {
  begun: number;
  /** Those of them that leave somebody out to compare with. */
  withControl: number;
  /** Those whose effect was worked out against who was left out, and of which is known how far that may be off. */
  measured: number;
  /** Those that come again by themselves, and still do. */
  recurring: number;
}

export async function countCampaigns(pool: pg.Pool): Promise<CampaignCounts> {
  const { rows: [counts] } = await pool.query<CampaignCounts>(
    `select count(*)::int as begun, count(*) filter (where (definition #>> '{holdout,share}')::int > 0)::int as "withControl",
        count(*) filter (where (result #>> '{earned,revenue,low}')::float8 < (result #>> '{earned,revenue,high}')::float8 and (result #>> '{sampleRatio,isMismatch}')::boolean is not true)::int as measured, count(*) filter (where definition #>> '{schedule,when}' = 'recurring' and state = 'running')::int as recurring
      from campaign left join campaign_result using (campaign_no) where began_at is not null`);
  return counts;
}
