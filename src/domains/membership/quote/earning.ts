import type { Cart } from '../contract/quote.ts';
import { availableAt, expiresAt } from '../earning/rules/validity.ts';
import { growthOf } from '../earning/rules/growth.ts';
import type { Order } from '../earning/rules/order.ts';
import { nothingBefore, pointsOf } from '../earning/rules/points.ts';
import type { Pause, Version } from '../programme/programme.ts';
import type { KnownBuyer } from './buyer.ts';
import type { CartLine } from './read-cart.ts';
import type { Bill } from './rules/bill.ts';
import { sumOf } from './rules/money.ts';

/** What an order is earned by, beside what it comes to. */
interface Placed {
  version: Version | null;
  pauses: readonly Pause[];
  buyer: KnownBuyer | null;
  placedAt: number;
  timeZone: string;
  unit: bigint;
}

/** What a bill earns once it is paid, if nothing comes back; null where nothing is earned: without a programme, in a pause, by nobody. */
export function earningOf(bill: Bill, lines: readonly CartLine[], { channel }: Pick<Cart, 'channel'>, placed: Placed) {
  const { version, pauses, buyer, placedAt, timeZone } = placed;
  if (!version || !buyer?.isMember || pauses.some(({ from, until }) => from <= placedAt && (until === null || placedAt < until))) return null;
  const { points: rules, growth } = version.definition;
  const order = asOrder(bill, lines, channel, placed);
  const { points, derivation } = pointsOf(order, rules, { tier: buyer.tier, birthDate: null }, nothingBefore, timeZone);
  const available = availableAt(placedAt, rules.pendingDays, timeZone);
  const end = expiresAt(rules.expiry, placedAt, timeZone);
  return {
    points, growth: growthOf(order, growth).growth, derivation: { ...derivation, versionNo: version.versionNo },
    availableAt: new Date(available).toISOString(), expiresAt: end === null ? null : new Date(end).toISOString(),
  };
}

function asOrder({ lines, verdicts, freight, tax }: Bill, bought: readonly CartLine[], channel: string, { placedAt, unit }: Placed): Order {
  const coupons = verdicts.filter(({ layer, accepted }) => accepted && layer.kind === 'coupon');
  return {
    orderId: '', placedAt, channel,
    lines: lines.map(({ net }, i) => ({ productId: bought[i].productId, category: bought[i].category, amount: net * unit })),
    payment: {
      tax: tax * unit, freight: freight * unit, giftCardPaid: 0n,
      couponPaid: sumOf(coupons.map(({ amount }) => amount)) * unit,
      // Points that pay freight take nothing from what the goods earn.
      pointsPaid: sumOf(lines.map(({ pointsMoney }) => pointsMoney)) * unit,
    },
  };
}
