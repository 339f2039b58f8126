import type pg from 'pg';
import type { CampaignPolicy } from '../contract/plans.ts';

/** A mistake that ten thousand people read is one that two should have looked for. Mail providers close senders that bounce in 5 %, or are complained of in 0.3 %. */
const usual: CampaignPolicy = { approvalAbove: 10_000, marginPercent: null, pauseAtBounced: 5, pauseAtComplained: 0.3 };

export async function readPolicy(connection: pg.Pool | pg.PoolClient): Promise<CampaignPolicy> {
  const { rows } = await connection.query<{ value: Partial<CampaignPolicy> }>("select value from setting where name = 'campaigns'");
  return { ...usual, ...rows[0]?.value };
}

export async function writePolicy(client: pg.PoolClient, policy: CampaignPolicy): Promise<void> {
  await client.query("insert into setting (name, value) values ('campaigns', $1) on conflict (name) do update set value = $1, updated_at = now()", [JSON.stringify(policy)]);
}
