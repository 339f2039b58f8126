import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type Day } from '../../../../kernel/day.ts';
import { busiestDay } from './shares.ts';

const first = '2026-01-01' as Day;
const share = fc.record({ sharePercent: fc.integer({ min: 1, max: 100 }), from: fc.integer({ min: 0, max: 40 }), days: fc.option(fc.integer({ min: 0, max: 20 }), { nil: null }) })
  .map(({ sharePercent, from, days }) => ({ sharePercent, from: addDays(first, from), to: days === null ? null : addDays(first, from + days) }));

describe('the day on which somebody gives most of their time', () => {
  it('is what looking at each day finds', () => {
    fc.assert(fc.property(fc.array(share, { minLength: 1, maxLength: 8 }), (shares) => {
      const days = Array.from({ length: 80 }, (_, n) => addDays(first, n));
      const sums = days.map((day) => shares.filter(({ from, to }) => from <= day && (to === null || day <= to)).reduce((sum, { sharePercent }) => sum + sharePercent, 0));
      const busiest = busiestDay(shares);
      expect(busiest?.percent).toBe(Math.max(...sums));
      expect(busiest?.day).toBe(days[sums.indexOf(Math.max(...sums))]);
    }));
  });

  it('does not count the last day of one and the day after it together', () => {
    expect(busiestDay([{ sharePercent: 100, from: first, to: '2026-01-31' as Day }, { sharePercent: 100, from: '2026-02-01' as Day, to: null }])?.percent).toBe(100);
    expect(busiestDay([])).toBe(null);
  });
});
