import { addMonths, type Day } from '../../../kernel/day.ts';
import { type Days, daysOf, type FigureNature, type ItemBody, type PlanPeriod, type Reading } from '../contract.ts';
import type { Figures } from '../figures/figures.ts';
import { natureOf } from '../figures/nature.ts';
import { eveOf } from './rules/targets.ts';
import { typedReading } from './typed.ts';

export interface Goal {
  itemNo: number;
  body: ItemBody<'goal'>;
}

/** Everything that is read of a goal to say how it stands in a period; null where it is not asked for. */
export interface Gathered {
  goal: Goal;
  nature: FigureNature;
  current: Reading | null;
  baseline: Reading | null;
  /** Of the calendar year before, by month. */
  lastYear: Reading | null;
  lastWhole: Reading | null;
  lastSoFar: Reading | null;
  /** What stood before the period, and before its year. */
  start: Reading | null;
  yearStart: Reading | null;
}

const yearEarlier = ({ from, to }: Days): Days => ({ from: addMonths(from, -12), to: addMonths(to, -12) });
const eve = (period: PlanPeriod): Days => ({ from: eveOf(period), to: eveOf(period) });

/** What a goal's figure is by nature; a metric that nobody counts any more is taken for one that adds up. */
export const goalNature = (figures: Figures, { metric, typedNature }: ItemBody<'goal'>): FigureNature => {
  if (!metric) return typedNature;
  const known = figures.metric(metric.metric);
  return known ? natureOf(known) : 'sum';
};

/**
 * Reads for all goals at once what is needed to say how they stand in a period until a day: as many rounds of questions as there are
 * kinds of readings, whatever the number of goals.
 */
export async function gatherGoals(figures: Figures, goals: readonly Goal[], period: PlanPeriod, until: Day, waitMs: number): Promise<Gathered[]> {
  const known = goals.map((goal) => ({ goal, nature: goalNature(figures, goal.body) }));
  const year = period.slice(0, 4);
  const days = daysOf(period);
  const soFar = { from: days.from, to: until < days.to ? until : days.to };
  const isCounted = (nature: FigureNature): boolean => nature === 'sum' || nature === 'distinct';
  const read = async (of: (nature: FigureNature, goal: Goal) => boolean, asked: Days): Promise<Map<number, Reading>> => {
    const wanted = known.filter(({ goal, nature }) => of(nature, goal));
    const live = wanted.flatMap(({ goal }) => (goal.body.metric ? [{ itemNo: goal.itemNo, metric: goal.body.metric }] : []));
    const readings = live.length === 0 ? [] : await figures.read(live.map(({ metric }) => metric), asked, waitMs);
    const typed = wanted.filter(({ goal }) => !goal.body.metric).map(({ goal }) => [goal.itemNo, typedReading(goal.body, asked)] as const);
    return new Map([...live.map(({ itemNo }, i) => [itemNo, readings[i]] as const), ...typed]);
  };
  const baselinePeriods = new Set(goals.flatMap(({ body: { baseline } }) => (baseline?.from === 'registry' ? [baseline.period] : [])));
  const nothing = new Map<number, Reading>();
  const [current, lastYear, lastWhole, lastSoFar, start, yearStart, ...baselines] = await Promise.all([
    soFar.to < soFar.from ? nothing : read(() => true, soFar),
    read(isCounted, daysOf(String(Number(year) - 1))),
    read(isCounted, yearEarlier(days)),
    soFar.to < soFar.from ? nothing : read(isCounted, yearEarlier(soFar)),
    read((nature) => nature === 'standing', eve(period)),
    read((nature) => nature === 'standing', eve(year)),
    ...[...baselinePeriods].map((each) => read((_nature, { body: { baseline } }) => baseline?.from === 'registry' && baseline.period === each, daysOf(each))),
  ]);
  const of = (from: Map<number, Reading>, { itemNo }: Goal): Reading | null => from.get(itemNo) ?? null;
  return known.map(({ goal, nature }) => ({
    goal, nature,
    current: of(current, goal), lastYear: of(lastYear, goal), lastWhole: of(lastWhole, goal), lastSoFar: of(lastSoFar, goal), start: of(start, goal), yearStart: of(yearStart, goal),
    baseline: baselines.map((each) => of(each, goal)).find((each) => each !== null) ?? null,
  }));
}
