import type pg from 'pg';
import { dayIn, startOfDay } from '../../../kernel/day.ts';
import { readBrand } from '../../../platform/settings.ts';
import type { AddToDemo } from '../../collect/public.ts';
import type { CampaignsDoors } from '../part.ts';
import { armsOf, controlKey } from '../plans/rules/shares.ts';
import { keepSegments } from '../results/segments/kept.ts';
import { segmentsOf } from '../results/segments/segments-of.ts';
import { type DemoCampaign, demoCampaigns } from './demo-campaigns.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const by = '常青';

/** Campaigns that ran on the brand's own orders, with control groups drawn as any campaign's are: what they came to is what the orders say. */
export const addDemoCampaigns = (doors: Pick<CampaignsDoors, 'platform' | 'audiences' | 'messaging'>): AddToDemo => async (client, { endMs }) => {
  const { timeZone } = await readBrand(client);
  // In the morning of that day, whenever the brand is made: at night nothing would have gone.
  for (const [i, each] of demoCampaigns.entries()) await add(client, doors, each, new Date(startOfDay(dayIn(timeZone, new Date(endMs - each.daysAgo * dayMs)), timeZone).getTime() + (10 + i) * hourMs));
};

async function add(client: pg.PoolClient, { platform, audiences, messaging: { experiments, sending } }: Pick<CampaignsDoors, 'platform' | 'audiences' | 'messaging'>, { definition }: DemoCampaign, began: Date): Promise<void> {
  const { timeZone } = await readBrand(client);
  // Whom the rule meant on the evening before: what people did later must not choose who is in it.
  const people = await audiences.peopleOf(definition.audience, dayIn(timeZone, new Date(began.getTime() - dayMs)));
  if (people.size === 0) return;
  const { rows: [{ campaignNo }] } = await client.query<{ campaignNo: number }>(
    `insert into campaign (sender_key, definition, state, needs_approval, edited_actor, edited_by, edited_at, submitted_by, began_at, last_at, finished_at)
      values ('demo ' || $1::text, $2, 'done', false, 'system 0', $3, $4, $3, $4, $4, $4) returning campaign_no as "campaignNo"`, [definition.name, definition, by, began]);
  const arms = armsOf(definition);
  // The same brand comes to the same results whenever it is made.
  const experimentNo = await experiments.ensure(client, `campaign ${campaignNo}`, arms, definition.name);
  const assigned = await experiments.assign(client, experimentNo, people);
  await keepSegments(client, campaignNo, await segmentsOf(platform, people, began));
  await client.query('update campaign set experiment_no = $2 where campaign_no = $1', [campaignNo, experimentNo]);
  const runNo = await sending.replay(client, {
    programKind: 'campaign', programNo: campaignNo, step: '', occasion: 'once', channel: definition.channel, purpose: 'marketing', category: definition.category, expectedValue: definition.expectedValue, experimentNo,
    arms: arms.map(({ key, isControl }, i) => { const of = definition.arms.find((each) => each.key === key); return { key, isControl, templateNo: of?.templateNo ?? null, templateVersion: of?.templateVersion ?? null, people: assigned[i] }; }),
    sendFrom: began, sendUntil: definition.usefulHours === null ? null : new Date(began.getTime() + definition.usefulHours * hourMs), perMinute: null, by,
  }, began);
  await client.query(
    'insert into campaign_occasion (campaign_no, occasion, began_at, run_nos, people_count, held_out_count) values ($1, $2, $3, $4, $5, $6)',
    [campaignNo, 'once', began, [runNo], people.size, arms[0].key === controlKey ? assigned[0].size : 0]);
  for (const step of ['create', 'begin', 'done']) await client.query('insert into campaign_step (campaign_no, at, by, step) values ($1, $2, $3, $4)', [campaignNo, began, by, step]);
}
