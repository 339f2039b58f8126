import { describe, expect, it } from 'vitest';
import { allGoods, prize, reward, sampleActivity, sampleLottery, signIn } from '../../../../../test/sample-activity.ts';
import { type ActivityDefinition, activityDefinition, type ActivityDoes } from '../../contract.ts';
import { activityDraftOf, newDraft, wantedOf } from './activity-draft.ts';

const zone = 'Asia/Shanghai';
const wall = (text: string) => ({ format: () => text });
const memberDay = (days: Extract<ActivityDoes, { kind: 'member_day' }>['days'], more: Partial<Extract<ActivityDoes, { kind: 'member_day' }>> = {}): ActivityDoes => ({
  kind: 'member_day',
  days,
  factor: 150,
  scope: allGoods,
  payWithinMinutes: 30,
  reward: reward(8, 1),
  ...more,
});

/** Every kind, with everything in it that can be said in different ways. */
const every: [string, ActivityDoes][] = [
  ['a gift for joining', { kind: 'joining', reward: reward(100, 10) }],
  ['days of the month', memberDay({ on: 'month_days', days: [8, 'last'] })],
  ['the nth weekday', memberDay({ on: 'nth_weekday', nth: 2, weekday: 5 })],
  ['the last weekday, without multiplying', memberDay({ on: 'nth_weekday', nth: 'last', weekday: 1 }, { factor: null, payWithinMinutes: null })],
  ['weekdays', memberDay({ on: 'weekdays', weekdays: [6, 7] })],
  ['days of the year', memberDay({ on: 'year_days', days: ['06-18'] })],
  ['dates, for products', memberDay({ on: 'dates', dates: ['2026-06-18'] }, { scope: { goods: { are: 'products', products: ['SKU-1'] }, channels: ['天猫'] } })],
  ['double points of categories', { kind: 'double_points', factor: 125, scope: { goods: { are: 'categories', categories: ['茶'] }, channels: [] }, payWithinMinutes: null }],
  ['a draw', sampleLottery({ pity: { after: 9, prize: 'good' } })],
  ['a draw of things', sampleLottery({ cost: 0, prizes: [prize('bag', 1, { kind: 'item', itemNo: 3 }, 5), prize('thanks', 9, { kind: 'nothing' })] })],
  ['an exchange', { kind: 'exchange', itemNo: 3, points: 800, stock: 100 }],
  ['sign-ins', signIn()],
  ['sign-ins without rounds', signIn({ cycleDays: null, bonuses: [] })],
  ['a task', { kind: 'task', task: { what: 'event', event: 'Product Viewed', times: 3, within: 'day' }, reward: reward(3) }],
  ['a profile', { kind: 'task', task: { what: 'profile', fields: ['gender', 'city'] }, reward: reward(50) }],
];

describe('the form of an activity', () => {
  it.each(every)('holds everything it is: %s', (_, does) => {
    const definition = sampleActivity(does, { tiers: ['gold'], limits: { perDay: 3, total: 20 }, budget: 5_000, validDays: 90, note: '说明' });
    const again = activityDefinition.parse(wantedOf(activityDraftOf({ definition }, zone, wall), zone));
    const at = ({ startsAt, endsAt }: ActivityDefinition) => [Date.parse(startsAt), endsAt === null ? null : Date.parse(endsAt)];
    expect({ ...again, startsAt: '', endsAt: '' }).toEqual({ ...definition, startsAt: '', endsAt: '' });
    expect(at(again)).toEqual(at(definition));
  });

  it('that is new asks for a name before it is an activity, and for nothing else', () => {
    const begun = newDraft(wall('2026-06-18T00:00'));
    expect(activityDefinition.safeParse(wantedOf(begun, zone)).success).toBe(false);
    expect(activityDefinition.safeParse(wantedOf({ ...begun, names: { 'zh-CN': ' 签到 ', en: ' ' } }, zone)).data?.names).toEqual({ 'zh-CN': '签到' });
  });
});
