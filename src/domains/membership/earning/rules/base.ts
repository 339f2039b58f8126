import type { PointsRules } from '../../contract/programme.ts';
import { most, type Order, sum } from './order.ts';

type Counts = PointsRules['counts'];

/** What of an order's money counts, in ten-thousandths. */
export interface Base {
  /** What the lines come to: the measure of what comes back. */
  goods: bigint;
  /** What of the goods counts. */
  ofGoods: bigint;
  /** Tax and freight, where they count. */
  extras: bigint;
  total: bigint;
}

const nothing: Base = { goods: 0n, ofGoods: 0n, extras: 0n, total: 0n };

/**
 * The part of an order that earns: its goods, what coupons took off where that counts, less what was paid with points and gift
 * cards unless that counts, and tax and freight where they count. Nothing for an order whose goods come to nothing.
 */
export function baseOf({ lines, payment: { tax, freight, couponPaid, pointsPaid, giftCardPaid } }: Pick<Order, 'lines' | 'payment'>, counts: Counts): Base {
  const goods = sum(lines.map(({ amount }) => amount));
  if (goods <= 0n) return nothing;
  const paidOtherwise = (counts.pointsPaid ? 0n : pointsPaid) + (counts.giftCardPaid ? 0n : giftCardPaid);
  const ofGoods = most(0n, goods + (counts.couponPaid ? couponPaid : 0n) - paidOtherwise);
  const extras = (counts.tax ? tax : 0n) + (counts.freight ? freight : 0n);
  return { goods, ofGoods, extras, total: ofGoods + extras };
}
