import type { PointsRules } from '../../contract/programme.ts';
import { type Base, baseOf } from './base.ts';
import { type Buyer, floor, least, type Order, type OrderLine, plus, type Ratio, type Refund, sum, times, zero } from './order.ts';
import { type EarnedPoints, thresholdAt, weightsOf } from './points.ts';

/** What came back of each line, and whether all of it did. */
export interface Returned {
  of: Map<OrderLine, bigint>;
  total: bigint;
  isWhole: boolean;
}

/**
 * Which lines refunds are of: those of their product as far as they go; what is beyond it, or of no line, is part of all that is left.
 * More than the whole order never comes back.
 */
export function returnedOf({ lines }: Pick<Order, 'lines'>, refunds: readonly Refund[]): Returned {
  const goods = sum(lines.map(({ amount }) => amount));
  const of = new Map(lines.map((line) => [line, 0n]));
  const left = (line: OrderLine): bigint => line.amount - (of.get(line) ?? 0n);
  let rest = 0n;
  for (const { productId, amount } of refunds) {
    let open = amount;
    for (const line of lines) {
      if (line.productId !== productId || open <= 0n || left(line) <= 0n) continue;
      const some = least(open, left(line));
      of.set(line, (of.get(line) ?? 0n) + some);
      open -= some;
    }
    rest += open;
  }
  const kept = lines.filter((line) => left(line) > 0n);
  const room = sum(kept.map(left));
  const spread = least(rest, room);
  // Rounded where the line ends, counted from the first: so the parts are whole ten-thousandths, add up, and none is more than its line.
  let passed = 0n;
  for (const line of spread > 0n ? kept : []) {
    const open = left(line);
    of.set(line, (of.get(line) ?? 0n) + (spread * (passed + open)) / room - (spread * passed) / room);
    passed += open;
  }
  const total = sum(refunds.map(({ amount }) => amount));
  return { of, total: least(total, goods > 0n ? goods : 0n), isWhole: total >= goods };
}

/** What comes back of points, by what had given them. */
export type TakenBack = Pick<EarnedPoints, 'points' | 'regular' | 'bonus'>;

/**
 * How many of an order's points its returns take back in all: of what the rate gave, the part that came back, rounded down; of what a
 * threshold gave, what the rest of the order no longer reaches. All of them when all came back, never more.
 */
export function pointsTakenBack(order: Order, earned: Pick<EarnedPoints, 'points' | 'regular' | 'bonus'>, refunds: readonly Refund[], rules: PointsRules, buyer: Buyer, timeZone: string): TakenBack {
  if (refunds.length === 0 || earned.points === 0) return { points: 0, regular: 0, bonus: 0 };
  const returned = returnedOf(order, refunds);
  if (returned.isWhole) return earned;
  const base = baseOf(order, rules.counts);
  const weights = weightsOf(order, base, rules, buyer, timeZone);
  const gone = [...returned.of].map(([line, amount]) => part(weights.of(line), amount, line.amount)).reduce(plus, zero);
  const regular = Number(shareOf(BigInt(earned.regular), gone, weights.total));
  const stillReached = thresholdAt(restOf(base, returned), rules.thresholds)?.points ?? 0;
  const bonus = Math.max(0, earned.bonus - stillReached);
  return { points: regular + bonus, regular, bonus };
}

const part = (weight: Ratio, amount: bigint, whole: bigint): Ratio => (amount === 0n || whole <= 0n ? zero : times(weight, { over: amount, under: whole }));

/** A whole number times a part of a whole, rounded down, between zero and the number. */
export function shareOf(amount: bigint, gone: Ratio, whole: Ratio): bigint {
  if (whole.over <= 0n || gone.over <= 0n) return 0n;
  return least(amount, floor({ over: amount * gone.over * whole.under, under: gone.under * whole.over }));
}

/** What of the base is left when so much of the goods came back. */
export const restOf = (base: Base, { total }: Returned): Ratio =>
  (base.goods === 0n ? zero : { over: base.total * base.goods - base.ofGoods * total, under: base.goods });
