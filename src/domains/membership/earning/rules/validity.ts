import { addDays, addMonths, type Day, dayIn, startOfDay } from '../../../../kernel/day.ts';
import type { PointsRules } from '../../contract/programme.ts';

type Expiry = PointsRules['expiry'];
type Period = 'day' | 'month' | 'quarter' | 'year';

const starts = new Map<string, number>();
const startsKept = 20_000;

/** The first moment of a day in a time zone; days are asked for again and again. */
export function startMs(day: Day, timeZone: string): number {
  const key = `${day} ${timeZone}`;
  let start = starts.get(key);
  if (start === undefined) {
    if (starts.size >= startsKept) starts.clear();
    starts.set(key, (start = startOfDay(day, timeZone).getTime()));
  }
  return start;
}

/** The moment from which points of an order can be spent: at once, or when so many whole days have passed since its own. */
export const availableAt = (placedAt: number, pendingDays: number, timeZone: string): number =>
  (pendingDays === 0 ? placedAt : startMs(addDays(dayIn(timeZone, new Date(placedAt)), pendingDays + 1), timeZone));

/**
 * The moment at which points end that were earned at another: the first after the last day they are good for, in the calendar of the
 * brand; null for never. A month has its last day where it lacks the day: the 31st of January and a month is the end of February.
 */
export function expiresAt(expiry: Expiry, earnedAt: number, timeZone: string): number | null {
  if (expiry.kind === 'never') return null;
  const day = dayIn(timeZone, new Date(earnedAt));
  const key = `${day} ${timeZone}`;
  let known = ends.get(expiry);
  if (!known || known.size >= startsKept) ends.set(expiry, (known = new Map()));
  let end = known.get(key);
  if (end === undefined) known.set(key, (end = endAfter(lastDayOf(expiry, day), timeZone)));
  return end;
}

/** Of rules that were asked before, by the day points were earned on: years of orders are of few days. */
const ends = new WeakMap<Expiry, Map<string, number | null>>();
const endAfter = (last: Day | null, timeZone: string): number | null => (last === null ? null : startMs(addDays(last, 1), timeZone));

function lastDayOf(expiry: Expiry, day: Day): Day | null {
  switch (expiry.kind) {
    case 'never': return null;
    case 'duration': return endOf(expiry.roundTo, addMonths(day, expiry.months));
    case 'end_of_period': return endOf(expiry.period, addMonths(`${day.slice(0, 7)}-01`, expiry.periods * monthsOf[expiry.period]));
    case 'inactivity': return addMonths(day, expiry.months);
    case 'fixed_date': {
      const from = addMonths(day, expiry.afterMonths);
      const [first, next] = [0, 1].map((more) => dateIn(Number(from.slice(0, 4)) + more, expiry.month, expiry.day));
      return first >= from ? first : next;
    }
  }
}

const monthsOf = { month: 1, quarter: 3, year: 12 };

/** A day of a year; the month's last where it lacks the day. */
const dateIn = (year: number, month: number, date: number): Day => {
  const lastDate = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1, Math.min(date, lastDate))).toISOString().slice(0, 10);
};

/** The last day of the month, quarter or year a day is in. */
function endOf(period: Period, day: Day): Day {
  if (period === 'day') return day;
  const length = monthsOf[period];
  const month = Number(day.slice(5, 7));
  return dateIn(Number(day.slice(0, 4)), Math.ceil(month / length) * length, 31);
}
