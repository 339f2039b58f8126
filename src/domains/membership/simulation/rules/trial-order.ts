import type { Order, Payment, Refund } from '../../earning/rules/order.ts';
import type { Tokens } from './marks.ts';

/** An order as a trial reads it: money in whole ten-thousandths, products and what programmes tell apart as numbers. */
export interface TrialOrder {
  placedAt: number;
  /** Marks of its channel. */
  channel: number;
  lines: readonly TrialLine[];
  refunds: readonly TrialRefund[];
  payment: TrialPayment;
}

export interface TrialLine {
  product: number;
  marks: number;
  amount: number;
}

export interface TrialRefund {
  product: number;
  amount: number;
  at: number;
}

export const payments = ['tax', 'freight', 'couponPaid', 'pointsPaid', 'giftCardPaid'] as const;
export type TrialPayment = Record<(typeof payments)[number], number>;
export const unpaid: TrialPayment = { tax: 0, freight: 0, couponPaid: 0, pointsPaid: 0, giftCardPaid: 0 };

/** The same as the rules of earning take it. */
export function orderOf({ placedAt, channel, lines, payment }: TrialOrder, tokens: Tokens): Order {
  return {
    orderId: '', placedAt, channel: tokens.of(channel),
    lines: lines.map(({ product, marks, amount }) => ({ productId: String(product), category: tokens.of(marks), amount: BigInt(amount) })),
    payment: Object.fromEntries(payments.map((part) => [part, BigInt(payment[part])])) as unknown as Payment,
  };
}

export const refundsOf = (refunds: readonly TrialRefund[]): Refund[] => refunds.map(({ product, amount, at }) => ({ productId: String(product), amount: BigInt(amount), at }));
