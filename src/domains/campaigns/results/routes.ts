import { conflict } from '../../../kernel/problem.ts';
import { route, type Route } from '../../../platform/http/route.ts';
import { readBrand } from '../../../platform/settings.ts';
import { readUniversalEffect } from '../contract/effect.ts';
import { deleteLesson, listLessons, readCampaignCourse, readCampaignEvolution, readCampaignResult, saveLesson } from '../contract/results.ts';
import type { CampaignsDoors } from '../part.ts';
import { demandCampaign } from '../plans/store.ts';
import { courseOf } from './course.ts';
import { effectSentence, effectWarnings } from './effect/effect-sentence.ts';
import { heldOutNow, universalEffect } from './effect/universal-effect.ts';
import { evolutionOf } from './evolution.ts';
import { dropLesson, findLessons, keepLesson } from './lessons.ts';
import { resultOf } from './read-result.ts';
import { resultSentence, warningsOf } from './sentence.ts';

/** Endpoints of what campaigns came to, and of what was learnt from them. */
export function resultRoutes(doors: CampaignsDoors): Route[] {
  const { platform: { pg: pool, clock }, say } = doors;
  return [
    route(readCampaignResult, async ({ params: { campaignNo }, actor: { locale } }) => {
      const result = await resultOf(doors, await demandCampaign(pool, campaignNo));
      if (result === null) return { sentence: say(locale, 'campaigns', 'results.sentence.notBegun'), warnings: [], result };
      return { sentence: resultSentence(say, locale, (await readBrand(pool)).timeZone, result), warnings: warningsOf(say, locale, result), result };
    }),
    route(readCampaignEvolution, async ({ params: { campaignNo } }) => evolutionOf(doors, await demandCampaign(pool, campaignNo))),
    route(readCampaignCourse, async ({ params: { campaignNo } }) => courseOf(doors, await demandCampaign(pool, campaignNo))),
    route(readUniversalEffect, async ({ actor: { locale } }) => {
      const effect = await universalEffect(doors);
      const { timeZone } = await readBrand(pool);
      const heldOut = effect ? effect.whole.control.people : await heldOutNow(doors);
      return { sentence: effectSentence(say, locale, timeZone, effect, heldOut), isCounting: effect === null && heldOut !== null, warnings: effect ? effectWarnings(say, locale, timeZone, effect) : [], effect };
    }),
    route(listLessons, async ({ query }) => ({ ...(await findLessons(pool, query)), computedAt: clock.now().toISOString() })),
    route(saveLesson, async ({ params: { campaignNo }, body, actor }) => {
      const result = await resultOf(doors, await demandCampaign(pool, campaignNo));
      if (result === null) throw conflict('campaigns.nothing_learnt', { campaignNo });
      const finding = resultSentence(say, actor.locale, (await readBrand(pool)).timeZone, result);
      return keepLesson(pool, { ...body, campaignNo, finding }, actor, clock.now());
    }),
    route(deleteLesson, async ({ params: { lessonNo }, actor }) => {
      await dropLesson(pool, lessonNo, actor);
      return {};
    }),
  ];
}
