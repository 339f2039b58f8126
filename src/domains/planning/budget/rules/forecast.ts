import type { Amounts } from './decide.ts';
import { type Month, monthAfter, monthsBetween, type Staffing } from './months.ts';

export interface LineCourse extends Amounts {
  fromMonth: Month;
  untilMonth: Month;
  /** What was spent in each month that has any. */
  spentIn: ReadonlyMap<Month, bigint>;
  /** Of people: what months to come cost, by the positions there are then. */
  known?: Staffing | undefined;
}

/** Months whose pace is taken to go on. */
const paceMonths = 3;

/**
 * What a line will have spent by the last month of a year, or its own last: the more of what is spent and held already, and of
 * what is spent with the pace of its last three whole months going on, or with what is known of the months to come. Money is in ten-thousandths.
 */
export function forecast({ fromMonth, untilMonth, spentIn, known, ...amounts }: LineCourse, now: Month, yearEnd: Month): bigint {
  const held = amounts.spent + amounts.committed + amounts.reserved;
  const last = untilMonth < yearEnd ? untilMonth : yearEnd;
  const earliest = monthAfter(now, -paceMonths);
  const whole = monthsBetween(fromMonth > earliest ? fromMonth : earliest, monthAfter(now, -1));
  const of = (month: Month): bigint => spentIn.get(month) ?? 0n;
  if (known && last >= now) {
    const going = monthsBetween(fromMonth > now ? fromMonth : now, last).reduce((all, month) => all + ((known.get(month) ?? 0n) > of(month) ? (known.get(month) ?? 0n) - of(month) : 0n), amounts.spent);
    return going > held ? going : held;
  }
  if (last < now || whole.length === 0) return held;
  const pace = whole.reduce((all, month) => all + of(month), 0n) / BigInt(whole.length);
  const still = pace > of(now) ? pace - of(now) : 0n;
  const going = amounts.spent + still + pace * BigInt(monthsBetween(monthAfter(now), last).length);
  return going > held ? going : held;
}

/**
 * What of a line will have been spent within a year: what it will have come to by the end of it beyond what it had by the end of the year before.
 * `spentIn` is by the months of the line.
 */
export function forecastWithin(line: LineCourse, now: Month, year: number): bigint {
  const by = (end: Month): bigint => {
    if (line.fromMonth > end) return 0n;
    // What is over is known, but of a line that ends there, which may still owe what it holds.
    if (end < now && line.untilMonth > end) return [...line.spentIn].reduce((all, [month, spent]) => (month <= end ? all + spent : all), 0n);
    return forecast(line, now, end);
  };
  return by(`${year}-12`) - by(`${year - 1}-12`);
}
