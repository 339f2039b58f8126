import { addDays, addMonths, type Day, dayIn, startOfDay } from '../../../kernel/day.ts';
import type { CalendarUnit, Period, Point } from '../contract/values.ts';
import type { TimeRange } from './resolved.ts';

/** When a rule is asked. Facts from `untilMs` on do not count; null for the present, in which whatever is there counts. */
export interface Present {
  now: Date;
  timeZone: string;
  untilMs: number | null;
}

const hourMs = 3_600_000;
const minuteMs = 60_000;

/** The end of a past day: what counted then, by what is known of it now. */
export function endOfDay(day: Day, timeZone: string): Present {
  const until = startOfDay(addDays(day, 1), timeZone);
  return { now: new Date(until.getTime() - 1), timeZone, untilMs: until.getTime() };
}

/** The days there are facts of, and more months than lie between them. */
const [firstDay, lastDay] = ['1900-01-02', '2199-12-31'];
const mostMonths = 12 * 400;

function daysFrom(today: Day, amount: number, unit: 'day' | 'week' | 'month' | 'year'): Day {
  const months = Math.min(Math.max(unit === 'month' ? amount : 12 * amount, -mostMonths), mostMonths);
  const day = unit === 'day' || unit === 'week' ? addDays(today, unit === 'week' ? 7 * amount : amount) : addMonths(today, months);
  return day < firstDay ? firstDay : day > lastDay ? lastDay : day;
}

/** The first day of a part of the calendar and the day after its last. */
function calendarDays(unit: CalendarUnit, ago: number, today: Day): { first: Day; next: Day } {
  if (unit === 'week') {
    const first = addDays(mondayOf(today), -7 * ago);
    return { first, next: addDays(first, 7) };
  }
  const months = unit === 'month' ? 1 : 12;
  const first = addMonths(unit === 'month' ? `${today.slice(0, 7)}-01` : `${today.slice(0, 4)}-01-01`, -months * ago);
  return { first, next: addMonths(first, months) };
}

const mondayOf = (day: Day): Day => addDays(day, 1 - (new Date(`${day}T12:00:00Z`).getUTCDay() || 7));

/** The day or the exact moment that a point means. The present is cut to the minute, so that an answer holds for as long. */
function placeOf(point: Point, side: 'from' | 'to', { now, timeZone }: Present): { day: Day } | { ms: number } {
  if (typeof point === 'string') return { day: point };
  if ('calendar' in point) {
    const { first, next } = calendarDays(point.calendar, point.ago, dayIn(timeZone, now));
    return { day: side === 'from' ? first : addDays(next, -1) };
  }
  const amount = 'ago' in point ? -point.ago : point.ahead;
  if (point.unit === 'hour') return { ms: Math.floor(now.getTime() / minuteMs) * minuteMs + amount * hourMs };
  return { day: daysFrom(dayIn(timeZone, now), amount, point.unit) };
}

/** A period as moments. The end of the present bounds it in any case. */
export function rangeOf({ from, to }: Period, present: Present): TimeRange {
  const start = from && placeOf(from, 'from', present);
  const end = to && placeOf(to, 'to', present);
  const fromMs = start ? ('day' in start ? startOfDay(start.day, present.timeZone).getTime() : start.ms) : null;
  const untilMs = end ? ('day' in end ? startOfDay(addDays(end.day, 1), present.timeZone).getTime() : end.ms) : null;
  return { fromMs, untilMs: earlier(untilMs, present.untilMs) };
}

/** A period as days of the calendar; an hour means the day it lies in. */
export function daysOf({ from, to }: Period, present: Present): { from: Day | null; to: Day | null } {
  const day = (point: Point, side: 'from' | 'to'): Day => {
    const place = placeOf(point, side, present);
    return 'day' in place ? place.day : dayIn(present.timeZone, new Date(place.ms));
  };
  return { from: from ? day(from, 'from') : null, to: to ? day(to, 'to') : null };
}

/** `MM-DD` of every day from so many days after today to so many. In a year without it, 29 February comes on the 28th. */
export function monthDays(from: number, to: number, { now, timeZone }: Present): string[] {
  const today = dayIn(timeZone, now);
  const found = new Set<string>();
  for (let days = from; days <= to; days++) {
    const day = addDays(today, days);
    found.add(day.slice(5));
    if (day.endsWith('-02-28') && addDays(day, 1).endsWith('-03-01')) found.add('02-29');
  }
  return [...found].sort();
}

/** The first day of the calendar's day, week (from Monday) or month so many periods before the present one. */
export function startOfPeriods(every: 'day' | 'week' | 'month', periods: number, { now, timeZone }: Present): Date {
  const today = dayIn(timeZone, now);
  if (every === 'day') return startOfDay(addDays(today, -periods), timeZone);
  if (every === 'month') return startOfDay(addMonths(`${today.slice(0, 7)}-01`, -periods), timeZone);
  return startOfDay(addDays(mondayOf(today), -7 * periods), timeZone);
}

const earlier = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : Math.min(a, b));
