import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lifecycleLimits } from '../../contract/lifecycle.ts';
import { endedBy } from './fit.ts';
import { stateOn } from './states.ts';

/** A brand whose users buy about every fifty days, some far more often. */
const rhythm = { shape: 2, days: 100 };
const limits = lifecycleLimits.parse({});
const every = (days: number, times: number): number[] => Array.from({ length: times }, (_, i) => i * days);

describe('the state of a buyer', () => {
  it('is none before the first purchase, and new after it', () => {
    expect(stateOn(9, [10, 40], rhythm, limits)).toBeNull();
    expect(stateOn(10, [10, 40], rhythm, limits)).toBe('new');
    expect(stateOn(39, [10, 40], rhythm, limits)).toBe('new');
    expect(stateOn(40, [10, 40], rhythm, limits)).toBe('active');
  });

  it('is at risk, sleeping and lost from the days on by which so many of such gaps are over', () => {
    const bought = every(10, 4);
    const own = { gaps: 3, days: 30 };
    const after = (share: number): number => 30 + Math.ceil(endedBy(rhythm, own, share));
    expect([after(limits.atRisk) - 1, after(limits.atRisk), after(limits.sleeping), after(limits.lost)].map((day) => stateOn(day, bought, rhythm, limits)))
      .toEqual(['active', 'at_risk', 'sleeping', 'lost']);
  });

  it('goes by the rhythm of each: forty days are long for who buys every week, and nothing for who buys twice a year', () => {
    const weekly = every(7, 30);
    const seldom = every(180, 6);
    expect(stateOn(weekly[29] + 40, weekly, rhythm, limits)).toBe('lost');
    expect(stateOn(seldom[5] + 40, seldom, rhythm, limits)).toBe('active');
    expect(stateOn(seldom[5] + 200, seldom, rhythm, limits)).toBe('active');
  });

  it('tells who came back from who never was away, until they buy again', () => {
    const back = (silence: number): number[] => [...every(7, 30), 29 * 7 + silence];
    const on = (days: number[]): string | null => stateOn(days[days.length - 1] + 1, days, rhythm, limits);
    expect([on(back(7)), on(back(20)), on(back(200))]).toEqual(['active', 'returning', 'won_back']);
    const again = [...back(200), 29 * 7 + 210];
    expect(on(again)).toBe('active');
    // Bought once, was lost, and came.
    expect(stateOn(2_001, [0, 2_000], rhythm, limits)).toBe('won_back');
  });

  it('never returns by itself: a silence that goes on only makes it worse', () => {
    const worse = ['new', 'active', 'returning', 'won_back', 'at_risk', 'sleeping', 'lost'];
    const gaps = fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 8 });
    fc.assert(fc.property(gaps, fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 900 }), (given, silence, more) => {
      const days = given.reduce((all, gap) => [...all, all[all.length - 1] + gap], [0]);
      const last = days[days.length - 1];
      const [first, second] = [silence, silence + more].map((each) => stateOn(last + each, days, rhythm, limits) ?? '');
      expect(second === first || worse.indexOf(second) > Math.max(3, worse.indexOf(first))).toBe(true);
    }));
  });

  it('has limits that follow each other', () => {
    expect(limits).toEqual({ atRisk: 0.75, sleeping: 0.9, lost: 0.95 });
    for (const wrong of [{ atRisk: 0.9, sleeping: 0.9, lost: 0.95 }, { lost: 0.5 }, { lost: 1 }, { atRisk: 0.2 }, { sleeping: '0.9' }]) expect(lifecycleLimits.safeParse(wrong).success).toBe(false);
  });
});
