import { inTransaction } from '../../../platform/postgres/pool.ts';
import { demandCampaign, noteStep } from '../plans/store.ts';
import { resultOf, type ResultDoors } from './read-result.ts';

/** A test of contents is looked at so often: it may be, by the rule that decides. */
const lookHours = 6;

/** Decides tests of campaigns that still run, each by its own stop rule; returns how many it decided. What is decided stays so. */
export async function decideTests(doors: ResultDoors): Promise<number> {
  const { pg: pool, clock } = doors.platform;
  const { rows } = await pool.query<{ campaignNo: number }>(
    `select campaign_no as "campaignNo" from campaign left join campaign_result using (campaign_no)
      where state = 'running' and winner is null and definition -> 'stopRule' <> 'null' and began_at is not null and coalesce(computed_at, began_at) < $1::timestamptz - make_interval(hours => $2)`, [clock.now(), lookHours]);
  let decided = 0;
  for (const { campaignNo } of rows) {
    const winner = (await resultOf(doors, await demandCampaign(pool, campaignNo)))?.winner ?? null;
    if (winner === null) continue;
    await inTransaction(pool, async (client) => {
      const { rowCount } = await client.query('update campaign set winner = $2, version = version + 1 where campaign_no = $1 and winner is null', [campaignNo, winner]);
      if (rowCount) await noteStep(client, campaignNo, 'system', 'decide', clock.now(), winner);
      decided += rowCount ?? 0;
    });
  }
  return decided;
}
