import type { ProgrammeDefinition } from '../../contract/programme.ts';
import { names, paidForGoods, tier, tierMultiplier } from './parts.ts';

/** A brand that sells what is used up: four tiers by a year's spending, a birthday month, a member day, points that end after a year. */
export const consumerGoods = (): ProgrammeDefinition => ({
  names: names('常青会', '常青會', 'Evergreen Club'),
  joining: { who: 'buyers', channels: [], consent: null, counts: 'with_joining_order' },
  tiers: [
    tier('sprout', names('新芽会员', '新芽會員', 'Sprout'), { color: '#8fb573', icon: 'seedling' }, 0, null),
    tier('leaf', names('青叶会员', '青葉會員', 'Leaf'), { color: '#3f8f5f', icon: 'leaf' }, 800, 600, 200),
    tier('blossom', names('花信会员', '花信會員', 'Blossom'), { color: '#c05a86', icon: 'flower' }, 2_500, 2_000, 500),
    tier('evergreen', names('长青会员', '長青會員', 'Evergreen'), { color: '#a8791c', icon: 'tree' }, 6_000, 5_000, 1_000),
  ],
  growth: { perMoney: { amount: 1, per: '1' }, perOrder: 0, counts: paidForGoods, activities: { sign_in: 1, task: 10 } },
  tierRules: {
    clock: { kind: 'tier_start', months: 12, startMonth: 1 }, graceDays: 30, minimumDays: 90, drop: 'one_level', refunds: 'at_review',
    review: 'by_itself', intermediateGifts: 'final', giftsOnRefund: 'keep',
  },
  points: {
    rate: { amount: 1, per: '1' }, counts: paidForGoods, rounding: 'down',
    multipliers: [
      tierMultiplier('leaf', names('青叶会员加成', '青葉會員加成', 'Leaf bonus'), '1.1'),
      tierMultiplier('blossom', names('花信会员加成', '花信會員加成', 'Blossom bonus'), '1.25'),
      tierMultiplier('evergreen', names('长青会员加成', '長青會員加成', 'Evergreen bonus'), '1.5'),
      { key: 'birthday', names: names('生日月双倍', '生日月雙倍', 'Birthday month'), when: { kind: 'birthday', span: 'month' }, factor: '2' },
      { key: 'member_day', names: names('每月 18 日会员日', '每月 18 日會員日', 'Member day'), when: { kind: 'member_day', days: { by: 'month_day', monthDays: [18] } }, factor: '2' },
    ],
    combine: 'highest',
    thresholds: [{ from: '500', points: 100 }, { from: '1000', points: 300 }],
    caps: { perOrder: 20_000, perDay: null, perMonth: null },
    pendingDays: 7, expiry: { kind: 'duration', months: 12, roundTo: 'month' }, reinstatementDays: 30, takeBack: 'debt', worth: '0.01', mostOfBill: 50,
  },
  autoRedeem: null,
  settlement: 'by_rules',
  removedTiers: {},
});
