import { describe, expect, it } from 'vitest';
import { allGoods, reward, sampleActivity } from '../../../../../test/sample-activity.ts';
import type { ActivityDefinition, ActivityDoes } from '../../contract/activities.ts';
import { type Multiplying, multipliersAt, type PlacedOrder } from './multipliers.ts';

const zone = 'Asia/Shanghai';
const twice = (changes: Partial<Extract<ActivityDoes, { kind: 'double_points' }>> = {}): ActivityDoes => ({ kind: 'double_points', factor: 200, scope: allGoods, payWithinMinutes: null, ...changes });
const every8th = (changes: Partial<Extract<ActivityDoes, { kind: 'member_day' }>> = {}): ActivityDoes =>
  ({ kind: 'member_day', days: { on: 'month_days', days: [8] }, factor: 150, scope: allGoods, payWithinMinutes: null, reward: reward(0), ...changes });
const on = (does: ActivityDoes, changes: Partial<ActivityDefinition> = {}, stops: Multiplying['stops'] = []): Multiplying => ({ activityNo: 7, definition: sampleActivity(does, changes), stops });
const order = (placedAt: string, more: Partial<PlacedOrder> = {}): PlacedOrder => ({ placedAt: Date.parse(placedAt), paidAt: null, channel: '天猫', ...more });
const keys = (activities: Multiplying[], placed: PlacedOrder, tier: string | null = 'gold'): string[] => multipliersAt(activities, placed, { tier }, zone).map(({ factor }) => factor);

describe('what activities make of the points of an order', () => {
  it('holds from the beginning of an activity to before its end, but not while it was paused', () => {
    const activity = on(twice(), {}, [{ from: Date.parse('2026-06-10T00:00:00Z'), until: Date.parse('2026-06-11T00:00:00Z') }, { from: Date.parse('2026-06-20T00:00:00Z'), until: null }]);
    const at = (moment: string): number => keys([activity], order(moment)).length;
    expect(['2026-05-31T15:59:59.999Z', '2026-05-31T16:00:00Z', '2026-06-09T23:59:59.999Z', '2026-06-10T00:00:00Z', '2026-06-11T00:00:00Z', '2026-06-20T00:00:00Z'].map(at)).toEqual([0, 1, 1, 0, 1, 0]);
    const whole = on(twice());
    expect(['2026-06-30T15:59:59.999Z', '2026-06-30T16:00:00Z'].map((moment) => keys([whole], order(moment)).length)).toEqual([1, 0]);
  });

  it('case 36: a member day is one of the brand’s zone, and an order belongs to the day it was placed, whenever it is paid', () => {
    const day = on(every8th());
    const [placed, paid] = ['2026-06-08T15:59:00Z', Date.parse('2026-06-08T16:20:00Z')];
    expect(keys([day], order('2026-06-07T15:59:59Z'))).toEqual([]);
    expect(keys([day], order('2026-06-07T16:00:00Z'))).toEqual(['1.5']);
    // A minute before midnight, paid on the ninth.
    expect(keys([day], order(placed, { paidAt: paid }))).toEqual(['1.5']);
    expect(keys([day], order('2026-06-08T16:00:00Z', { paidAt: paid }))).toEqual([]);
  });

  it('case 36: paid within so many minutes it keeps what the day promised, and a minute later it does not', () => {
    const day = on(every8th({ payWithinMinutes: 30 }));
    const placed = Date.parse('2026-06-08T15:50:00Z');
    const minutes = (n: number) => keys([day], { placedAt: placed, paidAt: placed + n * 60_000, channel: '' }).length;
    expect([0, 30, 30.001, 600].map(minutes)).toEqual([1, 1, 0, 0]);
    expect(keys([day], { placedAt: placed, paidAt: null, channel: '' })).toEqual(['1.5']);
  });

  it('is for its tiers, channels and goods alone', () => {
    const scoped = (scope: Parameters<typeof twice>[0]) => on(twice(scope));
    expect([keys([on(twice(), { tiers: ['gold'] })], order('2026-06-18T00:00:00Z')), keys([on(twice(), { tiers: ['gold'] })], order('2026-06-18T00:00:00Z'), 'silver'), keys([on(twice(), { tiers: ['gold'] })], order('2026-06-18T00:00:00Z'), null)]).toEqual([['2'], [], []]);
    const channels = scoped({ scope: { ...allGoods, channels: ['京东'] } });
    expect([keys([channels], order('2026-06-18T00:00:00Z')), keys([channels], order('2026-06-18T00:00:00Z', { channel: '京东' }))]).toEqual([[], ['2']]);
    const goods = (of: Extract<ActivityDoes, { kind: 'double_points' }>['scope']['goods']) => multipliersAt([scoped({ scope: { goods: of, channels: [] } })], order('2026-06-18T00:00:00Z'), { tier: null }, zone)[0].when;
    expect(goods({ are: 'products', products: ['SKU-1'] })).toEqual({ kind: 'product', products: ['SKU-1'] });
    expect(goods({ are: 'categories', categories: ['茶'] })).toEqual({ kind: 'category', categories: ['茶'] });
    // All goods: a condition that holds of this order, whatever its lines are.
    expect(goods({ are: 'all' })).toEqual({ kind: 'channel', channels: ['天猫'] });
  });

  it('names the activity, is exact, and is nothing of activities of other kinds', () => {
    expect(multipliersAt([on(twice({ factor: 125 }))], order('2026-06-18T00:00:00Z'), { tier: null }, zone)).toEqual([
      { key: 'activity_7', names: { 'zh-CN': '活动', en: 'Activity' }, when: { kind: 'channel', channels: ['天猫'] }, factor: '1.25' },
    ]);
    expect(keys([on(every8th({ factor: null, reward: reward(10) })), on({ kind: 'joining', reward: reward(10) })], order('2026-06-08T04:00:00Z'))).toEqual([]);
    expect(keys([on(twice()), on(every8th())], order('2026-06-08T04:00:00Z'))).toEqual(['2', '1.5']);
  });
});
