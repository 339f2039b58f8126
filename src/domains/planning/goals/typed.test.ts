import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysOf } from '../contract.ts';
import { typedReading } from './typed.ts';

const typed = [
  { month: '2026-03', value: '30.5', source: '三月周报' },
  { month: '2026-01', value: '10', source: '一月周报' },
  { month: '2025-12', value: '7', source: '去年年报' },
];

describe('typed figures', () => {
  it('add up within a period, and name the newest source', () => {
    const reading = typedReading({ typed, typedNature: 'sum' }, daysOf('2026-Q1'));
    expect(reading).toMatchObject({ state: 'known', value: '40.5', source: '三月周报', computedAt: null });
    expect(reading.months).toEqual([
      { month: '2026-01-01', value: '10' },
      { month: '2026-02-01', value: null },
      { month: '2026-03-01', value: '30.5' },
    ]);
  });

  it('are a level by their average, and of what stands the newest until the end of the period', () => {
    expect(typedReading({ typed, typedNature: 'level' }, daysOf('2026-Q1')).value).toBe('20.25');
    expect(typedReading({ typed, typedNature: 'standing' }, daysOf('2026-02'))).toMatchObject({ value: '10', months: [] });
    expect(typedReading({ typed, typedNature: 'standing' }, daysOf('2027'))).toMatchObject({ value: '30.5' });
  });

  it('are none where nobody typed any, which is not zero', () => {
    for (const typedNature of ['sum', 'level'] as const) {
      expect(typedReading({ typed, typedNature }, daysOf('2026-Q2'))).toMatchObject({ state: 'no_data', value: null, source: null });
    }
    expect(typedReading({ typed, typedNature: 'standing' }, daysOf('2024'))).toMatchObject({ state: 'no_data', value: null });
  });

  it('of a month under way count from its first day', () => {
    const soFar = { from: '2026-01-01', to: '2026-03-02' };
    expect(typedReading({ typed, typedNature: 'sum' }, soFar).value).toBe('40.5');
  });

  it('of all months of a year are those of its quarters together, exactly', () => {
    const value = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((n) => (n / 100).toFixed(2));
    fc.assert(fc.property(fc.array(value, { minLength: 12, maxLength: 12 }), (values) => {
      const all = values.map((each, n) => ({ month: `2026-${String(n + 1).padStart(2, '0')}`, value: each, source: 'x' }));
      const of = (period: string): number => Number(typedReading({ typed: all, typedNature: 'sum' }, daysOf(period)).value);
      const quarters = ['2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4'].reduce((sum, period) => sum + Math.round(of(period) * 100), 0);
      expect(Math.round(of('2026') * 100)).toBe(quarters);
    }));
  });
});
