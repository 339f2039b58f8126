import type { Day } from '../../../../kernel/day.ts';

/** A part of somebody's time, between two days and with both of them; without an end for good. */
export interface Share {
  sharePercent: number;
  from: Day;
  to: Day | null;
}

export const holds = ({ from, to }: Share, day: Day): boolean => from <= day && (to === null || day <= to);

/** The first of the days on which the parts add up to most, with the sum and what it is made of; null without any. Sums only rise where a part begins, so these days are enough to look at. */
export function busiestDay<S extends Share>(shares: readonly S[]): { day: Day; percent: number; of: S[] } | null {
  let busiest: { day: Day; percent: number; of: S[] } | null = null;
  for (const day of [...new Set(shares.map(({ from }) => from))].sort()) {
    const of = shares.filter((share) => holds(share, day));
    const percent = of.reduce((sum, { sharePercent }) => sum + sharePercent, 0);
    if (busiest === null || percent > busiest.percent) busiest = { day, percent, of };
  }
  return busiest;
}
