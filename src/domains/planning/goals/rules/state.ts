import type { Day } from '../../../../kernel/day.ts';
import { daysOf, type GoalState, type PlanPeriod, type Reading, unitOf } from '../../contract.ts';
import type { Gathered } from '../gather.ts';
import type { TypedReading } from '../typed.ts';
import { forecastOf, progressOf, statusOf } from './forecast.ts';
import { eveOf, pathAt, targetOf, type TargetsAsked } from './targets.ts';

const numberOf = (reading: Pick<Reading, 'value'> | null): number | null => (reading?.value === null || reading?.value === undefined ? null : Number(reading.value));

/** What a goal is measured against: its typed or counted baseline. */
function baselineOf({ goal: { body: { baseline } }, baseline: reading }: Gathered): GoalState['baseline'] {
  if (baseline?.from === 'typed') return { state: 'known', value: baseline.value, isTyped: true, source: baseline.source };
  if (baseline?.from !== 'registry') return null;
  return { state: reading?.state ?? 'no_data', value: reading?.value ?? null, isTyped: false, source: baseline.period };
}

/** What adds up over time is compared with as long a time: a month is not held against a year. A typed baseline is a year's. */
function isComparable({ nature, goal: { body: { baseline } } }: Gathered, period: PlanPeriod): boolean {
  if (nature === 'level' || nature === 'standing') return true;
  return unitOf(period) === (baseline?.from === 'registry' ? unitOf(baseline.period) : 'year');
}

/** Everything that its targets, and the paths between them, depend on. */
export function targetsAsked(gathered: Gathered, year: PlanPeriod): TargetsAsked {
  const { goal: { body }, nature, lastYear, yearStart } = gathered;
  const months = lastYear?.months.map(({ value }) => value) ?? [];
  const baseline = numberOf(baselineOf(gathered));
  const stood = numberOf(yearStart);
  const first = body.targets.map(({ period }) => daysOf(period).from).sort()[0] ?? daysOf(year).from;
  // A baseline is where the first period that has a target begins; without one the year begins at what stood then.
  const start = baseline !== null ? { day: eveOf(first.slice(0, 4)), value: baseline } : stood === null ? null : { day: eveOf(year), value: stood };
  return {
    nature, spread: body.spread, set: new Map(body.targets.map(({ period, value }) => [period, Number(value)])), start: nature === 'standing' ? start : null,
    lastYear: months.length === 12 && months.every((value) => value !== null) ? months.map(Number) : null,
  };
}

/**
 * Whether figures of the year before reach back beyond the beginning of the same period then. Where recording began within it, what there
 * is would stand for too short a time, and the ratio to it would be many times too high.
 */
function reachesBack({ lastYear }: Gathered, period: PlanPeriod): boolean {
  const first = Number(daysOf(period).from.slice(5, 7)) - 1;
  const around = lastYear?.months.slice(Math.max(0, first - 1), first + 1) ?? [];
  return around.length > 0 && around.every(({ value }) => value !== null && Number(value) !== 0);
}

/** How a goal stands in a period at the end of a day. */
export function goalState(gathered: Gathered, period: PlanPeriod, until: Day): GoalState {
  const { goal: { itemNo, body }, nature, current, lastWhole, lastSoFar, start } = gathered;
  const days = daysOf(period);
  const asked = targetsAsked(gathered, period.slice(0, 4));
  const target = targetOf(period, asked);
  const isBegun = until >= days.from;
  const actual = isBegun ? numberOf(current) : null;
  const path = isBegun ? pathAt(period, until, asked) : null;
  const baseline = baselineOf(gathered);
  const [whole, soFar, stood, base] = [numberOf(lastWhole), numberOf(lastSoFar), numberOf(start), numberOf(baseline)];
  const forecast = forecastOf({ nature, days, until, actual, lastYear: whole === null || soFar === null || !reachesBack(gathered, period) ? null : { whole, soFar }, start: stood });
  return {
    itemNo, period, days, nature, target: target.value, origin: target.origin,
    actual: {
      state: isBegun ? (current?.state ?? 'no_data') : 'not_begun', value: isBegun ? (current?.value ?? null) : null,
      isTyped: body.metric === null, source: (current as TypedReading | null)?.source ?? null, computedAt: current?.computedAt ?? null,
    },
    baseline, path, forecast: forecast.value, method: forecast.method,
    status: statusOf(actual, path, body.better, body.tolerancePercent),
    progress: progressOf(nature, actual, target.value, base ?? (nature === 'standing' ? stood : null), body.better),
    growth: target.value === null || base === null || base === 0 || !isComparable(gathered, period) ? null : target.value / base - 1,
  };
}
