import { addDays, dayIn, startOfDay } from '../../../kernel/day.ts';
import type { Present } from './moments.ts';
import type { NumberTest, TimeRange } from './resolved.ts';

const scale = 10_000n;
const up = (value: bigint): bigint => (value > 0n ? (value + scale - 1n) / scale : value / scale);
const down = (value: bigint): bigint => (value < 0n ? (value - scale + 1n) / scale : value / scale);

/** Whole numbers from one to another, both included; null is open. */
type Whole = [from: bigint | null, to: bigint | null];

function wholeNumbers(test: NumberTest): Whole[] {
  if (test.is === 'between') return [[up(test.from), down(test.to)]];
  const { value } = test;
  switch (test.is) {
    case 'at_least': return [[up(value), null]];
    case 'more_than': return [[down(value) + 1n, null]];
    case 'at_most': return [[null, down(value)]];
    case 'less_than': return [[null, up(value) - 1n]];
    case 'equals': return [[up(value), down(value)]];
    case 'not_equals': return up(value) === down(value) ? [[null, up(value) - 1n], [down(value) + 1n, null]] : [[null, null]];
  }
}

/** As far back as the calendar goes. */
const mostDays = 100_000n;
const within = (value: bigint): number => Number(value < -mostDays ? -mostDays : value > mostDays ? mostDays : value);

/** When something happened of which so many days have passed, counted in days of the calendar: 0 is today. */
export function momentsSince(test: NumberTest, { now, timeZone }: Present): TimeRange[] {
  const today = dayIn(timeZone, now);
  const startOf = (daysAgo: bigint): number => startOfDay(addDays(today, -within(daysAgo)), timeZone).getTime();
  return wholeNumbers(test).filter(([from, to]) => from === null || to === null || from <= to).map(([from, to]) => ({
    fromMs: to === null || to > mostDays ? null : startOf(to),
    untilMs: from === null ? null : startOf(from - 1n),
  }));
}
