import { addDays, addMonths, type Day, dayIn, startOfDay } from '../../../kernel/day.ts';

/** A moment of the past as of which something is reckoned: facts before it count, and none after. */
export interface TimePoint {
  /** The last day that counts. */
  day: Day;
  before: Date;
}

const endOf = (day: Day, timeZone: string): TimePoint => ({ day, before: startOfDay(addDays(day, 1), timeZone) });

/** The last day of the month a day is in. */
const lastOfMonth = (day: Day): Day => addDays(addMonths(`${day.slice(0, 7)}-01`, 1), -1);

/** The ends of so many months that are over, and the moment itself: the newest first. */
export function monthPoints(asOf: Date, timeZone: string, months = 12): TimePoint[] {
  const today = dayIn(timeZone, asOf);
  const ends = Array.from({ length: months }, (_, i) => endOf(lastOfMonth(addMonths(`${today.slice(0, 7)}-01`, -i - 1)), timeZone));
  return [{ day: today, before: asOf }, ...ends];
}

/** The same of weeks, which end on Sunday. */
export function weekPoints(asOf: Date, timeZone: string, weeks = 12): TimePoint[] {
  const today = dayIn(timeZone, asOf);
  const weekday = (new Date(`${today}T12:00:00Z`).getUTCDay() + 6) % 7;
  const ends = Array.from({ length: weeks }, (_, i) => endOf(addDays(today, -weekday - 1 - 7 * i), timeZone));
  return [{ day: today, before: asOf }, ...ends];
}
