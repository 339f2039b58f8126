import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { parseDecimal } from '../../../kernel/decimal.ts';
import { type Locale, locales } from '../../../kernel/locale.ts';
import { consentChannel, consentPurpose } from '../../customers/contract.ts';

const count = z.number().int().min(0).max(1_000_000_000);
const months = z.number().int().min(1).max(240);
/** What definitions call their things by; it stays the same when names change. */
export const programmeKey = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);
/** A decimal that is not below zero, as text: exact. */
export const decimalText = z.string().refine((text) => (parseDecimal(text) ?? -1n) >= 0n, { params: { said: 'not_an_amount' } });

const name = z.string().trim().min(1).max(60).optional();
/** What people read, in at least one language: see `nameIn`. */
export const names = z.object({ 'zh-CN': name, 'zh-TW': name, en: name }).refine((each) => locales.some((locale) => each[locale]));
export type Names = z.output<typeof names>;

/** A name in a language, or in the first that there is. */
export const nameIn = (given: Names, locale: Locale): string => given[locale] ?? locales.map((each) => given[each]).find((text) => text !== undefined) ?? '';

/** So many for each full amount of money: 1 for each 10.00. */
const rate = z.object({ amount: count, per: decimalText });

/** What of an order's money counts. Goods always do, less what coupons, points and gift cards paid of them unless it counts too. */
const counts = z.object({ tax: z.boolean(), freight: z.boolean(), couponPaid: z.boolean(), pointsPaid: z.boolean(), giftCardPaid: z.boolean() });

const joining = z.object({
  /** `buyers` join by their first order, whoever is known under `everybody`, and under `application` those who ask to. */
  who: z.enum(['everybody', 'buyers', 'application']),
  /** Of those who came by these channels; of all where none is named. */
  channels: z.array(z.string().min(1).max(100)).max(50),
  consent: z.object({ channel: consentChannel, purpose: consentPurpose }).nullable(),
  /** Whether an order that makes somebody a member counts itself, and what was bought before it. */
  counts: z.enum(['after_joining', 'with_joining_order', 'everything']),
});

const tier = z.object({
  key: programmeKey,
  names,
  color: z.string().regex(/^#[0-9a-f]{6}$/),
  icon: z.enum(['seedling', 'leaf', 'flower', 'tree', 'star', 'medal', 'crown', 'gem']),
  /** Growth it takes to reach it. The first tier is reached by joining. */
  entry: count,
  /** Growth in a cycle it takes to keep it; null keeps it for ever. */
  keep: count.nullable(),
  /** How many points somebody of this tier may owe after a return. */
  debtLimit: count,
});

const growth = z.object({
  perMoney: rate,
  perOrder: count,
  counts,
  /** Given by activities of these kinds: sign-ins, tasks. */
  activities: z.record(programmeKey, count),
});

const clock = z.object({
  /**
   * When a tier is looked at again: so many months after it was reached, at anniversaries of joining, at the end of periods of
   * the calendar that begin in `startMonth`, or always, by what the last months came to.
   */
  kind: z.enum(['tier_start', 'join_anniversary', 'calendar', 'rolling']),
  months,
  startMonth: z.number().int().min(1).max(12),
});

const tierRules = z.object({
  clock,
  /** Days for which a tier is kept after its standard was missed, to make up for it. */
  graceDays: z.number().int().min(0).max(366),
  /** Days a tier is kept at least. */
  minimumDays: z.number().int().min(0).max(3_660),
  drop: z.enum(['one_level', 'recompute', 'none']),
  /** When growth that a return took away may cost the tier. */
  refunds: z.enum(['at_once', 'at_review', 'never']),
  /** Whether drops at a review wait for somebody to approve them. */
  review: z.enum(['by_itself', 'approved']),
  /** Gifts of the tiers that were skipped by one rise. */
  intermediateGifts: z.enum(['all', 'final']),
  giftsOnRefund: z.enum(['keep', 'take_back']),
});

/** What makes points of a line or an order more. */
const multiplier = z.object({
  key: programmeKey,
  names,
  when: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('tier'), tiers: z.array(programmeKey).min(1) }),
    z.object({ kind: z.literal('product'), products: z.array(z.string().min(1).max(200)).min(1).max(1_000) }),
    z.object({ kind: z.literal('category'), categories: z.array(z.string().min(1).max(200)).min(1).max(200) }),
    z.object({ kind: z.literal('channel'), channels: z.array(z.string().min(1).max(100)).min(1).max(50) }),
    z.object({ kind: z.literal('birthday'), span: z.enum(['day', 'week', 'month']) }),
    z.object({ kind: z.literal('member_day'), days: z.discriminatedUnion('by', [
      z.object({ by: z.literal('month_day'), monthDays: z.array(z.number().int().min(1).max(31)).min(1) }),
      z.object({ by: z.literal('weekday'), weekdays: z.array(z.number().int().min(1).max(7)).min(1) }),
      z.object({ by: z.literal('date'), dates: z.array(daySchema).min(1).max(100) }),
    ]) }),
  ]),
  factor: decimalText,
});
export type Multiplier = z.output<typeof multiplier>;

const expiry = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('never') }),
  /** So many months after they were earned, then to the end of what is named. */
  z.object({ kind: z.literal('duration'), months, roundTo: z.enum(['day', 'month', 'quarter', 'year']) }),
  /** On this day of each year, at least so many months after they were earned. */
  z.object({ kind: z.literal('fixed_date'), month: z.number().int().min(1).max(12), day: z.number().int().min(1).max(31), afterMonths: z.number().int().min(0).max(120) }),
  /** With the month, quarter or year they were earned in, or so many later. */
  z.object({ kind: z.literal('end_of_period'), period: z.enum(['month', 'quarter', 'year']), periods: z.number().int().min(0).max(40) }),
  /** When nothing was earned or spent for so long. */
  z.object({ kind: z.literal('inactivity'), months }),
]);

const points = z.object({
  rate,
  counts,
  rounding: z.enum(['down', 'half_up', 'up']),
  multipliers: z.array(multiplier).max(50),
  combine: z.enum(['product', 'highest']),
  /** Further points for an order of at least so much; the highest that is reached counts. */
  thresholds: z.array(z.object({ from: decimalText, points: count })).max(20),
  caps: z.object({ perOrder: count.nullable(), perDay: count.nullable(), perMonth: count.nullable() }),
  /** Days until they can be spent: the time in which orders can be returned. */
  pendingDays: z.number().int().min(0).max(366),
  expiry,
  /** For how long points are good that come back after they would have ended. */
  reinstatementDays: z.number().int().min(0).max(366),
  takeBack: z.enum(['only_pending', 'within_balance', 'debt']),
  /** Money one point pays at a checkout, and how much of a bill points may pay at most, in percent. */
  worth: decimalText,
  mostOfBill: z.number().int().min(0).max(100),
});

/** Points that are exchanged by themselves when a day begins, by whoever has at least so many that can be spent. */
const autoRedeem = z.object({
  points: count,
  /** What of the mall it is for, at its price; 0 while it is not chosen yet. */
  itemNo: z.number().int().min(0).max(2_147_483_647),
  /** How often at most in a month; once a day in any case. */
  perMonth: z.number().int().min(1).max(31).nullable(),
});

/** Everything a membership programme promises. Amounts are in the brand's currency; growth and points are whole numbers. */
export const programmeDefinition = z.object({
  names,
  joining,
  /** From the lowest to the highest. */
  tiers: z.array(tier).min(1).max(20),
  growth,
  tierRules,
  points,
  autoRedeem: autoRedeem.nullable().default(null),
  /** How what was bought before the first version counts: by the rules, or as a balance to begin with. */
  settlement: z.enum(['by_rules', 'opening_balances']),
  /** Where those go who hold a tier that this version no longer has. */
  removedTiers: z.record(programmeKey, programmeKey),
});
export type ProgrammeDefinition = z.output<typeof programmeDefinition>;
export type Tier = ProgrammeDefinition['tiers'][number];
export type TierRules = ProgrammeDefinition['tierRules'];
export type PointsRules = ProgrammeDefinition['points'];
