import { route, type Route } from '../../../platform/http/route.ts';
import { readBrand } from '../../../platform/settings.ts';
import {
  approveCampaign, changeCampaign, changeCampaignPolicy, createCampaign, deleteCampaign, estimateCampaign, listCampaigns, listCampaignSteps, previewCampaign, readCampaign, readCampaignCalendar, readCampaignPolicy, readCampaignProgress, turnCampaign,
} from '../contract/plans.ts';
import type { CampaignsDoors } from '../part.ts';
import { calendarOf } from './calendar.ts';
import { estimateOf } from './estimate.ts';
import { changeDefinition, changePolicy, checkDefinition, decideCampaign, draftCampaign, dropCampaign, turnCampaignTo } from './keep-plans.ts';
import { readPolicy } from './policy.ts';
import { nextOccasions } from './rules/occasions.ts';
import { progressOf } from './run/runs.ts';
import { sentenceOf } from './sentence.ts';
import { demandCampaign, listPlanned, readSteps, shownCampaign } from './store.ts';

const shownOccasions = 6;

/** Endpoints of campaigns: planning them, and letting them go. */
export function planRoutes(doors: CampaignsDoors): Route[] {
  const { platform, audiences, say } = doors;
  const { pg: pool, clock } = platform;
  const now = (): string => clock.now().toISOString();
  return [
    route(listCampaigns, async ({ query, actor }) => {
      const { rows, total } = await listPlanned(pool, query);
      return { rows: rows.map((row) => shownCampaign(row, actor)), total, computedAt: now() };
    }),
    route(readCampaign, async ({ params: { campaignNo }, actor }) => ({ ...shownCampaign(await demandCampaign(pool, campaignNo), actor), budgetLines: await doors.budget.lines(campaignNo, actor) })),
    route(createCampaign, async ({ body: { key, definition }, actor }) => shownCampaign(await draftCampaign(doors, key, definition, actor), actor)),
    route(changeCampaign, async ({ params: { campaignNo }, body, actor }) => shownCampaign(await changeDefinition(doors, campaignNo, body, actor), actor)),
    route(deleteCampaign, async ({ params: { campaignNo }, actor }) => {
      await dropCampaign(doors, campaignNo, actor);
      return {};
    }),
    route(turnCampaign, async ({ params: { campaignNo }, body, actor }) => shownCampaign(await turnCampaignTo(doors, campaignNo, body, actor), actor)),
    route(approveCampaign, async ({ params: { campaignNo }, body, actor }) => shownCampaign(await decideCampaign(doors, campaignNo, body, actor), actor)),
    route(previewCampaign, async ({ body: { definition }, actor: { locale } }) => {
      const { timeZone } = await readBrand(pool);
      const [sentence, checks] = await Promise.all([sentenceOf({ say, locale, timeZone }, audiences, definition), checkDefinition(doors, definition)]);
      return {
        sentence, checks: checks.map(({ level, path, key, params }) => ({ level, path, text: say(locale, 'campaigns', `plans.check.${key}`, params) })),
        occasions: nextOccasions(definition, timeZone, null, clock.now(), shownOccasions).map((at) => at.toISOString()), computedAt: now(),
      };
    }),
    route(estimateCampaign, ({ body: { definition, campaignNo } }) => estimateOf(doors, definition, campaignNo ?? null)),
    route(listCampaignSteps, async ({ params: { campaignNo } }) => {
      await demandCampaign(pool, campaignNo);
      return { steps: await readSteps(pool, campaignNo) };
    }),
    route(readCampaignProgress, async ({ params: { campaignNo } }) => {
      await demandCampaign(pool, campaignNo);
      return { occasions: await progressOf(doors, campaignNo), computedAt: now() };
    }),
    route(readCampaignCalendar, ({ query: { from, to } }) => calendarOf(platform, from, to)),
    route(readCampaignPolicy, () => readPolicy(pool)),
    route(changeCampaignPolicy, ({ body, actor }) => changePolicy(doors, body, actor)),
  ];
}
