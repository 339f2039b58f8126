import { addDays, addMonths, dayIn, startOfDay, type Day } from '../../../../kernel/day.ts';
import type { Ground, Period } from './decide-one.ts';

/** The day and the month that it is by a time zone's calendar. */
export function periodsAt(timeZone: string, now: Date): Ground['periods'] {
  const today = dayIn(timeZone, now);
  const first = `${today.slice(0, 7)}-01`;
  const period = (beginsOn: Day, next: Day): Period => ({ beginsOn, beganMs: startOfDay(beginsOn, timeZone).getTime(), endsMs: startOfDay(next, timeZone).getTime() });
  return { day: period(today, addDays(today, 1)), month: period(first, addMonths(first, 1)) };
}

/** Completed years on a day. */
export function ageOn(today: Day, birthDate: Day): number {
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return today.slice(5) < birthDate.slice(5) ? years - 1 : years;
}
