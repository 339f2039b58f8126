import { addDays, type Day, daysBetween } from '../../../../kernel/day.ts';
import { plus, type Ratio, ratio } from '../../../../kernel/ratio.ts';
import { holds, type Share } from '../../positions/rules/shares.ts';
import { type Scored, scoreCard } from './scorecard.ts';

/** A time in one position and the score its card had; both days belong to it. What part of their time it took, as far as the plan says. */
export interface Stay {
  from: Day;
  until: Day;
  total: Ratio | null;
  shares: readonly Share[];
}

/**
 * Somebody who had several positions within a period: the cards' scores, each by its days. A day on which they had two is shared by the parts of
 * their time, or evenly where the plan does not say the part of each; so every day weighs the same. A card without a score gives its time to
 * the others. The weights are of 100, in the order of the stays.
 */
export function splitByTime(stays: readonly Stay[]): { total: Ratio | null; weights: Ratio[] } {
  const turns = [...new Set(stays.flatMap(({ from, until, shares }) => [from, addDays(until, 1), ...shares.flatMap((share) => [share.from, ...(share.to === null ? [] : [addDays(share.to, 1)])])]))].sort();
  const times = stays.map(() => ratio(0n));
  turns.slice(0, -1).forEach((from, n) => {
    const present = stays.flatMap((stay, at) => (stay.from <= from && from <= stay.until ? [{ at, percent: percentOn(stay, from) }] : []));
    const isSaid = present.every(({ percent }) => percent > 0);
    const whole = present.reduce((sum, { percent }) => sum + percent, 0);
    for (const { at, percent } of present) times[at] = plus(times[at], ratio(BigInt(daysBetween(from, turns[n + 1]) * (isSaid ? percent : 1)), BigInt(isSaid ? whole : present.length)));
  });
  const { total, weights }: Scored = scoreCard(stays.map((stay, at) => ({ key: String(at), weight: times[at], score: stay.total })));
  return { total, weights: stays.map((_, at) => weights.get(String(at))!) };
}

const percentOn = ({ shares }: Stay, day: Day): number => shares.reduce((sum, share) => sum + (holds(share, day) ? share.sharePercent : 0), 0);
