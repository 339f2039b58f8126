import { route } from '../../../platform/http/route.ts';
import { createFunnel, deleteFunnel, type FunnelAsked, listFunnels, readFunnel, readFunnelNext, updateFunnel } from '../contract/funnels.ts';
import { readFlow } from '../contract/flows.ts';
import type { Histories } from '../histories/histories.ts';
import type { InsightsDoors, InsightsPart } from '../part.ts';
import { createFunnelAnswers, type FunnelAnswered } from './answer.ts';
import { createFlowAnswers } from './flow/answer.ts';
import { flowPeople } from './flow/people.ts';
import { funnelPeople } from './people.ts';
import { kindCodes } from './print.ts';
import { changeFunnel, makeFunnel, readFunnels, removeFunnel } from './store.ts';
import type { FunnelFigures } from './tally-funnel.ts';

/** Funnels (漏斗): how far people get through steps; and the shopping flow (购物流程), the paths they take by themselves. */
export function createFunnels(doors: InsightsDoors, histories: Histories): InsightsPart {
  const { platform, say } = doors;
  const answers = createFunnelAnswers(doors, histories);
  const flows = createFlowAnswers(doors, histories);
  return {
    routes: [
      route(readFunnel, async ({ body: { by, fresh, ...asked } }) => shownFunnel(asked, await answers.answer(asked, by, fresh))),
      route(readFunnelNext, async ({ body: { step, ...asked } }) => {
        const { figures, names, computedAt } = await answers.next(asked, step);
        return { ...shownNext(figures, names), computedAt };
      }),
      route(readFlow, ({ body: { fresh, ...asked } }) => flows.answer(asked, fresh)),
      route(listFunnels, async () => ({ funnels: await readFunnels(platform) })),
      route(createFunnel, ({ body, actor }) => makeFunnel(platform, body, actor)),
      route(updateFunnel, ({ params, body, actor }) => changeFunnel(platform, params.funnelId, body, actor)),
      route(deleteFunnel, async ({ params, actor }) => {
        await removeFunnel(platform, params.funnelId, actor);
        return {};
      }),
    ],
    people: [funnelPeople(answers, say), flowPeople(flows, say)] as NonNullable<InsightsPart['people']>,
  };
}

/** People who got so far or further, out of how many stopped where. */
const reachedOf = (stopped: number[]): number[] => stopped.map((_, step) => stopped.slice(step).reduce((sum, people) => sum + people, 0));

function shownFunnel({ steps, split }: FunnelAsked, { figures, keys, starts, dataVersion, computedAt }: FunnelAnswered) {
  const stoppedOf = (group: number): number[] => [...figures.stopped.subarray(group * steps.length, (group + 1) * steps.length)];
  const stopped = steps.map((_, step) => keys.reduce((sum, _key, group) => sum + stoppedOf(group)[step], 0));
  const reached = reachedOf(stopped);
  const groups = keys.map((key, group) => ({ key, reached: reachedOf(stoppedOf(group)) })).filter((group) => group.reached[0] > 0);
  return {
    steps: steps.map((_, step) => ({ reached: reached[step], stopped: stopped[step], open: figures.open[step], since: figures.since[step] })),
    whole: figures.whole,
    groups: split.by === 'none' ? [] : groups.sort((a, b) => Number(a.key === null) - Number(b.key === null) || b.reached[0] - a.reached[0]),
    trend: starts.map((start, i) => ({ start, entered: figures.entered[i], finished: figures.finished[i] })),
    dataVersion,
    computedAt,
  };
}

function shownNext({ next, nothing }: FunnelFigures, names: string[]) {
  const factOf = (code: number) => {
    if (code === kindCodes.sale || code === kindCodes.refund) return { fact: code === kindCodes.sale ? ('sale' as const) : ('refund' as const), name: null };
    return { fact: 'event' as const, name: names[code - 1] ?? null };
  };
  const found = [...next].map((people, code) => ({ ...factOf(code), people })).filter(({ people }) => people > 0).sort((a, b) => b.people - a.people);
  return { people: nothing + found.reduce((sum, { people }) => sum + people, 0), nothing, next: found };
}
