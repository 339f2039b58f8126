import { addDays, addMonths, type Day, startOfDay } from '../../../../kernel/day.ts';
import type { ActivityDefinition } from '../../contract/activities.ts';

const allGoods = { goods: { are: 'all' as const }, channels: [] };
const plain = { note: '', tiers: [], limits: { perDay: null, total: null }, budget: null, validDays: 365 } satisfies Partial<ActivityDefinition>;

/** What runs on a day for the demonstration brand, what will, and what is always there. `itemNos` are those of its mall, the prize the last. */
export function demoActivities(today: Day, timeZone: string, itemNos: readonly number[]): { key: string; definition: ActivityDefinition }[] {
  const at = (day: Day): string => startOfDay(day, timeZone).toISOString();
  const span = (from: number, to: number) => ({ startsAt: at(addDays(today, from)), endsAt: at(addDays(today, to)) });
  const saturday = 6 - new Date(today).getUTCDay() || 7;
  const month = `${today.slice(0, 7)}-01`;
  return [
    {
      key: 'sign_in',
      definition: {
        ...plain, names: { 'zh-CN': '每日签到', 'zh-TW': '每日簽到', en: 'Daily sign-in' }, startsAt: at(addMonths(month, -3)), endsAt: null,
        does: { kind: 'sign_in', daily: 2, bonuses: [{ days: 3, points: 5 }, { days: 7, points: 20 }], cycleDays: 7 },
      },
    },
    {
      key: 'member_day',
      definition: {
        ...plain, names: { 'zh-CN': '每月 8 日会员日', 'zh-TW': '每月 8 日會員日', en: 'Member day, every 8th' }, startsAt: at(addMonths(month, -6)), endsAt: null,
        does: { kind: 'member_day', days: { on: 'month_days', days: [8] }, factor: 200, scope: allGoods, payWithinMinutes: null, reward: { points: 8, growth: 0 } },
      },
    },
    {
      key: 'lottery',
      definition: {
        ...plain, names: { 'zh-CN': '积分抽奖', 'zh-TW': '積分抽獎', en: 'Points draw' }, ...span(-3, 11), limits: { perDay: 3, total: 20 }, budget: 200_000,
        does: {
          kind: 'lottery', cost: 50, fallback: 'thanks', pity: { after: 9, prize: 'small' },
          prizes: [
            { key: 'box', names: { 'zh-CN': '专享礼盒', 'zh-TW': '專享禮盒', en: 'Gift box' }, weight: 5, gives: { kind: 'item', itemNo: itemNos[itemNos.length - 1] }, stock: 20 },
            { key: 'big', names: { 'zh-CN': '500 积分', 'zh-TW': '500 積分', en: '500 points' }, weight: 20, gives: { kind: 'points', points: 500 }, stock: 100 },
            { key: 'small', names: { 'zh-CN': '50 积分', 'zh-TW': '50 積分', en: '50 points' }, weight: 375, gives: { kind: 'points', points: 50 }, stock: null },
            { key: 'thanks', names: { 'zh-CN': '谢谢参与', 'zh-TW': '謝謝參與', en: 'Thanks' }, weight: 600, gives: { kind: 'nothing' }, stock: null },
          ],
        },
      },
    },
    {
      key: 'exchange',
      definition: { ...plain, names: { 'zh-CN': '帆布袋限时兑', 'zh-TW': '帆布袋限時兌', en: 'Tote bag for less' }, ...span(-1, 6), limits: { perDay: null, total: 1 }, does: { kind: 'exchange', itemNo: itemNos[1], points: 800, stock: 100 } },
    },
    {
      key: 'task',
      definition: {
        ...plain, names: { 'zh-CN': '看三件商品', 'zh-TW': '看三件商品', en: 'Look at three products' }, ...span(-5, 25), budget: 50_000,
        does: { kind: 'task', task: { what: 'event', event: 'Product Viewed', times: 3, within: 'day' }, reward: { points: 3, growth: 1 } },
      },
    },
    {
      key: 'double',
      definition: { ...plain, names: { 'zh-CN': '周末双倍积分', 'zh-TW': '週末雙倍積分', en: 'Double points weekend' }, ...span(saturday, saturday + 2), does: { kind: 'double_points', factor: 200, scope: allGoods, payWithinMinutes: null } },
    },
  ];
}
