import { describe, expect, it } from 'vitest';
import { allGoods, reward, sampleActivity, sampleLottery, signIn } from '../../../../test/sample-activity.ts';
import { locales } from '../../../kernel/locale.ts';
import { createSay } from '../../../platform/i18n.ts';
import type { ActivityDefinition, ActivityDoes } from '../contract/activities.ts';
import { sentenceOf } from './sentence.ts';

const say = createSay();
const called = { tiers: new Map([['gold', '金卡'], ['black', '黑卡']]), items: new Map([[3, '随行杯']]) };

const memberDay = (changes: Partial<Extract<ActivityDoes, { kind: 'member_day' }>> = {}): ActivityDoes => ({
  kind: 'member_day',
  days: { on: 'month_days', days: [8, 'last'] },
  factor: 150,
  scope: { goods: { are: 'categories', categories: ['茶', '点心'] }, channels: ['天猫'] },
  payWithinMinutes: null,
  reward: reward(0),
  ...changes,
});

interface Told {
  of: string;
  does: ActivityDoes;
  changes?: Partial<ActivityDefinition>;
  zh: string;
  en: string;
}

const june = { zh: '2026年6月1日 00:00 至 2026年7月1日 00:00，', en: 'From Jun 1, 2026, 00:00 to Jul 1, 2026, 00:00, ' };

const told: Told[] = [
  {
    of: 'a gift for joining',
    does: { kind: 'joining', reward: reward(100, 10) },
    changes: { budget: 50_000, validDays: 90 },
    zh: `${june.zh}新入会送 100 积分和 10 成长值。共发 50,000 积分，发完为止。所得积分 90 天内有效。`,
    en: `${june.en}new members get 100 points and 10 growth. It ends when 50,000 points are given. The points are good for 90 days.`,
  },
  {
    of: 'days of the month, for some goods of a channel',
    does: memberDay(),
    zh: `${june.zh}每月 8 日和最后一天是会员日：天猫的「茶」和「点心」品类积分 1.5 倍。`,
    en: `${june.en}member days are day 8 and the last day of each month. On them points for the categories 茶 and 点心 in 天猫 count 1.5 times.`,
  },
  {
    of: 'the last of a weekday, with a gift alone',
    does: memberDay({ days: { on: 'nth_weekday', nth: 'last', weekday: 7 }, factor: null, reward: reward(8) }),
    zh: `${june.zh}每月最后一个星期日是会员日：当天还可领 8 积分。`,
    en: `${june.en}member days are the last Sunday of each month. On the day 8 points can be claimed.`,
  },
  {
    of: 'weekdays, for some products',
    does: memberDay({ days: { on: 'weekdays', weekdays: [6, 7] }, scope: { goods: { are: 'products', products: ['a', 'b'] }, channels: [] } }),
    zh: `${june.zh}每星期六和星期日是会员日：2 款商品积分 1.5 倍。`,
    en: `${june.en}member days are every Saturday and Sunday. On them points for 2 products count 1.5 times.`,
  },
  {
    of: 'days of the year',
    does: memberDay({ days: { on: 'year_days', days: ['06-18', '11-11'] } }),
    zh: `${june.zh}每年6月18日和11月11日是会员日：天猫的「茶」和「点心」品类积分 1.5 倍。`,
    en: `${june.en}member days are Jun 18 and Nov 11 of each year. On them points for the categories 茶 and 点心 in 天猫 count 1.5 times.`,
  },
  {
    of: 'a day that is named',
    does: memberDay({ days: { on: 'dates', dates: ['2026-06-18'] } }),
    zh: `${june.zh}2026年6月18日是会员日：天猫的「茶」和「点心」品类积分 1.5 倍。`,
    en: `${june.en}member days are Jun 18, 2026. On them points for the categories 茶 and 点心 in 天猫 count 1.5 times.`,
  },
  {
    of: 'double points for some tiers',
    does: { kind: 'double_points', factor: 200, scope: allGoods, payWithinMinutes: 30 },
    changes: { tiers: ['gold', 'black'] },
    zh: `${june.zh}限金卡和黑卡，全部商品积分 2 倍。下单后 30 分钟内付款有效。`,
    en: `${june.en}for 金卡 and 黑卡: points for all goods count 2 times. Orders must be paid within 30 minutes.`,
  },
  {
    of: 'a draw with its chances and what is certain',
    does: sampleLottery({ pity: { after: 9, prize: 'good' } }),
    changes: { limits: { perDay: 3, total: 30 } },
    zh: `${june.zh}20 积分抽一次，中奖概率：grand 1%、good 10%、small 50%、thanks 39%。抽中已发完的奖品改发保底奖。连续 9 次保底后，下一次必中good。每人每天最多 3 次。每人最多 30 次。`,
    en: `${june.en}a draw costs 20 points. Chances: grand 1%, good 10%, small 50%, thanks 39%. Where a prize has run out, the last one is given instead. After 9 draws in a row without luck the next one is good. At most 3 times a day. At most 30 times in all.`,
  },
  {
    of: 'a draw that is free',
    does: sampleLottery({ cost: 0 }),
    zh: `${june.zh}免费抽奖，中奖概率：grand 1%、good 10%、small 50%、thanks 39%。抽中已发完的奖品改发保底奖。`,
    en: `${june.en}a draw is free. Chances: grand 1%, good 10%, small 50%, thanks 39%. Where a prize has run out, the last one is given instead.`,
  },
  {
    of: 'an exchange, once',
    does: { kind: 'exchange', itemNo: 3, points: 1_200, stock: 50 },
    changes: { limits: { perDay: null, total: 1 } },
    zh: `${june.zh}1,200 积分兑换「随行杯」，共 50 件，兑完即止。每人最多 1 次。`,
    en: `${june.en}1,200 points for “随行杯”, 50 in all, while they last. At most once in all.`,
  },
  {
    of: 'sign-ins with their streaks',
    does: signIn(),
    zh: `${june.zh}每天签到得 5 积分，连签 3 天加 10 积分，连签 7 天加 50 积分，每 7 天一轮。`,
    en: `${june.en}each day’s sign-in gives 5 points, 10 more on day 3 in a row, 50 more on day 7 in a row; a round is 7 days.`,
  },
  {
    of: 'sign-ins without an end',
    does: signIn({ cycleDays: null, bonuses: [] }),
    changes: { endsAt: null },
    zh: '2026年6月1日 00:00 起，每天签到得 5 积分。',
    en: 'From Jun 1, 2026, 00:00 on, each day’s sign-in gives 5 points.',
  },
  {
    of: 'a task for the whole time',
    does: { kind: 'task', task: { what: 'event', event: 'Product Reviewed', times: 3, within: 'activity' }, reward: reward(30) },
    zh: `${june.zh}活动期间完成「评价商品」3 次，得 30 积分。`,
    en: `${june.en}do “Product reviewed” 3 times while it runs for 30 points.`,
  },
  {
    of: 'a task for every day',
    does: { kind: 'task', task: { what: 'event', event: 'Product Viewed', times: 5, within: 'day' }, reward: reward(3) },
    zh: `${june.zh}每天完成「浏览商品」5 次，得 3 积分。`,
    en: `${june.en}do “Product viewed” 5 times a day for 3 points.`,
  },
  {
    of: 'a profile to fill in',
    does: { kind: 'task', task: { what: 'profile', fields: ['gender', 'birthDate', 'city'] }, reward: reward(50) },
    zh: `${june.zh}完善资料（性别、生日和城市），得 50 积分。`,
    en: `${june.en}fill in gender, birthday, and city for 50 points.`,
  },
];

describe('an activity says to whom it is for', () => {
  it.each(told)('what it is: $of', ({ does, changes, zh, en }) => {
    const definition = sampleActivity(does, changes);
    const of = (locale: (typeof locales)[number]): string => sentenceOf(definition, say, locale, 'Asia/Shanghai', called);
    expect(of('zh-CN')).toBe(zh);
    expect(of('en')).toBe(en);
    // Every word of it is there in every language, and none is shown as the key of a message.
    for (const locale of locales) {
      expect(of(locale)).not.toMatch(/activities\.|\{\{|undefined/);
    }
    expect(of('zh-TW')).not.toBe(of('en'));
  });

  it('when it is, in the brand’s zone', () => {
    const definition = sampleActivity(signIn());
    expect(sentenceOf(definition, say, 'zh-CN', 'UTC', called)).toContain('2026年5月31日 16:00 至 2026年6月30日 16:00');
    expect(sentenceOf(definition, say, 'en', 'America/New_York', called)).toContain('From May 31, 2026, 12:00 to Jun 30, 2026, 12:00');
  });

  it('tiers by their names, and by their keys where they have none any more', () => {
    const definition = sampleActivity(signIn(), { tiers: ['gold', 'gone'] });
    expect(sentenceOf(definition, say, 'zh-CN', 'Asia/Shanghai', called)).toContain('限金卡和gone，');
  });

  it('chances as exactly as four decimals of a percent can', () => {
    const [first, second] = sampleLottery().prizes;
    const rare = sampleActivity(sampleLottery({ prizes: [{ ...first, weight: 1 }, { ...second, weight: 999_999, stock: null }], fallback: 'good' }));
    expect(sentenceOf(rare, say, 'en', 'Asia/Shanghai', called)).toContain('grand 0.0001%, good 99.9999%');
  });
});
