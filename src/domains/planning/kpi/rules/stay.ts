import { type Day, daysBetween } from '../../../../kernel/day.ts';
import { formatDecimal } from '../../../../kernel/decimal.ts';
import { type Ratio, ratio, rounded, times } from '../../../../kernel/ratio.ts';
import type { BetterFigures, CardPart } from '../../contract.ts';
import { exactly, partFault } from './score-line.ts';

interface Days {
  from: Day;
  until: Day;
}

const daysOf = ({ from, until }: Days): bigint => BigInt(daysBetween(from, until) + 1);

/**
 * What a card asks for in a part of its days: of what adds up, as much as is of those days; everything else as it is. Whoever is in a position
 * for ten days is not held against the sales of a month.
 */
export function partsWithin(parts: readonly CardPart[], whole: Days, own: Days, addsUp: (part: CardPart) => boolean): CardPart[] {
  const share = ratio(daysOf(own), daysOf(whole));
  if (share.n === share.d) return [...parts];
  return parts.map((part) => {
    if (!('better' in part) || !addsUp(part)) return part;
    const scaled = { ...part, better: betterOf(part.better, share) };
    // Of figures of ten-thousandths nothing may be left that a curve could be drawn by.
    return partFault(scaled) === null ? scaled : part;
  });
}

function betterOf(better: BetterFigures, share: Ratio): BetterFigures {
  const part = (figure: string): string => {
    const own = times(exactly(figure), share);
    const whole = rounded(own);
    // From one on hundredths are enough, and can be read.
    return formatDecimal(whole === 0n ? rounded(times(own, ratio(10_000n))) : rounded(times(own, ratio(100n))) * 100n);
  };
  if (better.is === 'within') return { ...better, low: part(better.low), high: part(better.high), slack: part(better.slack) };
  return { ...better, target: part(better.target), floor: part(better.floor) };
}
