import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FigureNature, partsOf, type PlanPeriod } from '../../contract.ts';
import { forecastOf, progressOf, statusOf } from './forecast.ts';
import { pathAt, targetOf, type TargetsAsked } from './targets.ts';

const asked = (nature: FigureNature, set: Record<PlanPeriod, number>, more: Partial<TargetsAsked> = {}): TargetsAsked =>
  ({ nature, set: new Map(Object.entries(set)), spread: 'season', lastYear: null, start: null, ...more });
/** December is half of the year. */
const season = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 11];

describe('the target of a part that has none of its own', () => {
  it('is shared out by days, or as last year went where all of it is known', () => {
    expect(targetOf('2026-Q1', asked('sum', { 2026: 365 }))).toEqual({ value: expect.closeTo(90, 9), origin: 'even' });
    const seasonal = asked('sum', { 2026: 2_200 }, { lastYear: season });
    expect(targetOf('2026-Q4', seasonal)).toEqual({ value: expect.closeTo(1_300, 9), origin: 'season' });
    expect(targetOf('2026-12', { ...seasonal, spread: 'even' })).toMatchObject({ origin: 'even' });
    // A year of refunds alone has no shares.
    expect(targetOf('2026-12', { ...seasonal, lastYear: season.map((value) => -value) })).toMatchObject({ origin: 'even' });
    expect(targetOf('2026-12', asked('sum', { 2025: 100 }))).toEqual({ value: null, origin: 'none' });
  });

  it('leaves what is set as it is, and shares out the rest', () => {
    const given = asked('sum', { '2026': 2_200, '2026-Q1': 400, '2026-02': 200 }, { lastYear: season });
    expect(['2026', '2026-Q1', '2026-01', '2026-02', '2026-04'].map((period) => targetOf(period, given))).toEqual([
      { value: 2_200, origin: 'set' }, { value: 400, origin: 'set' }, { value: 100, origin: 'season' }, { value: 200, origin: 'set' }, { value: expect.closeTo(1_800 / 19, 9), origin: 'season' }]);
    expect(targetOf('2026', asked('sum', { '2026-Q1': 1, '2026-Q2': 2, '2026-Q3': 3, '2026-Q4': 4 }))).toMatchObject({ value: expect.closeTo(10, 9) });
    expect(targetOf('2026-Q1', asked('sum', { '2026-01': 1, '2026-02': 2, '2026-03': 3 }))).toEqual({ value: 6, origin: 'parts' });
  });

  it('of a level is that of the whole; of people none; of what stands, on the line between two', () => {
    expect(targetOf('2026-03', asked('level', { 2026: 0.3, '2026-Q2': 0.4 }))).toEqual({ value: 0.3, origin: 'same' });
    expect(targetOf('2026-05', asked('level', { 2026: 0.3, '2026-Q2': 0.4 }))).toEqual({ value: 0.4, origin: 'same' });
    expect(targetOf('2026-Q1', asked('distinct', { 2026: 900 }))).toEqual({ value: null, origin: 'none' });
    const stands = asked('standing', { 2026: 465 }, { start: { day: '2025-12-31', value: 100 } });
    expect(targetOf('2026-Q1', stands)).toEqual({ value: 190, origin: 'between' });
    expect(pathAt('2026', '2026-01-31', stands)).toBe(131);
    expect(targetOf('2026-Q1', { ...stands, start: null })).toEqual({ value: null, origin: 'none' });
  });

  it('makes the whole again with all others, whatever is set', () => {
    const month = fc.integer({ min: 1, max: 12 }).map((n) => `2026-${String(n).padStart(2, '0')}`);
    const quarter = fc.integer({ min: 1, max: 4 }).map((n) => `2026-Q${n}`);
    fc.assert(fc.property(fc.dictionary(fc.oneof(month, quarter), fc.integer({ min: 0, max: 10 }), { maxKeys: 6 }), fc.array(fc.nat({ max: 50 }), { minLength: 12, maxLength: 12 }), (set, lastYear) => {
      const all = asked('sum', { ...set, 2026: 1_000 }, { lastYear });
      const open = partsOf('2026', 'month').some((part) => set[part] === undefined && set[`2026-Q${Math.ceil(Number(part.slice(5)) / 3)}`] === undefined);
      const sum = partsOf('2026', 'month').reduce((whole, part) => whole + targetOf(part, all).value!, 0);
      if (open) expect(sum).toBeCloseTo(1_000, 6);
      for (const part of Object.keys(set)) expect(targetOf(part, all)).toEqual({ value: set[part], origin: 'set' });
    }));
  });

  it('is reached day by day, never falls back where nothing is below zero, and is whole at the end', () => {
    const days = fc.integer({ min: 0, max: 364 }).map((n) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10));
    const given = asked('sum', { 2026: 2_200 }, { lastYear: season });
    fc.assert(fc.property(days, days, (a, b) => {
      const [early, late] = [a, b].sort().map((day) => pathAt('2026', day, given)!);
      expect(early).toBeLessThanOrEqual(late + 1e-9);
    }));
    expect([pathAt('2026', '2025-12-31', given), pathAt('2026', '2026-11-30', given), pathAt('2026', '2026-12-31', given)]).toEqual([0, expect.closeTo(1_100, 6), 2_200]);
    expect(pathAt('2026', '2026-07-02', asked('distinct', { 2026: 365 }))).toBeCloseTo(183, 9);
  });
});

describe('a forecast', () => {
  const days = { from: '2026-01-01', to: '2026-12-31' };
  const of = (more: Partial<Parameters<typeof forecastOf>[0]>) => forecastOf({ nature: 'sum', days, until: '2026-06-30', actual: 600, lastYear: null, start: null, ...more });

  it('grows what there is as last year grew from the same day on, and without a last year goes on at its pace', () => {
    expect(of({ lastYear: { whole: 1_500, soFar: 500 } })).toEqual({ value: 1_800, method: 'season' });
    expect(of({})).toEqual({ value: expect.closeTo((600 * 365) / 181, 9), method: 'pace' });
    expect(of({ lastYear: { whole: 1_500, soFar: 0 } })).toMatchObject({ method: 'pace' });
  });

  it('of a level is the level, of what stands a straight line, of what is over what it came to', () => {
    expect(of({ nature: 'level', actual: 0.3 })).toEqual({ value: 0.3, method: 'level' });
    expect(of({ nature: 'standing', actual: 281, start: 100 })).toEqual({ value: expect.closeTo(465, 9), method: 'trend' });
    expect(of({ nature: 'standing' })).toEqual({ value: null, method: 'none' });
    expect(of({ until: '2027-02-01' })).toEqual({ value: 600, method: 'done' });
  });

  it('is none where there is nothing to go by', () => {
    expect(of({ actual: null })).toEqual({ value: null, method: 'none' });
    expect(of({ until: '2026-01-10' })).toEqual({ value: null, method: 'early' });
  });
});

describe('how a goal stands', () => {
  it('is off where it is worse than its path by more than is allowed, in its own direction', () => {
    expect([94, 96, 104, 106].map((actual) => statusOf(actual, 100, 'higher', 5))).toEqual(['off', 'on', 'on', 'ahead']);
    expect([94, 96, 104, 106].map((actual) => statusOf(actual, 100, 'lower', 5))).toEqual(['ahead', 'on', 'on', 'off']);
    expect(statusOf(null, 100, 'higher', 5)).toBe('none');
    // A target of zero complaints has a path of zero.
    expect([0, 1].map((actual) => statusOf(actual, 0, 'lower', 5))).toEqual(['on', 'off']);
  });

  it('has come a part of its way, and none where a target of zero or at the baseline is no way', () => {
    expect([progressOf('sum', 50, 200, 100, 'higher'), progressOf('sum', 50, 0, null, 'higher'), progressOf('standing', 150, 200, 100, 'higher'), progressOf('level', 0.2, 0.2, 0.2, 'higher'), progressOf('standing', 5, 10, 0, 'higher')])
      .toEqual([0.25, null, 0.5, null, 0.5]);
    // A share that began above its target and is above it still, one that fell below, a rate to be kept low, and one on its way down.
    expect([progressOf('standing', 0.78, 0.6, 0.61, 'higher'), progressOf('standing', 0.59, 0.6, 0.61, 'higher'), progressOf('level', 0.042, 0.08, null, 'lower'), progressOf('level', 9, 8, 10, 'lower')])
      .toEqual([1, 0, 1, 0.5]);
  });
});
