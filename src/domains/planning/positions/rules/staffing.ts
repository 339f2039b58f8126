import { addDays, addMonths, type Day, daysBetween } from '../../../../kernel/day.ts';
import { decimalScale } from '../../../../kernel/decimal.ts';
import { ratio, rounded } from '../../../../kernel/ratio.ts';
import { holds, type Share } from './shares.ts';

export interface PlannedPosition {
  opens: Day;
  closes: Day | null;
  headcount: number;
  /** What one head costs in a month from a day on, in ten-thousandths. */
  costs: { from: Day; monthly: bigint }[];
  shares: Share[];
}

/** Of a month by its days: what is there for half of them counts half. Figures are in ten-thousandths and rounded once. */
export interface MonthStaffing {
  /** The first day of the month. */
  month: Day;
  /** Heads of positions, and how many people fill them, parts of people added up. */
  heads: bigint;
  filled: bigint;
  /** What the positions cost with all their heads, and what those who fill them cost. */
  cost: bigint;
  filledCost: bigint;
  /** Positions that are there on some day without anything said of what they cost. */
  unpriced: number;
  /** True where somebody is there of whom it is not said what they cost. */
  isPayUnknown: boolean;
}

const isThere = ({ opens, closes }: Pick<PlannedPosition, 'opens' | 'closes'>, day: Day): boolean => opens <= day && (closes === null || day <= closes);
const shareOn = (shares: readonly Share[], day: Day): bigint => BigInt(shares.reduce((sum, share) => (holds(share, day) ? sum + share.sharePercent : sum), 0));
const wholePercent = 100n;
/** One head. */
const exactOne = 10n ** BigInt(decimalScale);

/** Heads, who fills them and what that costs, month by month and exact to the day: who comes, leaves or takes another share in the middle of a month counts for the days before and after. */
export function staffingOf(positions: readonly PlannedPosition[], from: Day, months: number): MonthStaffing[] {
  const priced = positions.map((position) => ({ ...position, costs: position.costs.toSorted((a, b) => (a.from < b.from ? 1 : -1)) }));
  return Array.from({ length: months }, (_, n) => staffingIn(priced, addMonths(from, n)));
}

/** Of positions whose newest cost comes first. */
function staffingIn(positions: readonly PlannedPosition[], month: Day): MonthStaffing {
  const length = daysBetween(month, addMonths(month, 1) as Day);
  const days = Array.from({ length }, (_day, at) => addDays(month, at));
  const sums = { heads: 0n, percent: 0n, cost: 0n, percentCost: 0n };
  const unpriced = new Set<PlannedPosition>();
  let isPayUnknown = false;
  for (const position of positions.filter(({ opens, closes }) => opens <= days[length - 1] && (closes === null || closes >= month))) {
    for (const day of days) {
      if (!isThere(position, day)) continue;
      const [heads, percent, cost] = [BigInt(position.headcount), shareOn(position.shares, day), position.costs.find((each) => each.from <= day)];
      sums.heads += heads;
      sums.percent += percent;
      if (cost === undefined) unpriced.add(position);
      if (cost === undefined && percent > 0n) isPayUnknown = true;
      sums.cost += heads * (cost?.monthly ?? 0n);
      sums.percentCost += percent * (cost?.monthly ?? 0n);
    }
  }
  const [ofMonth, whole] = [BigInt(length), wholePercent * BigInt(length)];
  return {
    month, heads: rounded(ratio(sums.heads * exactOne, ofMonth)), filled: rounded(ratio(sums.percent * exactOne, whole)),
    cost: rounded(ratio(sums.cost, ofMonth)), filledCost: rounded(ratio(sums.percentCost, whole)), unpriced: unpriced.size, isPayUnknown,
  };
}
