import type { PointsRules } from '../src/domains/membership/contract/programme.ts';
import { noPayment, type Order } from '../src/domains/membership/earning/rules/order.ts';

/** A point for each unit of money, of goods alone. */
export const plainPoints: PointsRules = {
  rate: { amount: 1, per: '1' },
  counts: { tax: false, freight: false, couponPaid: false, pointsPaid: false, giftCardPaid: false },
  rounding: 'down',
  multipliers: [],
  combine: 'product',
  thresholds: [],
  caps: { perOrder: null, perDay: null, perMonth: null },
  pendingDays: 0,
  expiry: { kind: 'never' },
  reinstatementDays: 0,
  takeBack: 'debt',
  worth: '0.01',
  mostOfBill: 100,
};

export const nobody = { tier: null, birthDate: null };

/** An order of so many lines, of these amounts in ten-thousandths. */
export const orderOf = (amounts: readonly bigint[], categoryOf: (line: number) => string, more: Partial<Order> = {}): Order => ({
  orderId: 'O', placedAt: 0, channel: '', payment: noPayment, lines: amounts.map((amount, i) => ({ productId: `p${i}`, category: categoryOf(i), amount })), ...more,
});
