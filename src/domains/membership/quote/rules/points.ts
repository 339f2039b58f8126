import type { PointsReason } from '../../contract/quote.ts';
import { smaller, type Units } from './money.ts';

export interface PointsAsked {
  wanted: number | 'all';
  available: number;
  /** Ten-thousandths of money that a point pays. */
  worth: bigint;
  /** Ten-thousandths of the smallest unit. */
  unit: bigint;
  /** Percent of a bill that points may pay. */
  mostOfBill: number;
}

export interface PointsUsed {
  points: number;
  money: Units;
  reason: PointsReason | null;
}

export const noPoints = (reason: PointsReason | null): PointsUsed => ({ points: 0, money: 0n, reason });

/**
 * The points that pay of a bill what was wanted, and not one more: the fewest that clear it where points may pay all of it, else the fewest for
 * as much as they may pay. More than there is, more than is needed, points that come to no whole unit: none of it is refused.
 */
export function pointsFor(bill: Units, { wanted, available, worth, unit, mostOfBill }: PointsAsked): PointsUsed {
  if (wanted === 0) return noPoints(null);
  if (bill === 0n) return noPoints('enough');
  if (worth === 0n || mostOfBill === 0) return noPoints('not_taken');
  const most = (bill * BigInt(mostOfBill)) / 100n;
  // The last point of a bill that points clear may be worth more than is left; a share of a bill is never exceeded.
  const useful = most === bill ? (bill * unit + worth - 1n) / worth : ((most + 1n) * unit - 1n) / worth;
  const given = BigInt(wanted === 'all' ? available : Math.min(wanted, available));
  const money = smaller((smaller(given, useful) * worth) / unit, most);
  const points = (money * unit + worth - 1n) / worth;
  const reason = (): PointsReason | null => {
    if (points === BigInt(wanted === 'all' ? given : wanted)) return null;
    if (money === bill) return 'enough';
    if (given > useful) return 'most_of_bill';
    return points === given ? 'has_fewer' : 'whole_units';
  };
  return { points: Number(points), money, reason: reason() };
}
