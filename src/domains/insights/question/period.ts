import { addDays, addMonths, type Day, daysBetween } from '../../../kernel/day.ts';
import type { QuestionPeriod, RelativePeriod, TimeDimension } from '../contract.ts';

/** Days of the brand's calendar, both included. */
export interface Period {
  from: Day;
  to: Day;
}

const isFirstOfMonth = (day: Day): boolean => day.endsWith('-01');

/**
 * The period that a period is compared with: as many days, right before it. Whole months are
 * compared with as many whole months, because June and May are no equal number of days.
 */
export function periodBefore({ from, to }: Period): Period {
  const next = addDays(to, 1);
  if (isFirstOfMonth(from) && isFirstOfMonth(next)) {
    const months = monthsBetween(from, next);
    return { from: addMonths(from, -months), to: addDays(from, -1) };
  }
  return { from: addDays(from, -(daysBetween(from, to) + 1)), to: addDays(from, -1) };
}

/** The same days a year earlier; whole months stay whole months, also of a February that has a day less. */
export function yearBefore({ from, to }: Period): Period {
  const next = addDays(to, 1);
  return { from: addMonths(from, -12), to: isFirstOfMonth(next) ? addDays(addMonths(next, -12), -1) : addMonths(to, -12) };
}

/** A period under way is compared with as much of the one before it: this month up to the 12th with the last up to the 12th. */
export function relativeBefore(relative: RelativePeriod, period: Period): Period {
  if (relative === 'thisWeek') return { from: addDays(period.from, -7), to: addDays(period.to, -7) };
  const months = { thisMonth: 1, thisQuarter: 3, thisYear: 12 }[relative as string];
  return months ? { from: addMonths(period.from, -months), to: addMonths(period.to, -months) } : periodBefore(period);
}

const ago: Partial<Record<RelativePeriod, number>> = { yesterday: 1, last7: 7, last30: 30, last90: 90, last365: 365 };

/** The days that a period means on a day. Those that say `this` are under way and end with that day. */
export function daysOf(asked: QuestionPeriod, today: Day): Period {
  if (!('relative' in asked)) return asked;
  const { relative } = asked;
  if (relative === 'today') return { from: today, to: today };
  const days = ago[relative];
  if (days !== undefined) return { from: addDays(today, -days), to: addDays(today, -1) };
  const start = startOf(relative.slice(4), today);
  if (relative.startsWith('this')) return { from: start, to: today };
  const to = addDays(start, -1);
  return { from: startOf(relative.slice(4), to), to };
}

function startOf(unit: string, day: Day): Day {
  if (unit === 'Week') return bucketOf(day, 'week');
  if (unit === 'Month') return bucketOf(day, 'month');
  const [year, month] = day.split('-').map(Number);
  return `${year}-${unit === 'Year' ? '01' : String(month - ((month - 1) % 3)).padStart(2, '0')}-01`;
}

function monthsBetween(from: Day, to: Day): number {
  const [year, month] = from.split('-').map(Number);
  const [laterYear, laterMonth] = to.split('-').map(Number);
  return (laterYear - year) * 12 + laterMonth - month;
}

/** The first day of the day, week (from Monday) or month that a day is in. */
export function bucketOf(day: Day, by: TimeDimension): Day {
  if (by === 'day') return day;
  if (by === 'month') return `${day.slice(0, 7)}-01`;
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay() || 7;
  return addDays(day, 1 - weekday);
}

/** The first days of all days, weeks or months that a period touches. */
export function bucketsOf({ from, to }: Period, by: TimeDimension): Day[] {
  const found: Day[] = [];
  for (let start = bucketOf(from, by); start <= to; start = nextBucket(start, by)) found.push(start);
  return found;
}

function nextBucket(start: Day, by: TimeDimension): Day {
  if (by === 'month') return addMonths(start, 1);
  return addDays(start, by === 'week' ? 7 : 1);
}
