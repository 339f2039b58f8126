import type pg from 'pg';
import type { CampaignResult } from '../contract/results.ts';

interface Kept {
  result: CampaignResult;
  dataVersion: number;
  computedAt: Date;
  isFinal: boolean;
}

export async function readKept(pool: pg.Pool, campaignNo: number): Promise<Kept | null> {
  const { rows } = await pool.query<Kept>('select result, data_version::float8 as "dataVersion", computed_at as "computedAt", is_final as "isFinal" from campaign_result where campaign_no = $1', [campaignNo]);
  return rows[0] ?? null;
}

export async function keepResult(pool: pg.Pool, campaignNo: number, { result, dataVersion, computedAt, isFinal }: Kept): Promise<void> {
  await pool.query(
    `insert into campaign_result (campaign_no, data_version, computed_at, is_final, result) values ($1, $2, $3, $4, $5)
      on conflict (campaign_no) do update set data_version = $2, computed_at = $3, is_final = $4, result = $5`, [campaignNo, dataVersion, computedAt, isFinal, JSON.stringify(result)]);
}
