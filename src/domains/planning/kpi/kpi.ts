import { route } from '../../../platform/http/route.ts';
import {
  agreeDueDays, answerAppeal, appealCard, changeCard, decideCardChange, freezeCard, type ItemBody, listCards, listWorkKinds, markCard, openCards, proveCard, readCard, reviewPeriod, shiftCard, workKinds,
} from '../contract.ts';
import type { PlanningDoors, PlanningPart } from '../part.ts';
import { requirePlan } from '../plans/keep-plans.ts';
import { changeParts, decideChange, demandParts, openCardsOf } from './cards/keep-cards.ts';
import { agreeTo } from './cards/agree-due-days.ts';
import { cardOf, cardsOf } from './cards/read-cards.ts';
import { reviewOf } from './cards/review-period.ts';
import { answer, appeal, freeze, mark, prove, shift } from './cards/score-cards.ts';
import { workActions } from './evidence/work.ts';

/** Scorecards of people: from what was achieved, done, in time and said, each score with what it stands on. */
export function createKpi(doors: PlanningDoors): PlanningPart {
  const { platform: { pg: pool, clock }, items } = doors;
  items.registerCheck('scorecard', async ({ body }) => {
    demandParts((body as ItemBody<'scorecard'>).parts);
    return [];
  });
  return {
    routes: [
      route(listCards, async ({ params: { planNo }, query, actor }) => {
        await requirePlan(pool, planNo);
        return { ...(await cardsOf(doors, planNo, query.period ?? null, actor)), computedAt: clock.now().toISOString() };
      }),
      route(reviewPeriod, ({ params: { planNo, period }, actor }) => reviewOf(doors, planNo, period, actor)),
      route(openCards, async ({ params: { planNo }, body, actor }) => ({ cardNos: await openCardsOf(doors, planNo, body, actor) })),
      route(readCard, ({ params: { cardNo }, actor }) => cardOf(doors, cardNo, actor)),
      route(changeCard, ({ params: { cardNo }, body, actor }) => changeParts(doors, cardNo, body, actor)),
      route(decideCardChange, ({ params: { cardNo, changeNo }, body, actor }) => decideChange(doors, cardNo, changeNo, body.isApproved, actor).then(() => ({}))),
      route(agreeDueDays, ({ params: { cardNo }, body, actor }) => agreeTo(doors, cardNo, body, actor).then(() => ({}))),
      route(markCard, ({ params: { cardNo, key }, body, actor }) => mark(doors, cardNo, key, body, actor).then(() => ({}))),
      route(shiftCard, ({ params: { cardNo }, body, actor }) => shift(doors, cardNo, body, actor).then(() => ({}))),
      route(freezeCard, ({ params: { cardNo }, actor }) => freeze(doors, cardNo, actor)),
      route(proveCard, ({ params: { cardNo }, actor }) => prove(doors, cardNo, actor)),
      route(appealCard, ({ params: { cardNo }, body, actor }) => appeal(doors, cardNo, body.text, actor)),
      route(answerAppeal, ({ params: { cardNo, appealNo }, body, actor }) => answer(doors, cardNo, appealNo, body, actor).then(() => ({}))),
      route(listWorkKinds, async () => ({ kinds: workKinds.map((kind) => ({ kind, actions: [...workActions[kind]] })) })),
    ],
  };
}
