import type { ProgrammeDefinition } from '../../contract/programme.ts';
import { names, paidForGoods, tier, tierMultiplier } from './parts.ts';

/** Shops in many places: membership is applied for at the till, tiers follow the calendar year, all points end with the next one. */
export const retailChain = (): ProgrammeDefinition => ({
  names: names('会员俱乐部', '會員俱樂部', 'Members’ club'),
  joining: { who: 'application', channels: [], consent: { channel: 'sms', purpose: 'service' }, counts: 'after_joining' },
  tiers: [
    tier('basic', names('普卡会员', '普卡會員', 'Basic'), { color: '#7a869a', icon: 'star' }, 0, null),
    tier('silver', names('银卡会员', '銀卡會員', 'Silver'), { color: '#8c9aa8', icon: 'medal' }, 3_000, 2_000),
    tier('gold', names('金卡会员', '金卡會員', 'Gold'), { color: '#b8860b', icon: 'crown' }, 10_000, 8_000),
  ],
  growth: { perMoney: { amount: 1, per: '1' }, perOrder: 20, counts: paidForGoods, activities: {} },
  tierRules: {
    clock: { kind: 'calendar', months: 12, startMonth: 1 }, graceDays: 31, minimumDays: 60, drop: 'recompute', refunds: 'at_once',
    review: 'approved', intermediateGifts: 'all', giftsOnRefund: 'keep',
  },
  points: {
    rate: { amount: 1, per: '10' }, counts: paidForGoods, rounding: 'down',
    multipliers: [
      tierMultiplier('silver', names('银卡加成', '銀卡加成', 'Silver bonus'), '1.2'),
      tierMultiplier('gold', names('金卡加成', '金卡加成', 'Gold bonus'), '1.5'),
      { key: 'member_day', names: names('周三会员日', '週三會員日', 'Member Wednesday'), when: { kind: 'member_day', days: { by: 'weekday', weekdays: [3] } }, factor: '2' },
    ],
    combine: 'product', thresholds: [], caps: { perOrder: null, perDay: 2_000, perMonth: null },
    pendingDays: 15, expiry: { kind: 'end_of_period', period: 'year', periods: 1 }, reinstatementDays: 30, takeBack: 'within_balance', worth: '0.1', mostOfBill: 30,
  },
  autoRedeem: null,
  settlement: 'opening_balances',
  removedTiers: {},
});
