import { addDays, type Day } from '../../../../kernel/day.ts';

const isLeap = (year: number): boolean => new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;

/** Whose birthdays are celebrated on a day, as `MM-DD`: in other years, those of 29 February on the 28th. */
export function bornOn(day: Day): string[] {
  const own = day.slice(5);
  return own === '02-28' && !isLeap(Number(day.slice(0, 4))) ? [own, '02-29'] : [own];
}

/** The birthdays for which a gift is due on a day that comes some days before them, and the year it counts for. */
export function birthdaysDue(today: Day, daysBefore: number): { year: number; monthDays: string[] } {
  const birthday = addDays(today, daysBefore);
  return { year: Number(birthday.slice(0, 4)), monthDays: bornOn(birthday) };
}
