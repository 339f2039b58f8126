import type { Amounts } from './decide.ts';
import { type Month, monthAfter, monthsBetween } from './months.ts';

export interface LineCourse extends Amounts {
  fromMonth: Month;
  untilMonth: Month;
  /** What was spent in each month that has any. */
  spentIn: ReadonlyMap<Month, bigint>;
}

/** Months whose pace is taken to go on. */
const paceMonths = 3;

/**
 * What a line will have spent by the last month of a year, or its own last: the more of what is spent and held already, and of
 * what is spent with the pace of its last three whole months going on. Money is in ten-thousandths.
 */
export function forecast({ fromMonth, untilMonth, spentIn, ...amounts }: LineCourse, now: Month, yearEnd: Month): bigint {
  const held = amounts.spent + amounts.committed + amounts.reserved;
  const last = untilMonth < yearEnd ? untilMonth : yearEnd;
  const earliest = monthAfter(now, -paceMonths);
  const whole = monthsBetween(fromMonth > earliest ? fromMonth : earliest, monthAfter(now, -1));
  if (last < now || whole.length === 0) return held;
  const of = (month: Month): bigint => spentIn.get(month) ?? 0n;
  const pace = whole.reduce((all, month) => all + of(month), 0n) / BigInt(whole.length);
  const still = pace > of(now) ? pace - of(now) : 0n;
  const going = amounts.spent + still + pace * BigInt(monthsBetween(monthAfter(now), last).length);
  return going > held ? going : held;
}
