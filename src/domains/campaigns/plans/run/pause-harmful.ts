import type { CampaignsDoors } from '../../part.ts';
import { readPolicy } from '../policy.ts';
import { demandCampaign } from '../store.ts';
import { pauseBySelf } from '../keep-plans.ts';

/** Of fewer messages a share says nothing: one bad address of twenty is 5 %. */
const fewestSent = 200;

/**
 * Pauses campaigns on their way of which too many messages bounced or were complained of, before more do harm to the sender's name;
 * returns how many. It does so once: whoever lets a campaign go on after that has seen why.
 */
export async function pauseHarmful(doors: CampaignsDoors): Promise<number> {
  const { platform: { pg: pool, log }, messaging: { sending } } = doors;
  const { pauseAtBounced, pauseAtComplained } = await readPolicy(pool);
  if (pauseAtBounced === null && pauseAtComplained === null) return 0;
  const { rows } = await pool.query<{ campaignNo: number; runNos: number[] }>(
    `select campaign_no as "campaignNo", array_agg(run_no) as "runNos" from campaign join campaign_occasion using (campaign_no), unnest(run_nos) as run_no
      where state = 'running' and not exists (select from campaign_step where campaign_step.campaign_no = campaign.campaign_no and step in ('pause_bounced', 'pause_complained'))
      group by campaign_no`);
  const progress = await sending.progress(rows.flatMap(({ runNos }) => runNos));
  let paused = 0;
  for (const { campaignNo, runNos } of rows) {
    const runs = runNos.flatMap((runNo) => progress.get(runNo) ?? []);
    const sum = (of: (run: (typeof runs)[number]) => number | undefined): number => runs.reduce((all, run) => all + (of(run) ?? 0), 0);
    const sent = sum(({ handed }) => handed);
    if (sent < fewestSent) continue;
    const [bounced, complained] = [sum(({ told }) => told.bounced) / sent, sum(({ told }) => told.complained) / sent].map((share) => share * 100);
    const harm = pauseAtComplained !== null && complained > pauseAtComplained ? { step: 'pause_complained', percent: complained, most: pauseAtComplained } as const
      : pauseAtBounced !== null && bounced > pauseAtBounced ? { step: 'pause_bounced', percent: bounced, most: pauseAtBounced } as const : null;
    if (!harm) continue;
    // Somebody else may have turned it meanwhile: it is looked at again then.
    const done = await pauseBySelf(doors, await demandCampaign(pool, campaignNo), harm).then(() => true, (error: unknown) => void log.warn({ err: error, campaign: campaignNo }, 'a campaign could not be paused'));
    if (done) paused++;
  }
  return paused;
}
