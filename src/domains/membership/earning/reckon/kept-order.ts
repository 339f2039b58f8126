import { hash } from 'node:crypto';
import { formatDecimal } from '../../../../kernel/decimal.ts';
import type { Multiplier } from '../../contract/programme.ts';
import type { Order, Refund } from '../rules/order.ts';

/** An order as facts tell of it. Without lines nothing was sold, or it is not known yet, or not any more. */
export interface FoundOrder extends Order {
  orderKey: string;
  /** The number its facts carry. */
  customerNo: number;
  refunds: readonly Refund[];
  /** When it was paid; null where facts do not tell that apart from when it was placed. */
  paidAt: number | null;
}

/** What an order has earned, and by what that is known again. */
export interface KeptOrder {
  orderKey: string;
  customerNo: number;
  orderId: string;
  placedAt: number;
  versionNo: number;
  /** Fingerprint of what was sold. */
  sold: string;
  /** Multipliers of the whole order that applied. */
  applied: readonly string[];
  /** Multipliers of activities that were on, as they were. */
  extras: readonly Multiplier[];
  /** What was earned, before anything came back. */
  regular: number;
  bonus: number;
  byMoney: number;
  perOrder: number;
  /** What it should come to now: what was earned, less what came back. */
  points: number;
  growth: number;
  /** What returns should have taken and did not get. */
  shortfall: number;
  /** How many entries it made so far; the next takes the next number into its key. */
  entries: number;
  /** Of each earning that made points: its number, and how many of them can still be taken back. */
  earnings: readonly (readonly [entry: number, left: number])[];
}

/** Names what was sold: the same lines, in whatever order, and the same payment. */
export function soldOf({ lines, payment }: Pick<Order, 'lines' | 'payment'>): string {
  const said = [...lines.map(({ productId, category, amount }) => JSON.stringify([productId, category, formatDecimal(amount)])).sort(), ...Object.values(payment).map(formatDecimal)].join();
  return hash('sha256', said, 'buffer').readBigInt64LE(0).toString();
}
