import { addDays, addMonths, type Day, daysBetween } from '../../../kernel/day.ts';
import { formatDecimal, parseDecimal } from '../../../kernel/decimal.ts';
import { bucketOf, bucketsOf, type Period } from '../question/period.ts';

/** What a metric should come to in a month, in all (both null) or where a dimension has a value. */
export interface Target {
  metric: string;
  dimension: string | null;
  value: string | null;
  month: Day;
  target: string;
}

/** What targets are asked for: the months of one metric in one scope, and whether parts of it add up. */
export interface Wanted {
  period: Period;
  isAdditive: boolean;
}

/**
 * The target of a period. What adds up is shared out over the days of each month, so that a week has its part; what does
 * not (people, averages) has a target for a whole month and for nothing else. Null where a month has none.
 */
export function targetOf(byMonth: ReadonlyMap<Day, string>, { period, isAdditive }: Wanted): string | null {
  const months = bucketsOf(period, 'month');
  if (!isAdditive) {
    const isWhole = months.length === 1 && period.from === months[0] && addDays(period.to, 1) === addMonths(months[0], 1);
    return isWhole ? (byMonth.get(months[0]) ?? null) : null;
  }
  let sum = 0n;
  for (const month of months) {
    const target = parseDecimal(byMonth.get(month) ?? '');
    if (target === null) return null;
    const next = addMonths(month, 1);
    const [from, until] = [period.from > month ? period.from : month, addDays(period.to, 1) < next ? addDays(period.to, 1) : next];
    const [days, ofMonth] = [BigInt(daysBetween(from, until)), BigInt(daysBetween(month, next))];
    sum += (target * days * 2n + ofMonth) / (ofMonth * 2n);
  }
  return formatDecimal(sum);
}

/** The days of a period that a bucket of it covers. */
export function partOf({ from, to }: Period, start: Day, by: 'day' | 'week' | 'month'): Period {
  const end = by === 'day' ? start : by === 'week' ? addDays(start, 6) : addDays(addMonths(bucketOf(start, 'month'), 1), -1);
  return { from: start > from ? start : from, to: end < to ? end : to };
}
