import { describe, expect, it } from 'vitest';
import { daysOf, type FigureNature, goalLevels, type GoalState, partsOf, type Reading } from '../contract.ts';
import { itemKinds } from '../contract/items.ts';
import type { Figures } from '../figures/figures.ts';
import { courseOf } from './course.ts';
import type { Gathered } from './gather.ts';
import { goalState } from './rules/state.ts';

const until = '2026-06-17';
const reading = (value: string | null, months: (string | null)[] = []): Reading => ({
  state: value === null ? 'no_data' : 'known', value, period: daysOf('2026'), computedAt: null,
  months: months.map((each, n) => ({ month: `2026-${String(n + 1).padStart(2, '0')}-01`, value: each })),
});
const gathered = (nature: FigureNature, more: Partial<Gathered>, body: object = {}): Gathered => ({
  goal: { itemNo: 1, body: itemKinds.goal.body.parse({ name: '目标', level: goalLevels[0], metric: { metric: 'sales' }, targets: [{ period: '2026', value: '1200' }], ...body }) },
  nature, current: null, baseline: null, lastYear: null, lastWhole: null, lastSoFar: null, start: null, yearStart: null, ...more,
});
/** Of what stands, each month's end is a question of its own. */
const standing = { read: async (_asked: unknown, { to }: { to: string }) => [reading(String(100 + Number(to.slice(5, 7))))] } as unknown as Figures;
const course = (given: Gathered, state: GoalState) => courseOf(standing, given, state, until, Infinity);

describe('the course of a goal’s year', () => {
  const months = ['100', '100', null, '100', '100', '50'];

  it('of what adds up shares out what the forecast has left, so that the year comes to it', async () => {
    const given = gathered('sum', { current: reading('450', months) });
    const state = goalState(given, '2026', until);
    const found = await course(given, state);
    expect(found.map(({ actual }) => actual)).toEqual([100, 100, null, 100, 100, 50, null, null, null, null, null, null]);
    expect(found.slice(0, 5).map(({ forecast }) => forecast)).toEqual([null, null, null, null, null]);
    const year = found.reduce((sum, { actual, forecast }) => sum + (forecast ?? actual ?? 0), 0);
    expect([state.method, year]).toEqual(['pace', expect.closeTo(state.forecast!, 6)]);
    // A month of 31 days has a day more than one of 30.
    expect(found[6].forecast! / found[8].forecast!).toBeCloseTo(31 / 30, 9);
  });

  it('goes on as last year went, where it is known', async () => {
    const lastMonths = Array.from({ length: 12 }, (_, n) => (n === 11 ? '1000' : '100'));
    const given = gathered('sum', { current: reading('450', months), lastYear: reading('2100', lastMonths), lastWhole: reading('2100'), lastSoFar: reading('550') });
    const state = goalState(given, '2026', until);
    const found = await course(given, state);
    expect(state).toMatchObject({ method: 'season', forecast: expect.closeTo((450 * 2_100) / 550, 6) });
    expect(found[11].forecast! / found[10].forecast!).toBeCloseTo(10, 6);
    expect(found[11]).toMatchObject({ origin: 'season', target: expect.closeTo((1_200 * 1_000) / 2_100, 6) });
  });

  it('goes on at the pace so far where last year was recorded from some day within it on', async () => {
    const begun = (month: number) => gathered('sum', { current: reading('450', months), lastYear: reading('2100', Array.from({ length: 12 }, (_, n) => (n < month ? '0' : '300'))), lastWhole: reading('2100'), lastSoFar: reading('550') });
    expect([goalState(begun(1), '2026', until).method, goalState(begun(0), '2026', until).method]).toEqual(['pace', 'season']);
    // The month before the quarter says whether the quarter's own first month is all there.
    expect([goalState(begun(3), '2026-Q2', until).method, goalState(begun(2), '2026-Q2', until).method]).toEqual(['pace', 'season']);
  });

  it('of what stands is asked month by month and goes straight on; of people of months there is none', async () => {
    const given = gathered('standing', { current: reading('106'), start: reading('100'), yearStart: reading('100') });
    const found = await course(given, goalState(given, '2026', until));
    expect(found.slice(0, 7).map(({ actual }) => actual)).toEqual([101, 102, 103, 104, 105, 106, null]);
    expect(found[11].forecast).toBeCloseTo(100 + (6 * 365) / 168, 6);
    const people = gathered('distinct', { current: reading('30', ['9', '9', '9', '9', '9', '9']) });
    expect((await course(people, goalState(people, '2026', until))).every(({ forecast, target }) => forecast === null && target === null)).toBe(true);
  });

  it('is said to be typed, and without a baseline or a figure there is no growth, no path and no status', () => {
    const given = gathered('sum', { current: reading(null) }, { metric: null, targets: [], baseline: { from: 'typed', value: '0', source: '年报' } });
    expect(goalState(given, '2026', until)).toMatchObject({ status: 'none', path: null, growth: null, forecast: null, method: 'none', actual: { isTyped: true, state: 'no_data' } });
    expect(goalState(given, '2027', until)).toMatchObject({ actual: { state: 'not_begun', value: null }, path: null });
    expect(partsOf('2026', 'month')).toHaveLength(12);
  });
});
