import { addDays, dayIn, startOfDay } from '../../../kernel/day.ts';
import type { Present } from './moments.ts';
import type { NumberTest, TimeRange } from './resolved.ts';
import { wholeNumbers } from './whole-numbers.ts';

/** As far back as the calendar goes. */
const mostDays = 100_000n;
const within = (value: bigint): number => Number(value < -mostDays ? -mostDays : value > mostDays ? mostDays : value);

/** When something happened of which so many days have passed, counted in days of the calendar: 0 is today. */
export function momentsSince(test: NumberTest, { now, timeZone }: Present): TimeRange[] {
  const today = dayIn(timeZone, now);
  const startOf = (daysAgo: bigint): number => startOfDay(addDays(today, -within(daysAgo)), timeZone).getTime();
  return wholeNumbers(test).map(([from, to]) => ({
    fromMs: to === null || to > mostDays ? null : startOf(to),
    untilMs: from === null ? null : startOf(from - 1n),
  }));
}
