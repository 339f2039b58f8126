import { dayIn } from '../../../kernel/day.ts';
import type { Locale } from '../../../kernel/locale.ts';
import { Problem } from '../../../kernel/problem.ts';
import { type Brand, readBrand } from '../../../platform/settings.ts';
import type { Cart, Quote } from '../contract/quote.ts';
import type { Activities } from '../activities/activities.ts';
import { isMemberDay } from '../earning/rules/factors.ts';
import { balanceOf } from '../ledger/person.ts';
import { readPerson } from '../ledger/store/load.ts';
import type { MembershipDoors } from '../part.ts';
import type { Version } from '../programme/programme.ts';
import { findBuyer, type KnownBuyer, shownTier } from './buyer.ts';
import { earningOf } from './earning.ts';
import { exact, money, readLayers, readLines } from './read-cart.ts';
import { memberLayers, type CheckoutBenefits } from './member-layers.ts';
import { billOf, type Bill } from './rules/bill.ts';
import type { Agreed } from './rules/returns.ts';
import { sumOf, unitOf, unitsText } from './rules/money.ts';
import { sayFreight, sayLayer, sayPoints } from './sentences.ts';

export type QuoteDoors = Pick<MembershipDoors, 'platform' | 'programme' | 'members' | 'customers' | 'say'> & { benefits: CheckoutBenefits | null; multipliers: Activities['multipliers'] };

const minuteMs = 60_000;
/** A clock at a checkout may be a little ahead. */
const toleranceMs = 5 * minuteMs;

/** What a cart costs and earns at a moment, with what of it can come back. */
export async function makeQuote(doors: QuoteDoors, cart: Cart, locale: Locale): Promise<{ answer: Omit<Quote, 'quoteId'>; agreed: Agreed; unit: bigint }> {
  const { platform: { pg, clock }, programme } = doors;
  const now = clock.now();
  const placedAt = placedWhen(cart, now.getTime());
  const [brand, version, pauses] = await Promise.all([readBrand(pg), programme.at(placedAt), programme.pauses()]);
  const unit = unitOf(brand.currency);
  const buyer = await findBuyer(doors, cart.customer);
  const available = buyer ? balanceOf(await readPerson(pg, buyer.lineage), now.getTime()).available : 0;
  const lines = readLines(cart, unit);
  const multipliersOf = await doors.multipliers();
  const own = buyer?.isMember && doors.benefits ? await memberLayers(doors.benefits, { buyer, lines, placedAt, unit }) : { layers: [], freeFrom: null };
  const reserved = (await doors.benefits?.reservedFrom(buyer ?? { customerNo: 0, tier: null }, lines.map(({ productId }) => productId), placedAt)) ?? new Map<string, Date | null>();
  const bill = billOf({
    lines,
    layers: [...own.layers, ...readLayers(cart, unit, { member: buyer?.isMember ?? false, memberDay: isDay(version, placedAt, brand) })],
    freight: money(cart.freight, unit, 'body.freight'),
    freeFrom: own.freeFrom,
    tax: money(cart.tax, unit, 'body.tax'),
    points: buyer?.isMember ? { wanted: cart.points, available, unit, ...payingBy(version) } : null,
  });
  const names = new Map(cart.layers.map(({ key, name }) => [key, name || key]));
  return {
    unit,
    agreed: agreedOf(bill, lines),
    answer: {
      ...shownBill(bill, { unit, available, names: own.layers.reduce((all, { key, name }) => all.set(key, name[locale]), names), say: doors.say, locale, currency: brand.currency }),
      reserved: lines.filter(({ productId }) => reserved.has(productId)).map(({ key, productId }) => ({ line: key, until: reserved.get(productId)?.toISOString() ?? null })),
      ...shownBuyer(buyer, version, locale), currency: brand.currency,
      placedAt: new Date(placedAt).toISOString(), madeAt: now.toISOString(), validUntil: new Date(now.getTime() + cart.minutes * minuteMs).toISOString(),
      earns: await earningOf(doors.platform, bill, lines, cart, { version, pauses, buyer, placedAt, timeZone: brand.timeZone, unit, extras: multipliersOf({ placedAt, paidAt: null, channel: cart.channel }, { tier: buyer?.tier ?? null }) }),
    },
  };
}

function placedWhen({ placedAt, minutes }: Cart, now: number): number {
  const given = placedAt === undefined ? now : Date.parse(placedAt);
  if (given > now + toleranceMs) throw new Problem('membership.placed_in_future', { fields: [{ path: 'body.placedAt', code: 'too_late' }] });
  if (given < now - minutes * minuteMs) throw new Problem('membership.placed_too_long_ago', { params: { minutes }, fields: [{ path: 'body.placedAt', code: 'too_early' }] });
  return given;
}

const payingBy = (version: Version | null) => ({ worth: exact(version?.definition.points.worth ?? '0'), mostOfBill: version?.definition.points.mostOfBill ?? 0 });

/** Whether the moment's day, in the brand's calendar, is one of the programme's member days. */
function isDay(version: Version | null, placedAt: number, { timeZone }: Brand): boolean {
  const day = dayIn(timeZone, new Date(placedAt));
  return (version?.definition.points.multipliers ?? []).some(({ when }) => when.kind === 'member_day' && isMemberDay(when.days, day));
}

const shownBuyer = (buyer: KnownBuyer | null, version: Version | null, locale: Locale) =>
  ({ customerNo: buyer?.customerNo ?? null, isMember: buyer?.isMember ?? false, tier: shownTier(buyer?.tier ?? null, version, locale) });

function agreedOf({ lines, extras }: Bill, bought: ReturnType<typeof readLines>): Agreed {
  return { lines: lines.map(({ key, pay, points }, i) => ({ key, quantity: bought[i].quantity, pay, points })), extras: { pay: extras.pay, points: extras.points } };
}

interface Showing {
  unit: bigint;
  available: number;
  names: ReadonlyMap<string, string>;
  say: MembershipDoors['say'];
  locale: Locale;
  currency: string;
}

function shownBill(bill: Bill, showing: Showing) {
  const { unit, available, names } = showing;
  const text = (units: bigint): string => unitsText(units, unit);
  const list = sumOf(bill.lines.map((line) => line.list));
  const net = sumOf(bill.lines.map((line) => line.net));
  const memberPart = new Set(bill.verdicts.filter(({ layer, accepted }) => accepted && layer.kind === 'member_price').map(({ layer }) => layer.key));
  return {
    lines: bill.lines.map((line) => {
      const byPrice = line.discounts.filter(({ layer }) => memberPart.has(layer));
      return {
        line: line.key, list: text(line.list), net: text(line.net), points: line.points, pointsMoney: text(line.pointsMoney), pay: text(line.pay),
        memberPrice: byPrice.length > 0 ? text(line.list - sumOf(byPrice.map(({ amount }) => amount))) : null,
        discounts: line.discounts.map(({ layer, amount }) => ({ layer, amount: text(amount) })),
      };
    }),
    layers: bill.verdicts.map((verdict) => {
      const { layer: { key, kind, base }, accepted, amount, reason, by, missing } = verdict;
      return { key, name: names.get(key) ?? key, kind, base, accepted, amount: text(amount), reason, by, missing: text(missing), sentence: sayLayer(verdict, showing) };
    }),
    freight: { charged: text(bill.freight), free: text(bill.freightFree), tax: text(bill.tax), points: bill.extras.points, pointsMoney: text(bill.extras.pointsMoney), pay: text(bill.extras.pay), sentence: sayFreight(bill, showing) },
    points: { available, used: bill.points.points, money: text(bill.points.money), reason: bill.points.reason, sentence: sayPoints(bill.points, showing) },
    total: { list: text(list), discounts: text(list - net), net: text(net), pointsMoney: text(bill.points.money), pay: text(bill.pay) },
  };
}
