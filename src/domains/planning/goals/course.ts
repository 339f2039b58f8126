import type { Day } from '../../../kernel/day.ts';
import { daysOf, type GoalPoint, type GoalState, partsOf, type PlanPeriod } from '../contract.ts';
import type { Figures } from '../figures/figures.ts';
import type { Gathered } from './gather.ts';
import { targetsAsked } from './rules/state.ts';
import { targetOf } from './rules/targets.ts';
import { typedReading } from './typed.ts';

/** A goal's year by month: what was, what should be, and what the forecast of the year leaves for what is to come. */
export async function courseOf(figures: Figures, gathered: Gathered, state: GoalState, until: Day, waitMs: number): Promise<GoalPoint[]> {
  const months = partsOf(state.period, 'month');
  const asked = targetsAsked(gathered, state.period);
  const actuals = await actualsOf(figures, gathered, months, until, waitMs);
  const ahead = forecastsOf(gathered, state, months, actuals, until);
  return months.map((month, i) => {
    const { value, origin } = targetOf(month, asked);
    return { month, actual: actuals[i], target: value, origin, forecast: ahead[i] };
  });
}

/** What stands has to be asked for month by month; everything else came by months. */
async function actualsOf(figures: Figures, { goal: { body }, nature, current }: Gathered, months: readonly PlanPeriod[], until: Day, waitMs: number): Promise<(number | null)[]> {
  if (nature !== 'standing') {
    const byMonth = new Map(current?.months.map(({ month, value }) => [month.slice(0, 7), value]));
    return months.map((month) => { const value = byMonth.get(month); return value === null || value === undefined ? null : Number(value); });
  }
  return Promise.all(months.map(async (month) => {
    const { from, to } = daysOf(month);
    if (from > until) return null;
    const day = to < until ? to : until;
    const reading = body.metric ? (await figures.read([body.metric], { from: day, to: day }, waitMs))[0] : typedReading(body, { from: day, to: day });
    return reading.value === null ? null : Number(reading.value);
  }));
}

/**
 * The forecast of each month from the one under way on. What is counted: what the year's forecast has left, shared out as last year's
 * months went, or by days. What stands: on the straight line to the year's end. A level: as it is.
 */
function forecastsOf({ nature, lastYear }: Gathered, { forecast, actual: { value }, method, days }: GoalState, months: readonly PlanPeriod[], actuals: readonly (number | null)[], until: Day): (number | null)[] {
  const open = months.filter((month) => daysOf(month).to > until);
  if (forecast === null || value === null || open.length === 0) return months.map(() => null);
  if (nature === 'level') return months.map((month) => (open.includes(month) ? forecast : null));
  if (nature === 'standing') {
    const at = (day: Day): number => Date.parse(day);
    const [now, end] = [at(until), at(days.to)];
    return months.map((month) => (open.includes(month) ? Number(value) + ((forecast - Number(value)) * (at(daysOf(month).to) - now)) / (end - now) : null));
  }
  if (nature === 'distinct') return months.map(() => null);
  const before = lastYear?.months.map((each) => Number(each.value ?? 0)) ?? [];
  const restOf = (month: PlanPeriod): number => {
    const { from, to } = daysOf(month);
    const length = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
    const left = Math.min(length, (Date.parse(to) - Date.parse(until)) / 86_400_000);
    return (method === 'season' ? (before[Number(month.slice(5)) - 1] ?? 0) / length : 1) * left;
  };
  const weight = open.reduce((all, month) => all + restOf(month), 0);
  return months.map((month, i) => (open.includes(month) ? (actuals[i] ?? 0) + (weight === 0 ? 0 : ((forecast - Number(value)) * restOf(month)) / weight) : null));
}
