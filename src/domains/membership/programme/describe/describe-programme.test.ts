import { describe, expect, it } from 'vitest';
import { sampleProgramme } from '../../../../../test/sample-programme.ts';
import { createSay } from '../../../../platform/i18n.ts';
import type { Multiplier, ProgrammeDefinition } from '../../contract/programme.ts';
import { createWords } from '../words/phrase.ts';
import { describeProgramme } from './describe-programme.ts';

const brand = { name: '常青', timeZone: 'Asia/Shanghai', currency: 'CNY' };
const say = createSay();
type Changes = Parameters<typeof sampleProgramme>[0];

/** The sentence of a setting in English and in Chinese; null where nothing is said of it. */
function told(definition: ProgrammeDefinition, id: string): [string | null, string | null] {
  const phrase = describeProgramme(definition).find((statement) => statement.id === id)?.phrase;
  const [english, chinese] = (['en', 'zh-CN'] as const).map((locale) => phrase ? createWords(say, locale, brand, definition.tiers, new Map([[3, { 'zh-CN': '燕麦拿铁券', en: 'Oat latte' }]])).say(phrase) : null);
  return [english, chinese];
}

const joining = (changes: Partial<ProgrammeDefinition['joining']>): Changes => ({ joining: changes });
const rules = (changes: Partial<ProgrammeDefinition['tierRules']>): Changes => ({ tierRules: changes });
const points = (changes: Partial<ProgrammeDefinition['points']>): Changes => ({ points: changes });
const clock = (kind: ProgrammeDefinition['tierRules']['clock']['kind'], months = 12, startMonth = 1): Changes => rules({ clock: { kind, months, startMonth } });
const multiplied = (when: Multiplier['when'], factor = '2'): Changes => points({ multipliers: [{ key: 'extra', names: { en: 'Extra', 'zh-CN': '加成' }, when, factor }] });
const tiersWith = (changes: Partial<ProgrammeDefinition['tiers'][number]>): Changes => ({ tiers: sampleProgramme().tiers.map((tier, at) => (at === 1 ? { ...tier, ...changes } : tier)) });
const everything = { tax: true, freight: true, couponPaid: true, pointsPaid: true, giftCardPaid: true };

describe('a setting in words', () => {
  it.each<[Changes, string, string | null, string | null]>([
    [{}, 'autoRedeem', null, null],
    [{ autoRedeem: { points: 500, itemNo: 3, perMonth: 2 } }, 'autoRedeem', 'Whoever has 500 points to spend when a day begins exchanges points for a gift, by itself, at most 2 times a month', '每天零点，可用积分满 500 的会员自动兑换一份礼品，每人每月最多 2 次'],
    [{ autoRedeem: { points: 1_000, itemNo: 3, perMonth: null } }, 'autoRedeem', 'Whoever has 1,000 points to spend when a day begins exchanges points for a gift, by itself', '每天零点，可用积分满 1,000 的会员自动兑换一份礼品'],
    [{ autoRedeem: { points: 500, itemNo: 3, perMonth: 2 } }, 'autoRedeem.itemNo', 'What is exchanged for by itself is “Oat latte” of the mall, at its price there', '自动兑换积分商城的「燕麦拿铁券」，按商城标价扣积分'],
    // Of an item that is gone nobody knows more than its number.
    [{ autoRedeem: { points: 500, itemNo: 4, perMonth: 2 } }, 'autoRedeem.itemNo', 'What is exchanged for by itself is item 4 of the mall, at its price there', '自动兑换积分商城的 4 号商品，按商城标价扣积分'],
    [{}, 'names', 'The programme is called 会员俱乐部, The club', '制度名称：会员俱乐部、The club'],
    [
      joining({ who: 'everybody' }),
      'joining.who',
      'Everybody we know is a member',
      '所有登记在册的用户都是会员',
    ],
    [
      joining({ who: 'application' }),
      'joining.who',
      'Members are those who apply',
      '提交申请即可成为会员',
    ],
    [joining({ channels: [] }), 'joining.channels', null, null],
    [
      joining({ channels: ['天猫', '京东'] }),
      'joining.channels',
      'Only by these channels: 天猫, 京东',
      '仅限以下渠道的用户：天猫、京东',
    ],
    [
      joining({ consent: { channel: 'sms', purpose: 'marketing' } }),
      'joining.consent',
      'Needs consent to be contacted by text message (marketing)',
      '须同意通过短信接收信息（营销信息）',
    ],
    [
      joining({ counts: 'after_joining' }),
      'joining.counts',
      'What is bought after joining counts',
      '入会后的消费计入',
    ],
    [
      joining({ counts: 'with_joining_order' }),
      'joining.counts',
      'The order that makes somebody a member counts too',
      '入会当单也计入',
    ],
    [
      joining({ counts: 'everything' }),
      'joining.counts',
      'What was bought before joining counts as well',
      '入会前的消费一并计入',
    ],
    [{}, 'tier.silver', 'silver: by joining', 'silver会员：入会即可'],
    [{}, 'tier.silver.keep', null, null],
    [{}, 'tier.gold', 'gold: from 1,000 growth', 'gold会员：成长值达到 1,000'],
    [{}, 'tier.gold.keep', 'gold is kept by 800 growth in each cycle', 'gold会员保级：每个周期成长值不低于 800'],
    [
      tiersWith({ keep: null }),
      'tier.gold.keep',
      'gold, once reached, is kept for good',
      'gold会员一旦达到，永久有效',
    ],
    [tiersWith({ debtLimit: 0 }), 'tier.gold.debt', null, null],
    [
      tiersWith({ debtLimit: 1 }),
      'tier.gold.debt',
      'gold may owe one point after a return',
      'gold会员退货后最多可欠 1 积分',
    ],
    [
      tiersWith({ color: '#b8860b', icon: 'crown' }),
      'tier.gold.look',
      'gold looks like this: colour #b8860b, icon “crown”',
      'gold会员的外观：颜色 #b8860b，图标「皇冠」',
    ],
    [
      { growth: { perMoney: { amount: 2, per: '10.0' } } },
      'growth.perMoney',
      '2 growth for every ¥10.00 spent',
      '每消费 ¥10.00 得 2 成长值',
    ],
    [{ growth: { perMoney: { amount: 0, per: '1' } } }, 'growth.perMoney', null, null],
    [
      { growth: { perOrder: 20 } },
      'growth.perOrder',
      '20 growth for every order',
      '每笔订单另得 20 成长值',
    ],
    [
      { growth: { activities: { sign_in: 5 } } },
      'growth.activities.sign_in',
      'Signing in: 5 growth each time',
      '签到：每次得 5 成长值',
    ],
    [
      {},
      'growth.counts',
      'Counted for growth: goods. Not counted: tax, postage, what coupons paid, what points paid, what gift cards paid',
      '成长值计入：商品实付；不计入：税费、运费、优惠券抵扣、积分抵扣、礼品卡支付',
    ],
    [
      { growth: { counts: everything } },
      'growth.counts',
      'Counted for growth: goods, tax, postage, what coupons paid, what points paid, what gift cards paid, all of it',
      '成长值计入：商品实付、税费、运费、优惠券抵扣、积分抵扣、礼品卡支付，全部计入',
    ],
    [
      clock('tier_start', 6),
      'tierRules.clock',
      'A tier is reviewed 6 months after it was reached',
      '达到等级满 6 个月时复核',
    ],
    [
      clock('join_anniversary', 1),
      'tierRules.clock',
      'Tiers are reviewed every month after joining',
      '自入会日起每 1 个月复核一次',
    ],
    [
      clock('calendar', 12, 4),
      'tierRules.clock',
      'Tiers are reviewed at the end of every 12 months, counted from April',
      '从四月起每 12 个月为一期，期末复核',
    ],
    [
      clock('rolling', 12),
      'tierRules.clock',
      'What the last 12 months came to decides, at any time',
      '随时按最近 12 个月的成长值复核',
    ],
    [
      rules({ graceDays: 30 }),
      'tierRules.graceDays',
      'Who misses the standard has 30 more days to make up for it',
      '未达保级标准有 30 天宽限期，期内补足即可保级',
    ],
    [
      rules({ minimumDays: 90 }),
      'tierRules.minimumDays',
      'A tier is kept for 90 days at least',
      '等级至少保留 90 天',
    ],
    [
      rules({ drop: 'recompute' }),
      'tierRules.drop',
      'Who misses the standard gets the tier that their growth comes to',
      '未达标时按当期成长值重新定级',
    ],
    [rules({ drop: 'none' }), 'tierRules.drop', 'Nobody drops', '等级只升不降'],
    [
      rules({ refunds: 'at_once' }),
      'tierRules.refunds',
      'Growth that a return takes away may cost the tier at once',
      '退货扣减成长值后，等级立即重算',
    ],
    [
      rules({ refunds: 'never' }),
      'tierRules.refunds',
      'Returns never cost a tier',
      '退货不影响等级',
    ],
    [
      rules({ review: 'approved' }),
      'tierRules.review',
      'Drops at a review wait for somebody to approve them',
      '复核降级须人工确认后生效',
    ],
    [
      rules({ intermediateGifts: 'final' }),
      'tierRules.intermediateGifts',
      'Who skips tiers gets the gift of the last alone',
      '越级升级时只发最终等级的礼遇',
    ],
    [
      rules({ giftsOnRefund: 'take_back' }),
      'tierRules.giftsOnRefund',
      'Gifts of a tier are taken back with a return',
      '升级后退货，收回已发的升级礼',
    ],
    [
      points({ rate: { amount: 5, per: '100' } }),
      'points.rate',
      '5 points for every ¥100.00 spent',
      '每消费 ¥100.00 得 5 积分',
    ],
    [
      points({ thresholds: [{ from: '500', points: 100 }] }),
      'points.thresholds.0',
      '100 points more for an order of ¥500.00 or over',
      '单笔满 ¥500.00 另赠 100 积分',
    ],
    [
      points({ thresholds: [{ from: '500', points: 100 }] }),
      'points.thresholds',
      null,
      null,
    ],
    [
      points({ thresholds: [{ from: '500', points: 100 }, { from: '900', points: 200 }] }),
      'points.thresholds',
      'Only the highest of these counts',
      '满赠只取达到的最高一档',
    ],
    [
      points({ caps: { perOrder: null, perDay: 500, perMonth: null } }),
      'points.caps.perDay',
      'At most 500 points a day',
      '每人每天最多得 500 积分',
    ],
    [points({ pendingDays: 0 }), 'points.pendingDays', 'Points can be spent at once', '积分立即可用'],
    [
      points({ pendingDays: 7 }),
      'points.pendingDays',
      'Points can be spent 7 days after the order',
      '下单 7 天后积分可用',
    ],
    [
      points({ rounding: 'half_up' }),
      'points.rounding',
      'Half a point and more is rounded up',
      '不足 1 积分的部分四舍五入',
    ],
    [
      multiplied({ kind: 'tier', tiers: ['gold', 'black'] }, '1.25'),
      'points.multipliers.extra',
      'Extra: 1.25 times as many points for gold, black',
      '加成：gold会员、black会员，积分 1.25 倍',
    ],
    [
      multiplied({ kind: 'product', products: ['A', 'B'] }),
      'points.multipliers.extra',
      'Extra: 2 times as many points on A, B',
      '加成：购买商品 A、B，积分 2 倍',
    ],
    [
      multiplied({ kind: 'product', products: ['A', 'B', 'C', 'D'] }),
      'points.multipliers.extra',
      'Extra: 2 times as many points on 4 products: A, B, C and others',
      '加成：购买 A、B、C 等 4 件商品，积分 2 倍',
    ],
    [
      multiplied({ kind: 'category', categories: ['礼品卡'] }, '0'),
      'points.multipliers.extra',
      'Extra: no points on everything of 礼品卡',
      '加成：购买品类 礼品卡，不得积分',
    ],
    [
      multiplied({ kind: 'channel', channels: ['官网'] }),
      'points.multipliers.extra',
      'Extra: 2 times as many points for orders by 官网',
      '加成：在 官网 下单，积分 2 倍',
    ],
    [
      multiplied({ kind: 'birthday', span: 'day' }),
      'points.multipliers.extra',
      'Extra: 2 times as many points on one’s birthday',
      '加成：生日当天，积分 2 倍',
    ],
    [
      multiplied({ kind: 'member_day', days: { by: 'month_day', monthDays: [8, 18] } }),
      'points.multipliers.extra',
      'Extra: 2 times as many points on day 8, 18 of each month',
      '加成：每月 8、18 日，积分 2 倍',
    ],
    [
      multiplied({ kind: 'member_day', days: { by: 'weekday', weekdays: [1, 7] } }),
      'points.multipliers.extra',
      'Extra: 2 times as many points every Monday, Sunday',
      '加成：每逢星期一、星期日，积分 2 倍',
    ],
    [
      multiplied({ kind: 'member_day', days: { by: 'date', dates: ['2026-11-11'] } }),
      'points.multipliers.extra',
      'Extra: 2 times as many points on 2026-11-11',
      '加成：2026-11-11，积分 2 倍',
    ],
    [points({ expiry: { kind: 'never' } }), 'points.expiry', 'Points never end', '积分永久有效'],
    [points({ expiry: { kind: 'never' } }), 'points.reinstatementDays', null, null],
    [
      points({ expiry: { kind: 'duration', months: 12, roundTo: 'month' } }),
      'points.expiry',
      'Points end after 12 months, at the end of that month',
      '积分满 12 个月后，于当月底失效',
    ],
    [
      points({ expiry: { kind: 'duration', months: 1, roundTo: 'day' } }),
      'points.expiry',
      'Points end after one month',
      '积分自获得之日起 1 个月内有效',
    ],
    [
      points({ expiry: { kind: 'fixed_date', month: 3, day: 31, afterMonths: 0 } }),
      'points.expiry',
      'Points end on 31 March of each year',
      '积分于每年三月 31 日失效',
    ],
    [
      points({ expiry: { kind: 'fixed_date', month: 12, day: 31, afterMonths: 6 } }),
      'points.expiry',
      'Points end on the first 31 December after 6 months',
      '积分满 6 个月后，于下一个十二月 31 日失效',
    ],
    [
      points({ expiry: { kind: 'end_of_period', period: 'quarter', periods: 0 } }),
      'points.expiry',
      'Points end with the quarter they were earned in',
      '积分于获得当季末失效',
    ],
    [
      points({ expiry: { kind: 'end_of_period', period: 'year', periods: 1 } }),
      'points.expiry',
      'Points end with the year after they were earned',
      '积分于获得之后第 1 年的年底失效',
    ],
    [
      points({ expiry: { kind: 'end_of_period', period: 'year', periods: 2 } }),
      'points.expiry',
      'Points end with the year 2 years after they were earned',
      '积分于获得之后第 2 年的年底失效',
    ],
    [
      points({ expiry: { kind: 'inactivity', months: 24 } }),
      'points.expiry',
      'Points end when none were earned or spent for 24 months',
      '连续 24 个月没有获得或使用积分，积分失效',
    ],
    [
      points({ expiry: { kind: 'inactivity', months: 24 }, reinstatementDays: 0 }),
      'points.reinstatementDays',
      'Points that come back keep the end they had',
      '退还的积分保持原到期日',
    ],
    [points({ worth: '0.01' }), 'points.worth', '100 points pay ¥1.00', '100 积分抵 ¥1.00'],
    [points({ worth: '1' }), 'points.worth', 'One point pays ¥1.00', '1 积分抵 ¥1.00'],
    [points({ worth: '0.03' }), 'points.worth', 'One point pays ¥0.03', '1 积分抵 ¥0.03'],
    [points({ worth: '0' }), 'points.worth', 'Points do not pay for orders', '积分不能抵现'],
    [points({ worth: '0' }), 'points.mostOfBill', null, null],
    [
      points({ mostOfBill: 30 }),
      'points.mostOfBill',
      'Points may pay up to 30% of a bill',
      '每单最多抵 30%',
    ],
    [points({ mostOfBill: 100 }), 'points.mostOfBill', 'Points may pay a whole bill', '可抵全单'],
    [points({ takeBack: 'debt' }), 'points.takeBack', 'A return takes back the points it earned; what was spent already is owed and paid by later points', '退货收回所得积分，不足部分由以后的积分补回'],
    [
      { settlement: 'opening_balances' },
      'settlement',
      'Orders from before the programme: not counted; members begin with opening balances',
      '制度生效前的订单：不计算，由期初余额代替',
    ],
    [
      { removedTiers: { bronze: 'silver' } },
      'removedTiers.bronze',
      'Whoever holds the former tier bronze goes to silver',
      '原等级 bronze 的会员转入silver会员',
    ],
  ])('%j: %s', (changes, id, english, chinese) => {
    expect(told(sampleProgramme(changes), id)).toEqual([english, chinese]);
  });

  it('keeps from members what is only for those who work with it', () => {
    const inside = describeProgramme(sampleProgramme()).filter(({ isPublic }) => !isPublic).map(({ id }) => id);
    expect(inside).toEqual([
      'names', 'tier.silver.names', 'tier.silver.look', 'tier.silver.debt', 'tier.gold.names', 'tier.gold.look', 'tier.gold.debt', 'tier.black.names', 'tier.black.look', 'tier.black.debt',
      'tierRules.review', 'tierRules.intermediateGifts', 'points.rounding', 'settlement',
    ]);
  });
});
