import { addDays, type Day, daysBetween } from '../../../../kernel/day.ts';
import { daysOf, type FigureNature, partsOf, periodOf, type PlanPeriod, type TargetOrigin, unitOf } from '../../contract.ts';

/** What is known of a goal's targets. */
export interface TargetsAsked {
  nature: FigureNature;
  set: ReadonlyMap<PlanPeriod, number>;
  spread: 'season' | 'even';
  /** What each month of the year before the asked one came to, where all twelve are known. */
  lastYear: readonly number[] | null;
  /** What stood on a day, from which a standing figure begins. */
  start: { day: Day; value: number } | null;
}

export interface Target {
  value: number | null;
  origin: TargetOrigin;
}

const none: Target = { value: null, origin: 'none' };
const lengthOf = (period: PlanPeriod): number => {
  const { from, to } = daysOf(period);
  return daysBetween(from, to) + 1;
};
const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

/**
 * The target of a period. One that was set counts. Else: what adds up is what its parts come to, or its part of the whole, shared out
 * as last year's months went where all twelve are known and none is below zero, and by days where they are not; a level is that of the
 * whole; what stands at an end lies on the straight line between what is set before and after; people of a part are no part of the
 * people of the whole, and have none.
 */
export function targetOf(period: PlanPeriod, asked: TargetsAsked): Target {
  const set = asked.set.get(period);
  if (set !== undefined) return { value: set, origin: 'set' };
  if (asked.nature === 'sum') return sharedOf(period, asked);
  if (asked.nature === 'level') return levelOf(period, asked.set);
  if (asked.nature === 'standing') return between(daysOf(period).to, asked);
  return none;
}

function levelOf(period: PlanPeriod, set: TargetsAsked['set']): Target {
  const { from } = daysOf(period);
  const whole = unitOf(period) === 'month' ? [periodOf(from, 'quarter'), periodOf(from, 'year')] : [periodOf(from, 'year')];
  const found = whole.find((each) => set.has(each));
  return found === undefined ? none : { value: set.get(found)!, origin: 'same' };
}

/** On the line between two points that are known, by days. */
export function between(day: Day, { set, start }: Pick<TargetsAsked, 'set' | 'start'>): Target {
  const points = [...[...set].map(([period, value]) => ({ day: daysOf(period).to, value })), ...(start ? [start] : [])].sort((a, b) => (a.day < b.day ? -1 : 1));
  const before = points.findLast((point) => point.day <= day);
  const behind = points.find((point) => point.day >= day);
  if (!before || !behind) return none;
  if (before.day === behind.day) return { value: before.value, origin: 'between' };
  return { value: before.value + ((behind.value - before.value) * daysBetween(before.day, day)) / daysBetween(before.day, behind.day), origin: 'between' };
}

function sharedOf(period: PlanPeriod, asked: TargetsAsked): Target {
  const months = monthsOf(period.slice(0, 4), asked);
  const parts = partsOf(period, 'month').map((month) => months.get(month)!);
  if (parts.some(({ value }) => value === null)) return none;
  const origins = new Set(parts.map(({ origin }) => origin));
  return { value: sum(parts.map(({ value }) => value!)), origin: origins.size === 1 && unitOf(period) !== 'month' && origins.has('set') ? 'parts' : origins.has('season') ? 'season' : origins.has('even') ? 'even' : 'parts' };
}

/** Each month of a year: set, or its share of what is left of its quarter, or of the year. */
function monthsOf(year: PlanPeriod, { set, spread, lastYear }: TargetsAsked): Map<PlanPeriod, Target> {
  const all = partsOf(year, 'month');
  const found = new Map<PlanPeriod, Target>(all.map((month) => [month, set.has(month) ? { value: set.get(month)!, origin: 'set' } : none]));
  const isSeason = spread === 'season' && lastYear !== null && lastYear.every((value) => value >= 0) && sum(lastYear) > 0;
  const share = (whole: number, months: readonly PlanPeriod[]): void => {
    const open = months.filter((month) => found.get(month)!.value === null);
    const rest = whole - sum(months.map((month) => found.get(month)!.value ?? 0));
    const seasons = isSeason ? open.map((month) => lastYear[Number(month.slice(5)) - 1]) : [];
    const isByDays = sum(seasons) === 0;
    const weights = isByDays ? open.map(lengthOf) : seasons;
    const weight = sum(weights);
    for (const [i, month] of open.entries()) found.set(month, { value: rest * (weights[i] / weight), origin: isByDays ? 'even' : 'season' });
  };
  for (const quarter of partsOf(year, 'quarter')) if (set.has(quarter)) share(set.get(quarter)!, partsOf(quarter, 'month'));
  if (set.has(year)) share(set.get(year)!, all);
  return found;
}

/**
 * What should be there of a period at the end of a day: of what adds up, the months that are over and the part of the one under way by
 * its days; of people, the part of the period's days that is over; a level is the same on every day.
 */
export function pathAt(period: PlanPeriod, day: Day, asked: TargetsAsked): number | null {
  const { from, to } = daysOf(period);
  const whole = targetOf(period, asked);
  if (day >= to || whole.value === null) return whole.value;
  if (asked.nature === 'level') return whole.value;
  if (asked.nature === 'standing') return between(day, asked).value;
  if (day < from) return 0;
  if (asked.nature === 'distinct') return whole.value * ((daysBetween(from, day) + 1) / lengthOf(period));
  const months = monthsOf(period.slice(0, 4), asked);
  return sum(partsOf(period, 'month').map((month) => {
    const days = daysOf(month);
    const share = day >= days.to ? 1 : day < days.from ? 0 : (daysBetween(days.from, day) + 1) / lengthOf(month);
    return (months.get(month)!.value ?? 0) * share;
  }));
}

/** The day before a period. */
export const eveOf = (period: PlanPeriod): Day => addDays(daysOf(period).from, -1);
