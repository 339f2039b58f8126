import { addDays, type Day, dayIn, startOfDay } from '../../../../kernel/day.ts';

/** When what is given at a moment lapses; null where it lasts. The day it is given is its first, and the last day is whole. */
export function lapseOf({ validDays, validUntil }: { validDays: number | null; validUntil: Day | null }, at: Date, timeZone: string): Date | null {
  const ends = [
    ...(validDays === null ? [] : [addDays(dayIn(timeZone, at), validDays)]),
    ...(validUntil === null ? [] : [addDays(validUntil, 1)]),
  ].sort();
  return ends.length === 0 ? null : startOfDay(ends[0], timeZone);
}
