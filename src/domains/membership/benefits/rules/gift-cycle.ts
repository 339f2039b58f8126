import { addMonths, dayIn, startOfDay } from '../../../../kernel/day.ts';

/** When a member reached a tier, and when the cycle began that this counts in. */
export interface Reached {
  at: number;
  cycleStart: number;
}

/**
 * The beginning of the cycle that a gift for a tier is given in: once a member, tier and cycle. Where a tier is lost and reached again, its
 * clock may begin anew, but as long as the cycle of an earlier gift lasts this is that one's, so that going up and down earns nothing.
 */
export function giftCycle({ at, cycleStart }: Reached, earlier: readonly number[], months: number, timeZone: string): number {
  const lasts = (start: number): boolean => {
    const end = startOfDay(addMonths(dayIn(timeZone, new Date(start)), months), timeZone).getTime();
    return start <= at && at < end;
  };
  return earlier.filter(lasts).reduce((first, start) => Math.min(first, start), cycleStart);
}
