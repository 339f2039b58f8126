import { type ActivityDefinition, activityDefinition, type ActivityDoes, type Prize } from '../src/domains/membership/contract/activities.ts';

export const reward = (points: number, growth = 0) => ({ points, growth });
export const allGoods = { goods: { are: 'all' as const }, channels: [] };

/** An activity of June 2026, with what is changed. */
export const sampleActivity = (does: ActivityDoes, changes: Partial<ActivityDefinition> = {}): ActivityDefinition => activityDefinition.parse({
  names: { 'zh-CN': '活动', en: 'Activity' },
  startsAt: '2026-05-31T16:00:00Z',
  endsAt: '2026-06-30T16:00:00Z',
  tiers: [],
  limits: { perDay: null, total: null },
  budget: null,
  validDays: null,
  does,
  ...changes,
});

export const prize = (key: string, weight: number, gives: Prize['gives'], stock: number | null = null): Prize => ({ key, names: { en: key }, weight, gives, stock });

/** A draw of four prizes: a hundredth of 500 points of which there are two, a tenth of 50, half of 5, and thanks. */
export const sampleLottery = (changes: Partial<Extract<ActivityDoes, { kind: 'lottery' }>> = {}): Extract<ActivityDoes, { kind: 'lottery' }> => ({
  kind: 'lottery',
  cost: 20,
  prizes: [
    prize('grand', 10, { kind: 'points', points: 500 }, 2),
    prize('good', 100, { kind: 'points', points: 50 }),
    prize('small', 500, { kind: 'points', points: 5 }),
    prize('thanks', 390, { kind: 'nothing' }),
  ],
  fallback: 'thanks',
  pity: null,
  ...changes,
});

export const signIn = (changes: Partial<Extract<ActivityDoes, { kind: 'sign_in' }>> = {}): Extract<ActivityDoes, { kind: 'sign_in' }> => ({
  kind: 'sign_in',
  daily: 5,
  bonuses: [{ days: 3, points: 10 }, { days: 7, points: 50 }],
  cycleDays: 7,
  ...changes,
});
