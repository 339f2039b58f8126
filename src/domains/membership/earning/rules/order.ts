/** A line of an order: what its goods came to after discounts, in ten-thousandths of the currency. */
export interface OrderLine {
  productId: string;
  category: string;
  amount: bigint;
}

/** What of an order's money is not goods, or was not paid with money; in ten-thousandths. */
export interface Payment {
  /** On top of the goods. */
  tax: bigint;
  freight: bigint;
  /** What coupons took off: not in the lines any more. */
  couponPaid: bigint;
  /** Part of what the lines come to. */
  pointsPaid: bigint;
  giftCardPaid: bigint;
}
export const noPayment: Payment = { tax: 0n, freight: 0n, couponPaid: 0n, pointsPaid: 0n, giftCardPaid: 0n };

/** An order as it was placed, whatever came back of it. */
export interface Order {
  orderId: string;
  placedAt: number;
  channel: string;
  lines: readonly OrderLine[];
  payment: Payment;
}

/** What came back of an order at one moment; `amount` is above zero. Without a product it is part of every line. */
export interface Refund {
  productId: string;
  amount: bigint;
  at: number;
}

/** Of whom it depends what an order earns: as they were when it was placed. */
export interface Buyer {
  tier: string | null;
  /** `1990-02-29`, where it is known. */
  birthDate: string | null;
  /** Multipliers of the whole order that applied, where that was found out before: then nothing else is asked. */
  applied?: readonly string[];
}

/** A number that is not rounded yet. `under` is above zero. */
export interface Ratio {
  over: bigint;
  under: bigint;
}
export const zero: Ratio = { over: 0n, under: 1n };
export const one: Ratio = { over: 1n, under: 1n };

export const sum = (amounts: Iterable<bigint>): bigint => {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return total;
};
export const most = (a: bigint, b: bigint): bigint => (a > b ? a : b);
export const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
export const plus = (a: Ratio, b: Ratio): Ratio => (a.under === b.under ? { over: a.over + b.over, under: a.under } : { over: a.over * b.under + b.over * a.under, under: a.under * b.under });
export const times = (a: Ratio, b: Ratio): Ratio => ({ over: a.over * b.over, under: a.under * b.under });
export const isMore = (a: Ratio, b: Ratio): boolean => a.over * b.under > b.over * a.under;
/** Down, of what is not below zero. */
export const floor = ({ over, under }: Ratio): bigint => over / under;
