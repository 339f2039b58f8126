import { addDays, addMonths, type Day, dayIn, startOfDay } from '../../../../kernel/day.ts';

/** Days that moments were asked for; years of them are few. */
const starts = new Map<string, number>();
const mostKept = 50_000;

/** The first moment of a day. */
export function startOf(day: Day, timeZone: string): number {
  const key = `${timeZone} ${day}`;
  const known = starts.get(key);
  if (known !== undefined) return known;
  if (starts.size >= mostKept) starts.clear();
  const start = startOfDay(day, timeZone).getTime();
  starts.set(key, start);
  return start;
}

export const dayOf = (moment: number, timeZone: string): Day => dayIn(timeZone, new Date(moment));

/** The first start of a day that is not before a moment of the same time on another day. */
const firstStart = (moment: number, day: Day, timeZone: string): number =>
  startOf(startOf(dayOf(moment, timeZone), timeZone) === moment ? day : addDays(day, 1), timeZone);

/** The end of at least so many months. */
export const monthsLater = (moment: number, months: number, timeZone: string): number => firstStart(moment, addMonths(dayOf(moment, timeZone), months), timeZone);

/** The end of at least so many days. */
export const daysLater = (moment: number, days: number, timeZone: string): number => firstStart(moment, addDays(dayOf(moment, timeZone), days), timeZone);

/** Until when growth of a moment counts in a rolling window: to the end of the same date so many months later. Never earlier for what is later. */
export function leavesAt(moment: number, months: number, timeZone: string): number {
  const zone = `${timeZone} ${months}`;
  let ofQuarter = leaves.get(zone);
  if (!ofQuarter || ofQuarter.size >= mostQuarters) leaves.set(zone, (ofQuarter = new Map()));
  // Days turn between quarters of an hour.
  const quarter = Math.floor(moment / quarterMs);
  let left = ofQuarter.get(quarter);
  if (left === undefined) ofQuarter.set(quarter, (left = startOf(addDays(addMonths(dayOf(moment, timeZone), months), 1), timeZone)));
  return left;
}
const leaves = new Map<string, Map<number, number>>();
const quarterMs = 900_000;
/** Of ten years. */
const mostQuarters = 350_000;

export interface CyclePeriod {
  from: number;
  until: number;
}

/** Periods that repeat: of the calendar, or of somebody's own year. */
export interface Periods {
  at(moment: number): CyclePeriod;
}

/** Periods of so many months, the first of which begins on a day. */
function periodsFrom(anchor: Day, months: number, timeZone: string): Periods {
  const monthOf = (day: Day): number => 12 * Number(day.slice(0, 4)) + Number(day.slice(5, 7));
  return {
    at(moment) {
      const day = dayOf(moment, timeZone);
      let index = Math.floor((monthOf(day) - monthOf(anchor)) / months);
      if (addMonths(anchor, index * months) > day) index--;
      return { from: startOf(addMonths(anchor, index * months), timeZone), until: startOf(addMonths(anchor, (index + 1) * months), timeZone) };
    },
  };
}

export const calendarPeriods = (startMonth: number, months: number, timeZone: string): Periods => periodsFrom(`2000-${String(startMonth).padStart(2, '0')}-01`, months, timeZone);

export const anniversaryPeriods = (joinedAt: number, months: number, timeZone: string): Periods => periodsFrom(dayOf(joinedAt, timeZone), months, timeZone);

/** The first end of a period that lies a whole cycle after a moment. */
export function nextEnd(periods: Periods, moment: number, months: number, timeZone: string): number {
  const later = monthsLater(moment, months, timeZone);
  const { from, until } = periods.at(later);
  return from === later ? from : until;
}
