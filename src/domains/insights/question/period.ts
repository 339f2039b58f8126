import { addDays, addMonths, type Day, daysBetween } from '../../../kernel/day.ts';
import type { TimeDimension } from '../contract.ts';

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
