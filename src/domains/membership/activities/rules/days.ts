import { addDays, type Day } from '../../../../kernel/day.ts';
import type { DayRule } from '../../contract/activities.ts';

const dayMs = 86_400_000;
/** 1 is Monday. The first of January 1970 was a Thursday. */
export const weekdayOf = (day: Day): number => (((Date.parse(`${day}T00:00:00Z`) / dayMs + 3) % 7) + 7) % 7 + 1;
const lastOfMonth = (day: Day): number => new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).getUTCDate();

/** Whether a day of the brand's calendar is one of them. */
export function isDayOf(rule: DayRule, day: Day): boolean {
  const date = Number(day.slice(8));
  switch (rule.on) {
    case 'dates': return rule.dates.includes(day);
    case 'month_days': return rule.days.includes(date) || (rule.days.includes('last') && date === lastOfMonth(day));
    case 'weekdays': return rule.weekdays.includes(weekdayOf(day));
    case 'nth_weekday': return weekdayOf(day) === rule.weekday && (rule.nth === 'last' ? date + 7 > lastOfMonth(day) : Math.ceil(date / 7) === rule.nth);
    case 'year_days': return rule.days.includes(day.slice(5));
  }
}

/** Those of them from one day to another, both included. */
export function daysOf(rule: DayRule, from: Day, to: Day): Day[] {
  const found: Day[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) if (isDayOf(rule, day)) found.push(day);
  return found;
}

/** The next of them from a day on, at most so many; a rule that names 29 February has one every four years. */
export function nextDays(rule: DayRule, from: Day, most: number, lookAheadDays = 3_000): Day[] {
  const found: Day[] = [];
  for (let day = from, n = 0; n < lookAheadDays && found.length < most; day = addDays(day, 1), n++) if (isDayOf(rule, day)) found.push(day);
  return found;
}
