import { addDays, addMonths, type Day, daysBetween } from '../../../../kernel/day.ts';
import { ratio, rounded } from '../../../../kernel/ratio.ts';
import type { Share } from './shares.ts';

export interface PlannedPosition {
  opens: Day;
  closes: Day | null;
  headcount: number;
  /** What one head costs in a month from a day on, in ten-thousandths. */
  costs: { from: Day; monthly: bigint }[];
  shares: Share[];
}

export interface MonthStaffing {
  /** The first day of the month. */
  month: Day;
  /** Heads of the positions that are there on its last day, and how many people fill them, parts of people added up. */
  headcount: number;
  assignedPercent: number;
  /** Of the days of the month on which positions are there, in ten-thousandths. */
  cost: bigint;
  /** Positions that are there on some day without anything said of what they cost. */
  unpriced: number;
}

const isThere = ({ opens, closes }: Pick<PlannedPosition, 'opens' | 'closes'>, day: Day): boolean => opens <= day && (closes === null || day <= closes);

/** Heads and what they cost, month by month. A position that is there for a part of a month costs as many of its days as it is there; what a month costs is rounded once. */
export function staffingOf(positions: readonly PlannedPosition[], from: Day, months: number): MonthStaffing[] {
  const priced = positions.map((position) => ({ ...position, costs: position.costs.toSorted((a, b) => (a.from < b.from ? 1 : -1)) }));
  return Array.from({ length: months }, (_, n) => {
    const month = addMonths(from, n);
    const last = addDays(addMonths(from, n + 1), -1);
    const days = Array.from({ length: daysBetween(month, last) + 1 }, (_day, at) => addDays(month, at));
    const there = priced.filter(({ opens, closes }) => opens <= last && (closes === null || closes >= month));
    const atEnd = there.filter((position) => isThere(position, last));
    let sum = 0n;
    const unpriced = new Set<PlannedPosition>();
    for (const position of there) {
      for (const day of days) {
        if (!isThere(position, day)) continue;
        const cost = position.costs.find((each) => each.from <= day);
        if (cost) sum += BigInt(position.headcount) * cost.monthly;
        else unpriced.add(position);
      }
    }
    return {
      month,
      headcount: atEnd.reduce((heads, { headcount }) => heads + headcount, 0),
      assignedPercent: atEnd.flatMap(({ shares }) => shares).filter((share) => share.from <= last && (share.to === null || share.to >= last)).reduce((percent, { sharePercent }) => percent + sharePercent, 0),
      cost: rounded(ratio(sum, BigInt(days.length))),
      unpriced: unpriced.size,
    };
  });
}
