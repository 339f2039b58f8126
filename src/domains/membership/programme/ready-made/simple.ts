import type { ProgrammeDefinition } from '../../contract/programme.ts';
import { names, paidForGoods, tier } from './parts.ts';

/** Points for what is bought, and a second tier that stays: the least one has to explain. */
export const simple = (): ProgrammeDefinition => ({
  names: names('积分计划', '積分計畫', 'Points'),
  joining: { who: 'everybody', channels: [], consent: null, counts: 'with_joining_order' },
  tiers: [
    tier('member', names('会员', '會員', 'Member'), { color: '#4f7cac', icon: 'star' }, 0, null),
    tier('friend', names('老朋友', '老朋友', 'Friend'), { color: '#b8860b', icon: 'crown' }, 1_000, null),
  ],
  growth: { perMoney: { amount: 1, per: '1' }, perOrder: 0, counts: paidForGoods, activities: {} },
  tierRules: {
    clock: { kind: 'tier_start', months: 12, startMonth: 1 }, graceDays: 0, minimumDays: 0, drop: 'none', refunds: 'never',
    review: 'by_itself', intermediateGifts: 'final', giftsOnRefund: 'keep',
  },
  points: {
    rate: { amount: 1, per: '1' }, counts: paidForGoods, rounding: 'down', multipliers: [], combine: 'highest', thresholds: [],
    caps: { perOrder: null, perDay: null, perMonth: null },
    pendingDays: 7, expiry: { kind: 'inactivity', months: 24 }, reinstatementDays: 30, takeBack: 'within_balance', worth: '0.01', mostOfBill: 100,
  },
  autoRedeem: null,
  settlement: 'by_rules',
  removedTiers: {},
});
