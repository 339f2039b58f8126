import { type Actor, may } from '../../../kernel/actor.ts';
import { addDays } from '../../../kernel/day.ts';
import type { Locale } from '../../../kernel/locale.ts';
import { isMeasured, type Program } from '../../../kernel/program.ts';
import { over, plus, type Ratio, ratio } from '../../../kernel/ratio.ts';
import { summarize } from '../budget/figures/summary.ts';
import { type DirectorRisk, type DirectorView, type Plan, periodOf } from '../contract.ts';
import type { GoalsBook } from '../goals/goals.ts';
import { cardsOf } from '../kpi/cards/read-cards.ts';
import { readPeriods } from '../kpi/cards/store.ts';
import { exactly, shownScore } from '../kpi/rules/score-line.ts';
import { type ReadMonitor, readMonitors } from '../monitors/read.ts';
import type { PlanningDoors } from '../part.ts';
import { figuresOf } from '../projects/read/figures.ts';
import { known, readPlanWork, readToday } from '../projects/read/plan-work.ts';
import type { Stages } from '../stages/stages.ts';
import { risksOf, type Watched } from './risks.ts';

export interface DirectorDoors extends PlanningDoors {
  goals: GoalsBook;
  stages: Pick<Stages, 'read'>;
}

/** A page waits so long for the engine; what is not there by then is asked for again. */
const pageWaitMs = 250;

/** A plan as its director looks at it. What is sent away waits until everything is counted. */
export async function readView(doors: DirectorDoors, plan: Plan, actor: Actor, locale: Locale, waitMs = pageWaitMs): Promise<DirectorView> {
  const { platform, items, figures, programs } = doors;
  const { planNo } = plan;
  const [goals, stages, work, inPlan, kpi, run, budget, monitors] = await Promise.all([
    doors.goals.states(planNo, 'year', waitMs), doors.stages.read(planNo, waitMs), readPlanWork(platform, items, planNo), items.list(planNo, ['duty', 'position', 'responsibility']), readKpi(doors, planNo, actor, waitMs), programs.list(locale),
    summarize(doors, plan, { withPeople: may(actor, 'planning.people') }, undefined, locale),
    readMonitors(platform.pg, items, planNo),
  ]);
  const asOf = addDays(work.today, -1);
  const named = goals.map(({ goal: { body }, state }) => ({ level: body.level, name: body.name, owner: body.owner?.name ?? null, unit: (body.metric && figures.metric(body.metric.metric)?.unit) ?? null, state }));
  const ofProject = Map.groupBy(work.items, ({ parentNo }) => parentNo);
  const reached = stages.stages.find(({ stage }) => stage === stages.reached);
  return {
    computedAt: work.computedAt, period: periodOf(asOf, 'year'), asOf, isPending: goals.some(({ isPending }) => isPending) || (kpi?.isPending ?? false),
    goals: named.filter(({ level }) => level === 'core').map(({ level: _level, ...goal }) => goal),
    stage: { reached: stages.reached, met: reached?.met ?? 0, total: reached?.total ?? 0, planned: stages.planned },
    kpi: kpi && kpi.shown, budget: budget.lines === 0 ? null : budget, programs: { ...bestAndWorst(run), total: run.length, unclear: run.filter(({ lift }) => lift !== null && !isMeasured(lift.revenue)).length },
    risks: risksOf({
      planNo, today: work.today, goals: named, programs: run, budget: budget.nearCap, projects: work.projects.map((project) => ({ itemNo: project.itemNo, name: project.body.name, figures: figuresOf(project, ofProject.get(project.itemNo) ?? [], work.today) })),
      monitors: plan.isCurrent ? crossedOf(monitors, (metric) => figures.metric(metric)?.unit ?? null) : [],
      duties: known(inPlan, 'duty'), positions: known(inPlan, 'position'), responsibilities: known(inPlan, 'responsibility'),
    }),
  };
}

/** Figures of projects that go on, as they are outside their bounds. */
function crossedOf(monitors: readonly ReadMonitor[], unitOf: (metric: string) => DirectorRisk['unit']): Watched['monitors'] {
  return monitors.flatMap(({ body: { name, metric, bound, unit }, project, standing: { state, since, readings } }) => {
    const value = readings.at(-1)?.value;
    if (state !== 'crossed' || since === null || !value || project.body.state === 'done' || project.body.state === 'dropped') return [];
    return [{ projectNo: project.itemNo, name, unit: metric && unitOf(metric.metric), monitor: { project: project.body.name, value, bound, countedIn: unit, since } }];
  });
}

/** So many programs are shown of each end. */
const shownPrograms = 3;

/** By what they brought in beyond what would have come anyway, where it is known how sure that is; a program that lost is never among the best. */
export function bestAndWorst(programs: readonly Program[]): Pick<DirectorView['programs'], 'measured' | 'best' | 'worst'> {
  const measured = programs.filter(({ lift }) => lift !== null && isMeasured(lift.revenue)).toSorted((a, b) => b.lift!.revenue.difference - a.lift!.revenue.difference);
  const best = measured.filter(({ lift }) => lift!.revenue.difference > 0).slice(0, shownPrograms);
  return { measured: measured.length, best, worst: measured.slice(best.length).toReversed().slice(0, shownPrograms) };
}

async function readKpi(doors: PlanningDoors, planNo: number, actor: Actor, waitMs: number): Promise<{ shown: NonNullable<DirectorView['kpi']>; isPending: boolean } | null> {
  if (!may(actor, 'planning.people')) return null;
  const { platform: { pg, clock } } = doors;
  const [periods, { today }] = await Promise.all([readPeriods(pg, planNo, null), readToday(pg, clock.now())]);
  const [newest] = periods.filter(({ from }) => from <= today).toSorted((a, b) => b.from.localeCompare(a.from));
  if (!newest) return null;
  const { cards } = await cardsOf(doors, planNo, newest.period, actor, waitMs);
  const isPending = cards.some((card) => card.isPending);
  // An average of those that are counted already would be of whoever is quick.
  const totals = isPending ? [] : cards.flatMap(({ total }) => (total === null ? [] : [exactly(total)]));
  const average = totals.length === 0 ? null : over(totals.reduce<Ratio>(plus, ratio(0n)), ratio(BigInt(totals.length)));
  return { isPending, shown: { period: newest.period, cards: cards.length, frozen: cards.filter(({ state }) => state !== 'open').length, average: shownScore(average) } };
}
