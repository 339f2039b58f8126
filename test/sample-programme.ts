import type pg from 'pg';
import { type ProgrammeDefinition, programmeDefinition } from '../src/domains/membership/contract/programme.ts';

const goods = { tax: false, freight: false, couponPaid: false, pointsPaid: false, giftCardPaid: false };

/** A plain programme for tests: a point for each unit of money, growth likewise, three tiers looked at a year after they were reached. */
export function sampleProgramme(changes: { [K in keyof ProgrammeDefinition]?: ProgrammeDefinition[K] extends unknown[] ? ProgrammeDefinition[K] : Partial<ProgrammeDefinition[K]> } = {}): ProgrammeDefinition {
  const tier = (key: string, entry: number, keep: number | null) =>
    ({ key, names: { 'zh-CN': `${key}会员`, en: key }, color: '#999999', icon: 'star', entry, keep, debtLimit: 100 }) as const;
  const plain: ProgrammeDefinition = {
    names: { 'zh-CN': '会员俱乐部', en: 'The club' },
    joining: { who: 'buyers', channels: [], consent: null, counts: 'everything' },
    tiers: [tier('silver', 0, null), tier('gold', 1_000, 800), tier('black', 5_000, 4_000)],
    growth: { perMoney: { amount: 1, per: '1' }, perOrder: 0, counts: goods, activities: {} },
    tierRules: { clock: { kind: 'tier_start', months: 12, startMonth: 1 }, graceDays: 0, minimumDays: 0, drop: 'one_level', refunds: 'at_review', review: 'by_itself', intermediateGifts: 'all', giftsOnRefund: 'keep' },
    points: {
      rate: { amount: 1, per: '1' }, counts: goods, rounding: 'down', multipliers: [], combine: 'product', thresholds: [],
      caps: { perOrder: null, perDay: null, perMonth: null }, pendingDays: 0, expiry: { kind: 'never' }, reinstatementDays: 30, takeBack: 'within_balance', worth: '0.01', mostOfBill: 100,
    },
    autoRedeem: null,
    settlement: 'by_rules',
    removedTiers: {},
  };
  return programmeDefinition.parse(Object.fromEntries(Object.entries(plain).map(([key, value]) => {
    const change = changes[key as keyof ProgrammeDefinition];
    return [key, change === undefined ? value : Array.isArray(change) || typeof change !== 'object' ? change : { ...(value as object), ...change }];
  })));
}

/** Puts a version in force from a moment, past the checks of publishing. Returns its number. */
export async function publishSample(pool: pg.Pool, definition: ProgrammeDefinition, startsAt: string): Promise<number> {
  const { rows } = await pool.query<{ versionNo: number }>(
    `insert into programme_version (definition, state, starts_at, edited_by, edited_at, published_by, published_at)
      values ($1, 'published', $2, 'test', $2, 'test', $2) returning version_no as "versionNo"`, [definition, startsAt]);
  return rows[0].versionNo;
}
