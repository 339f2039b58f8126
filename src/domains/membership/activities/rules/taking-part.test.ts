import { describe, expect, it } from 'vitest';
import { allGoods, prize, reward, sampleActivity, sampleLottery, signIn } from '../../../../../test/sample-activity.ts';
import type { ActivityDefinition, ActivityDoes, ActivityState } from '../../contract/activities.ts';
import { checksOf } from './checks.ts';
import { stateAt, turns } from './state.ts';
import { activeDays, type Candidate, costOf, hindranceAt, limitsOf, rewardOf, taskSpan } from './taking-part.ts';

const zone = 'Asia/Shanghai';
const now = new Date('2026-06-18T04:00:00Z');
const anna: Candidate = { isMember: true, tier: 'gold', today: 0, total: 0, joinedAt: new Date('2026-06-02T00:00:00Z'), isPaused: false, progress: null };
const task: ActivityDoes = { kind: 'task', task: { what: 'event', event: 'Product Reviewed', times: 3, within: 'activity' }, reward: reward(30, 5) };
const joining: ActivityDoes = { kind: 'joining', reward: reward(100) };
const memberDay: ActivityDoes = { kind: 'member_day', days: { on: 'month_days', days: [18] }, factor: 200, scope: allGoods, payWithinMinutes: null, reward: reward(8) };

describe('the state of an activity', () => {
  const times = { startsAt: '2026-06-18T04:00:00Z', endsAt: '2026-06-19T04:00:00Z' };
  const at = (moment: string) => stateAt('published', times, new Date(moment));

  it('follows its times once it is published, to the millisecond', () => {
    expect(['2026-06-18T03:59:59.999Z', '2026-06-18T04:00:00Z', '2026-06-19T03:59:59.999Z', '2026-06-19T04:00:00Z'].map(at)).toEqual(['scheduled', 'running', 'running', 'ended']);
    expect([stateAt('draft', times, now), stateAt('paused', times, now), stateAt('ended', times, now)]).toEqual(['draft', 'paused', 'ended']);
    expect(stateAt('paused', times, new Date('2026-06-20T00:00:00Z'))).toBe('ended');
    expect(stateAt('published', { ...times, endsAt: null }, new Date('2099-01-01T00:00:00Z'))).toBe('running');
  });

  it('is turned from where it can be alone: what has ended stays so', () => {
    for (const { from } of Object.values(turns)) expect(from).not.toContain('ended' satisfies ActivityState);
    expect([turns.publish.from, turns.resume.from]).toEqual([['draft'], ['paused']]);
  });
});

describe('who can take part', () => {
  const of = (does: ActivityDoes, changes: Partial<Candidate> = {}, definition: Partial<ActivityDefinition> = {}, state: ActivityState = 'running') =>
    hindranceAt(state, sampleActivity(does, definition), { ...anna, ...changes }, zone, now);

  it.each<[string, string | null, () => string | null]>([
    ['a member while it runs', null, () => of(signIn())],
    ['nobody before or after', 'not_running', () => of(signIn(), {}, {}, 'scheduled')],
    ['nobody while the programme is paused', 'paused', () => of(signIn(), { isPaused: true })],
    ['no stranger', 'not_a_member', () => of(signIn(), { isMember: false })],
    ['nobody of another tier', 'not_for_tier', () => of(signIn(), {}, { tiers: ['black'] })],
    ['nobody twice a day', 'day_limit', () => of(signIn(), { today: 1, total: 1 })],
    ['nobody twice a day, whatever the limits say', 'day_limit', () => of(signIn(), { today: 1, total: 1 }, { limits: { perDay: 5, total: null } })],
    ['whoever has draws left', null, () => of(sampleLottery(), { today: 2, total: 9 }, { limits: { perDay: 3, total: 10 } })],
    ['nobody beyond the total', 'total_limit', () => of(sampleLottery(), { today: 0, total: 10 }, { limits: { perDay: 3, total: 10 } })],
    ['whoever joined since it began', null, () => of(joining)],
    ['nobody who joined before', 'joined_before', () => of(joining, { joinedAt: new Date('2026-05-31T15:59:59Z') })],
    ['nobody who has had it', 'total_limit', () => of(joining, { total: 1 })],
    ['everybody on the day', null, () => of(memberDay)],
    ['nobody on another day', 'not_today', () => of({ ...memberDay, days: { on: 'month_days', days: [8] } })],
    ['nobody where there is nothing to claim', 'by_itself', () => of({ ...memberDay, reward: reward(0) })],
    ['nobody in what comes by itself', 'by_itself', () => of({ kind: 'double_points', factor: 200, scope: allGoods, payWithinMinutes: null })],
    ['nobody who has not done it', 'not_done_yet', () => of(task, { progress: { done: 2, of: 3 } })],
    ['whoever has done it', null, () => of(task, { progress: { done: 3, of: 3 } })],
  ])('%s', (_, expected, asked) => {
    expect(asked()).toBe(expected);
  });

  it('once in what can be had once, however generous the limits are', () => {
    const generous = { limits: { perDay: null, total: 50 } };
    expect(limitsOf(sampleActivity(task, generous))).toEqual({ perDay: null, total: 1 });
    expect(limitsOf(sampleActivity({ ...task, task: { what: 'event', event: 'x', times: 1, within: 'day' } } as ActivityDoes, generous))).toEqual({ perDay: 1, total: 50 });
    expect(limitsOf(sampleActivity(joining, generous))).toEqual({ perDay: null, total: 1 });
    expect(limitsOf(sampleActivity(sampleLottery(), generous))).toEqual({ perDay: null, total: 50 });
  });

  it('and what it costs and gives is known beforehand, of draws the most', () => {
    expect([costOf(sampleLottery()), costOf({ kind: 'exchange', itemNo: 1, points: 70, stock: 5 }), costOf(signIn())]).toEqual([20, 70, 0]);
    expect([rewardOf(sampleLottery(), null), rewardOf(signIn(), 3), rewardOf(task, null), rewardOf(memberDay, null)]).toEqual([reward(500), reward(15), reward(30, 5), reward(8)]);
  });

  it('by events of the day, or of the whole activity and not before it', () => {
    const [begin, next] = [new Date('2026-06-17T16:00:00Z'), new Date('2026-06-18T16:00:00Z')];
    expect(taskSpan(sampleActivity(task), begin, next)).toEqual({ from: new Date('2026-05-31T16:00:00Z'), to: new Date('2026-06-30T16:00:00Z') });
    const daily = sampleActivity({ ...task, task: { what: 'event', event: 'x', times: 1, within: 'day' } } as ActivityDoes, { startsAt: '2026-06-18T00:00:00Z' });
    expect(taskSpan(daily, begin, next)).toEqual({ from: new Date('2026-06-18T00:00:00Z'), to: next });
  });

  it('on the days a calendar shows: those of the brand’s zone, and of a member day its own', () => {
    const days = ['2026-05-31', '2026-06-01', '2026-06-18', '2026-06-30', '2026-07-01'];
    expect(activeDays(sampleActivity(signIn()), days, zone)).toEqual(['2026-06-01', '2026-06-18', '2026-06-30']);
    expect(activeDays(sampleActivity(memberDay), days, zone)).toEqual(['2026-06-18']);
    expect(activeDays(sampleActivity(signIn(), { endsAt: null }), days, zone)).toEqual(['2026-06-01', '2026-06-18', '2026-06-30', '2026-07-01']);
  });
});

describe('the checks of an activity', () => {
  const context = { now, timeZone: zone, tiers: ['silver', 'gold'], items: new Map([[1, { left: 5 }], [2, { left: null }]]) };
  const keys = (does: ActivityDoes, changes: Partial<ActivityDefinition> = {}, level = 'error'): string[] =>
    checksOf(sampleActivity(does, { budget: 10_000, ...changes }), context).filter((each) => each.level === level).map(({ key }) => key);

  it.each<[string, string[], () => string[]]>([
    ['nothing wrong with a draw', [], () => keys(sampleLottery())],
    ['an end that is past', ['over'], () => keys(signIn(), { endsAt: '2026-06-18T04:00:00Z' })],
    ['a tier that is not there', ['noTier'], () => keys(signIn(), { tiers: ['gold', 'black'] })],
    ['a budget below one prize', ['budgetTooSmall'], () => keys(sampleLottery(), { budget: 499 })],
    ['a fallback that is no prize', ['noFallback'], () => keys(sampleLottery({ fallback: 'none' }))],
    ['a fallback that runs out', ['fallbackRunsOut'], () => keys(sampleLottery({ fallback: 'grand' }))],
    ['two prizes of one key', ['prizeTwice'], () => keys(sampleLottery({ prizes: [prize('a', 1, { kind: 'nothing' }), prize('a', 2, { kind: 'nothing' })], fallback: 'a' }))],
    ['weights of nothing', ['noWeights'], () => keys(sampleLottery({ prizes: [prize('a', 0, { kind: 'nothing' }), prize('b', 0, { kind: 'nothing' })], fallback: 'a' }))],
    ['pity with what is no prize', ['noPityPrize'], () => keys(sampleLottery({ pity: { after: 10, prize: 'thanks' } }))],
    ['a prize that the mall has not', ['noItem'], () => keys(sampleLottery({ prizes: [prize('a', 1, { kind: 'item', itemNo: 9 }), prize('b', 1, { kind: 'nothing' })], fallback: 'b' }))],
    ['a day that never comes', ['noSuchDay'], () => keys({ ...memberDay, days: { on: 'dates', dates: ['2026-07-18'] } } as ActivityDoes)],
    ['a member day of nothing', ['givesNothing'], () => keys({ ...memberDay, factor: null, reward: reward(0) } as ActivityDoes)],
    ['a bonus that is never reached', ['bonusBeyondCycle'], () => keys(signIn({ bonuses: [{ days: 8, points: 1 }] }))],
    ['two bonuses of one day', ['bonusTwice'], () => keys(signIn({ bonuses: [{ days: 3, points: 1 }, { days: 3, points: 2 }] }))],
    ['a task for nothing', ['givesNothing'], () => keys({ ...task, reward: reward(0) } as ActivityDoes)],
  ])('find %s', (_, expected, found) => {
    expect(found()).toEqual(expected);
  });

  it.each<[string, string[], () => string[]]>([
    ['a draw that gives more than it costs', ['givesMoreThanItCosts'], () => keys(sampleLottery({ cost: 12 }), {}, 'warning')],
    ['a draw that does not', [], () => keys(sampleLottery({ cost: 13 }), {}, 'warning')],
    ['points without a budget', ['noBudget'], () => keys(signIn(), { budget: null }, 'warning')],
    ['more prizes than the mall has', ['fewerItems'], () => keys({ kind: 'exchange', itemNo: 1, points: 5, stock: 6 }, {}, 'warning')],
    ['days that short months have not', ['shortMonths'], () => keys({ ...memberDay, days: { on: 'month_days', days: [30] } } as ActivityDoes, {}, 'warning')],
    ['a joining gift that looks back', ['joinedSince'], () => keys(joining, {}, 'warning')],
  ])('warn of %s', (_, expected, found) => {
    expect(found()).toEqual(expected);
  });
});
