import { addDays, addMonths, type Day, dayIn, daysBetween, startOfDay } from '../../../../kernel/day.ts';
import type { Locale } from '../../../../kernel/locale.ts';
import { readBrand } from '../../../../platform/settings.ts';
import type { Days, FigureAsked, GoalState, ItemBody, PeriodUnit, Plan, PlanMetric, ProjectFigures, Reading } from '../../contract.ts';
import { reportDays, type ReportUnit } from '../../contract/reports.ts';
import type { Goal } from '../../goals/gather.ts';
import type { GoalsBook } from '../../goals/goals.ts';
import { type ReadMonitor, readMonitors } from '../../monitors/read.ts';
import { requirePlan } from '../../plans/keep-plans.ts';
import type { PlanningDoors } from '../../part.ts';
import { figuresOf } from '../../projects/read/figures.ts';
import { readPlanWork } from '../../projects/read/plan-work.ts';
import { type KeptChange, readHistory } from '../history/plan-history.ts';
import { type WorkDone, workDone } from '../history/work-done.ts';

export interface ReportDoors extends PlanningDoors {
  goals: GoalsBook;
}

/** Which report is meant. */
export interface ReportMeant {
  planNo: number;
  projectNo: number | null;
  unit: ReportUnit;
  days: Days;
  locale: Locale;
}

export interface MetricMoved {
  metric: PlanMetric;
  filter: string | null;
  now: Reading;
  before: Reading;
}

/** What a report is written from. */
export interface ReportSource extends Omit<ReportMeant, 'planNo'> {
  plan: Plan;
  brand: Awaited<ReturnType<typeof readBrand>>;
  projects: { itemNo: number; name: string; figures: ProjectFigures }[];
  work: WorkDone;
  changes: { change: KeptChange; name: string }[];
  goals: { goal: Goal; state: GoalState; unit: PlanMetric['unit'] | null }[];
  metrics: MetricMoved[];
  /** Rules that projects are watched by, with what turned within the days. */
  monitors: (ReadMonitor & { unit: PlanMetric['unit'] | undefined })[];
  /** Days that metrics are of, and those they are held against. */
  counted: Days;
  against: Days;
  today: Day;
}

/** The days that a period is held against: as many of the one before, all of it where the period is over. */
export function daysBefore(unit: ReportUnit, whole: Days, counted: Days): Days {
  const from = unit === 'month' ? addMonths(whole.from, -1) : addDays(whole.from, -1 - daysBetween(whole.from, whole.to));
  const last = addDays(whole.from, -1);
  const same = addDays(from, daysBetween(counted.from, counted.to));
  return { from, to: counted.to === whole.to || same > last ? last : same };
}

/** Reads what was done within days, and what the numbers say; waits until everything is counted. */
export async function gatherReport(doors: ReportDoors, { planNo, projectNo, unit, days, locale }: ReportMeant): Promise<ReportSource> {
  const { platform, items } = doors;
  const { pg, clock } = platform;
  const [plan, brand, now] = [await requirePlan(pg, planNo), await readBrand(pg), clock.now()];
  const end = startOfDay(addDays(days.to, 1), brand.timeZone);
  const until = end < now ? end : now;
  const today = end <= now ? addDays(days.to, 1) : dayIn(brand.timeZone, now);
  // Whole days alone can be held against others; on its first day a period has nothing but what there is so far.
  const counted = { from: days.from, to: today > days.from ? addDays(today, -1) : days.from };
  const against = daysBefore(unit, days, counted);
  const from = startOfDay(days.from, brand.timeZone);
  const [history, work, monitors] = await Promise.all([readHistory(pg, planNo, from, until), readPlanWork(platform, items, planNo), readMonitors(pg, items, planNo, { turnsSince: from, ...(projectNo === null ? {} : { projectNo }) })]);
  const nextUntil = reportDays(unit, addDays(days.to, 1)).to;
  const done = workDone(history, { days, until, today, nextUntil, projectNo }, (moment) => dayIn(brand.timeZone, new Date(moment)));
  const ofProject = Map.groupBy(work.items, ({ parentNo }) => parentNo);
  const projects = work.projects.map((project) => ({ itemNo: project.itemNo, name: project.body.name, figures: figuresOf(project, ofProject.get(project.itemNo) ?? [], work.today) }));
  const sourceNo = work.projects.find(({ itemNo }) => itemNo === projectNo)?.body.sourceNo ?? null;
  const isMeant = (itemNo: number): boolean => projectNo === null || itemNo === sourceNo;
  const units: PeriodUnit[] = unit === 'month' ? ['month', 'year'] : ['month'];
  const goals = (await Promise.all(units.map((each) => doors.goals.states(planNo, each, Infinity, counted.to)))).flat().filter(({ goal }) => isMeant(goal.itemNo))
    .map(({ goal, state }) => ({ goal, state, unit: (goal.body.metric && doors.figures.metric(goal.body.metric.metric)?.unit) ?? null }));
  return {
    plan, projectNo, unit, days, locale, brand, projects, work: done, goals, counted, against, today,
    monitors: monitors.map((rule) => ({ ...rule, unit: doors.figures.metric(rule.body.metric?.metric ?? '')?.unit, standing: { ...rule.standing, turns: rule.standing.turns.filter(({ at }) => Date.parse(at) < until.getTime()) } })),
    changes: changesOf(history, projectNo), metrics: await readMetrics(doors, goals.map(({ goal }) => goal.body), counted, against, locale),
  };
}

/** What was changed of what a plan is made of beyond its daily work, each thing once; what people cost stays where it is. */
function changesOf({ after, changes }: Awaited<ReturnType<typeof readHistory>>, projectNo: number | null): ReportSource['changes'] {
  const daily = new Set(['task', 'milestone', 'meeting']);
  const meant = changes.filter(({ itemKind, itemNo }) => !daily.has(itemKind) && itemKind !== 'position_cost' && (projectNo === null || itemNo === projectNo));
  const last = new Map(meant.map((change) => [`${change.itemNo} ${change.kind}`, change]));
  return [...last.values()].flatMap((change) => {
    const body = after.get(change.itemNo)?.body ?? {};
    const name = body.name ?? body.text;
    return typeof name === 'string' && name !== '' ? [{ change, name }] : [];
  });
}

async function readMetrics({ figures }: ReportDoors, bodies: readonly ItemBody<'goal'>[], counted: Days, against: Days, locale: Locale): Promise<MetricMoved[]> {
  const asked = [...new Map(bodies.flatMap(({ metric }) => (metric ? [[JSON.stringify(metric), metric] as [string, FigureAsked]] : []))).values()];
  if (asked.length === 0) return [];
  const [now, before, { metrics }] = await Promise.all([figures.read(asked, counted), figures.read(asked, against), figures.metrics(locale)]);
  return asked.flatMap(({ metric: name, filter }, n) => {
    const metric = metrics.find((each) => each.name === name);
    return metric ? [{ metric, filter: filter?.value ?? null, now: now[n], before: before[n] }] : [];
  });
}
