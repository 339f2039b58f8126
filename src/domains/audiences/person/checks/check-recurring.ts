import type { ResolvedCondition } from '../../resolve/resolved.ts';
import type { Check } from './check.ts';
import { timeSelector } from './select-facts.ts';
import { dayFinder, startOfPeriod } from './zone-days.ts';

/** In how many days, weeks or months of the range something was done. */
export function checkRecurring({ facts, every, times, range, zone }: Extract<ResolvedCondition, { kind: 'recurring' }>): Check {
  const timesOf = timeSelector(facts, range);
  const dayOf = dayFinder(zone);
  return (person) => {
    const days = new Set(timesOf(person).map(dayOf));
    const periods = every === 'day' ? days.size : new Set([...days].map((day) => startOfPeriod(every, day))).size;
    return { holds: periods >= times, found: { number: BigInt(periods) * 10_000n } };
  };
}
