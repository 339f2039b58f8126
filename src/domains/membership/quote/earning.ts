import { addDays, addMonths, dayIn, startOfDay } from '../../../kernel/day.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { Multiplier } from '../contract/programme.ts';
import type { Cart, Quote } from '../contract/quote.ts';
import { birthDatesOf } from '../earning/orders/found-orders.ts';
import { asksFor, hasCaps } from '../earning/reckon/person.ts';
import { availableAt, expiresAt } from '../earning/rules/validity.ts';
import { growthOf } from '../earning/rules/growth.ts';
import type { Order } from '../earning/rules/order.ts';
import { type EarnedBefore, nothingBefore, pointsOf } from '../earning/rules/points.ts';
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
  /** What activities make of the points of such an order, beside the programme. */
  extras: readonly Multiplier[];
}

/** What a bill earns once it is paid, if nothing comes back; null where nothing is earned: without a programme, in a pause, by nobody. */
export async function earningOf(platform: Pick<Platform, 'pg' | 'reader'>, bill: Bill, lines: readonly CartLine[], { channel }: Pick<Cart, 'channel'>, placed: Placed): Promise<Quote['earns']> {
  const { version, pauses, buyer, placedAt, timeZone, extras } = placed;
  if (!version || !buyer?.isMember || pauses.some(({ from, until }) => from <= placedAt && (until === null || placedAt < until))) return null;
  const { points: promised, growth } = version.definition;
  const rules = { ...promised, multipliers: [...promised.multipliers, ...extras] };
  const order = asOrder(bill, lines, channel, placed);
  const [birthDate, before] = await Promise.all([
    asksFor([version], 'birthday') ? bornOn(platform, buyer) : null, hasCaps([version]) ? earnedBefore(platform, buyer, placedAt, timeZone) : nothingBefore,
  ]);
  const { points, derivation } = pointsOf(order, rules, { tier: buyer.tier, birthDate }, before, timeZone);
  const available = availableAt(placedAt, rules.pendingDays, timeZone);
  const end = expiresAt(rules.expiry, placedAt, timeZone);
  return {
    points, growth: growthOf(order, growth).growth, derivation: { ...derivation, versionNo: version.versionNo },
    availableAt: new Date(available).toISOString(), expiresAt: end === null ? null : new Date(end).toISOString(),
  };
}

async function bornOn({ reader }: Pick<Platform, 'reader'>, { lineage }: KnownBuyer): Promise<string | null> {
  const births = await birthDatesOf(reader, lineage);
  return lineage.map((no) => births.get(no)).find((born) => born !== undefined) ?? null;
}

/** What the person's other orders of that day and month earned: caps count it. */
async function earnedBefore({ pg }: Pick<Platform, 'pg'>, { lineage }: KnownBuyer, placedAt: number, timeZone: string): Promise<EarnedBefore> {
  const day = dayIn(timeZone, new Date(placedAt));
  const month = `${day.slice(0, 7)}-01`;
  const { rows } = await pg.query<EarnedBefore>(
    `select coalesce(sum(regular + bonus) filter (where placed_at >= $2 and placed_at < $3), 0)::bigint as day, coalesce(sum(regular + bonus), 0)::bigint as month
      from order_earning where customer_no = any($1::int[]) and placed_at >= $4 and placed_at < $5`,
    [lineage, startOfDay(day, timeZone), startOfDay(addDays(day, 1), timeZone), startOfDay(month, timeZone), startOfDay(addMonths(month, 1), timeZone)]);
  return rows[0];
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
