import type { EndpointReply } from '../../../kernel/endpoint.ts';
import { addDays, addMonths, dayIn } from '../../../kernel/day.ts';
import { route } from '../../../platform/http/route.ts';
import { readBrand } from '../../../platform/settings.ts';
import { type Criterion, type FigureAsked, type Item, type ItemBody, daysOf, type PeriodUnit, periodOf, type Plan, type Reading, readStages, type StageFactName, stageFacts, stageFactNames, type StageKey, stageKeys } from '../contract.ts';
import type { PlanningDoors, PlanningPart } from '../part.ts';
import { requirePlan } from '../plans/keep-plans.ts';
import { registerStageChecks } from './checks.ts';
import { factsOf } from './facts.ts';
import { createCounts } from './read-counts.ts';
import { type FactValues, judge, judgeFact, progressOf, reachedOf, warningsOf } from './rules.ts';

/** Stages of a plan with their progress, as the product counts it. */
export interface Stages {
  read(planNo: number, waitMs?: number): Promise<EndpointReply<typeof readStages>>;
}

/** A figure that is not there in so long is shown as not there; the next look finds it. */
const figureWaitMs = 300;
type Own = Omit<Item, 'body'> & { body: ItemBody<'criterion'> };

/** The four stages a department grows through, and the one it is really in. */
export function createStages(doors: PlanningDoors): PlanningPart & Stages {
  const { platform, items, figures } = doors;
  const { pg, clock } = platform;
  registerStageChecks(items);
  const counted = createCounts(doors);
  const read = async (planNo: number, waitMs = figureWaitMs): ReturnType<Stages['read']> => {
    const [plan, { timeZone }, inPlan, { counts, computedAt }] = await Promise.all([requirePlan(pg, planNo), readBrand(pg), items.list(planNo, ['stage', 'criterion']), counted(waitMs)]);
    const today = dayIn(timeZone, clock.now());
    const own = inPlan.filter(({ kind }) => kind === 'criterion') as unknown as Own[];
    const readings = await readOwnFigures(own, (asked, unit) => figures.read(asked, lastPeriod(today, unit), waitMs));
    const unitOf = (metric: string) => figures.metric(metric)?.unit ?? null;
    const values = factsOf(counts);
    const stages = stageKeys.map((stage) => {
      const item = inPlan.find(({ kind, body }) => kind === 'stage' && body.stage === stage);
      const { from, to, aim } = (item?.body ?? { from: null, to: null, aim: '' }) as { from: string | null; to: string | null; aim: string };
      const criteria = criteriaOf(stage, values, own.filter(({ parentNo }) => item && parentNo === item.itemNo), readings, unitOf);
      return { stage, itemNo: item?.itemNo ?? null, from, to, aim, criteria, ...progressOf(criteria) };
    });
    const spans = stages.flatMap(({ stage, from, to }) => (from !== null && to !== null ? [{ stage, from, to }] : []));
    return {
      today, computedAt: computedAt.toISOString(), stages, reached: reachedOf(stages),
      planned: spans.filter(({ from, to }) => from <= today && today <= to).map(({ stage }) => stage),
      warnings: warningsOf(spans, daysOfPlan(plan)),
    };
  };
  return { routes: [route(readStages, ({ params }) => read(params.planNo))], read };
}

const daysOfPlan = ({ startsOn, years }: Plan) => ({ from: startsOn, until: addDays(addMonths(startsOn, years * 12), -1) });

/** The last period of its length that is over. */
const lastPeriod = (today: string, unit: PeriodUnit) => daysOf(periodOf(addDays(daysOf(periodOf(today, unit)).from, -1), unit));

/** What the figures of criteria came to, by the number of the criterion: one question for those over the same days. */
async function readOwnFigures(own: readonly Own[], ask: (asked: FigureAsked[], unit: PeriodUnit) => Promise<Reading[]>): Promise<Map<number, Reading>> {
  const bound = own.flatMap(({ itemNo, body: { by } }) => (by.kind === 'figure' ? [{ itemNo, by }] : []));
  const byUnit = [...Map.groupBy(bound, ({ by }) => by.period)];
  const read = await Promise.all(byUnit.map(async ([unit, group]) => {
    const readings = await ask(group.map(({ by }) => by.asked), unit);
    return group.map(({ itemNo }, at) => [itemNo, readings[at]] as const);
  }));
  return new Map(read.flat());
}

/** What belongs to a stage: what the product tells, each where the team did not put its own in the place of it, and what the team added. */
function criteriaOf(stage: StageKey, values: FactValues, own: readonly Own[], readings: ReadonlyMap<number, Reading>, unitOf: (metric: string) => Criterion['unit']): Criterion[] {
  const replaced = new Map(own.flatMap((each) => (each.body.fact ? [[each.body.fact, each] as const] : [])));
  const ofOwn = (each: Own): Criterion => ownCriterion(each, values, readings.get(each.itemNo), unitOf);
  const facts = stageFactNames.filter((fact) => stageFacts[fact].stage === stage).map((fact): Criterion => {
    const instead = replaced.get(fact);
    return instead ? ofOwn(instead) : { ...blank(fact, fact, null, ''), basis: 'product', ...judgeFact(fact, values) };
  });
  return [...facts, ...own.filter(({ body }) => body.fact === null).map(ofOwn)];
}

const blank = (key: string, fact: StageFactName | null, itemNo: number | null, name: string) => ({ key, fact, itemNo, name, value: null, target: null, is: 'at_least' as const, unit: null, metric: null, filter: null, period: null, source: '', path: fact && stageFacts[fact].path });

function ownCriterion({ itemNo, body: { name, fact, by } }: Own, values: FactValues, reading: Reading | undefined, unitOf: (metric: string) => Criterion['unit']): Criterion {
  const head = blank(`item:${itemNo}`, fact, itemNo, name);
  if (by.kind === 'said') return { ...head, basis: 'said', state: by.isMet ? 'met' : 'short', source: by.source };
  if (by.kind === 'target') return { ...head, basis: 'product', ...judgeFact(fact!, values, by.target) };
  const value = reading?.value ?? null;
  return {
    ...head, basis: 'figure', state: judge(value === null ? null : Number(value), Number(by.bound), by.is), value, target: by.bound, is: by.is,
    unit: unitOf(by.asked.metric), metric: by.asked.metric, filter: by.asked.filter, period: reading?.period ?? null, path: '/insights/explore',
  };
}
