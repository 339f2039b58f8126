import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, daysBetween } from '../../../kernel/day.ts';
import { bucketOf, bucketsOf, daysOf, periodBefore, relativeBefore, yearBefore } from './period.ts';

const anyDay = fc.integer({ min: 0, max: 20_000 }).map((n) => addDays('2000-01-01', n));
const anyPeriod = fc.tuple(anyDay, fc.integer({ min: 0, max: 500 })).map(([from, days]) => ({ from, to: addDays(from, days) }));

describe('the period before', () => {
  it.each([
    ['a month', '2026-03-01', '2026-03-31', '2026-02-01', '2026-02-28'],
    ['a quarter', '2026-01-01', '2026-03-31', '2025-10-01', '2025-12-31'],
    ['a year', '2024-01-01', '2024-12-31', '2023-01-01', '2023-12-31'],
    ['a day', '2026-03-01', '2026-03-01', '2026-02-28', '2026-02-28'],
    ['a month that is not over', '2026-03-01', '2026-03-30', '2026-01-30', '2026-02-28'],
    ['a month from its second day', '2026-03-02', '2026-04-01', '2026-01-30', '2026-03-01'],
  ])('of %s', (_name, from, to, beforeFrom, beforeTo) => {
    expect(periodBefore({ from, to })).toEqual({ from: beforeFrom, to: beforeTo });
  });

  it('ends where the period begins, and is as long unless both are whole months', () => {
    fc.assert(fc.property(anyPeriod, (period) => {
      const before = periodBefore(period);
      expect(addDays(before.to, 1)).toBe(period.from);
      const length = daysBetween(period.from, period.to);
      if (!period.from.endsWith('-01')) expect(daysBetween(before.from, before.to)).toBe(length);
    }));
  });
});

describe('a period that moves on', () => {
  it.each([
    ['today', '2026-05-20', '2026-05-20', '2026-05-19', '2026-05-19'],
    ['yesterday', '2026-05-19', '2026-05-19', '2026-05-18', '2026-05-18'],
    ['last7', '2026-05-13', '2026-05-19', '2026-05-06', '2026-05-12'],
    ['thisWeek', '2026-05-18', '2026-05-20', '2026-05-11', '2026-05-13'],
    ['lastWeek', '2026-05-11', '2026-05-17', '2026-05-04', '2026-05-10'],
    ['thisMonth', '2026-05-01', '2026-05-20', '2026-04-01', '2026-04-20'],
    ['lastMonth', '2026-04-01', '2026-04-30', '2026-03-01', '2026-03-31'],
    ['thisQuarter', '2026-04-01', '2026-05-20', '2026-01-01', '2026-02-20'],
    ['lastQuarter', '2026-01-01', '2026-03-31', '2025-10-01', '2025-12-31'],
    ['thisYear', '2026-01-01', '2026-05-20', '2025-01-01', '2025-05-20'],
    ['lastYear', '2025-01-01', '2025-12-31', '2024-01-01', '2024-12-31'],
  ] as const)('%s', (relative, from, to, beforeFrom, beforeTo) => {
    const period = daysOf({ relative }, '2026-05-20');
    expect(period).toEqual({ from, to });
    expect(relativeBefore(relative, period)).toEqual({ from: beforeFrom, to: beforeTo });
  });

  it.each([
    ['2024-02-01', '2024-02-29', '2023-02-01', '2023-02-28'],
    ['2025-02-01', '2025-02-28', '2024-02-01', '2024-02-29'],
    ['2024-02-29', '2024-03-10', '2023-02-28', '2023-03-10'],
  ])('the year before %s to %s', (from, to, beforeFrom, beforeTo) => {
    expect(yearBefore({ from, to })).toEqual({ from: beforeFrom, to: beforeTo });
  });
});

describe('buckets', () => {
  it.each([
    ['day', '2026-03-05', '2026-03-05'],
    ['week', '2026-03-05', '2026-03-02'],
    ['week', '2026-03-08', '2026-03-02'],
    ['week', '2026-03-09', '2026-03-09'],
    ['month', '2026-03-05', '2026-03-01'],
  ] as const)('the %s of %s begins on %s', (by, day, start) => {
    expect(bucketOf(day, by)).toBe(start);
  });

  it('cover every day of a period exactly once', () => {
    fc.assert(fc.property(anyPeriod, fc.constantFrom('day', 'week', 'month'), (period, by) => {
      const starts = bucketsOf(period, by);
      const found = new Set<string>();
      for (let day = period.from; day <= period.to; day = addDays(day, 1)) found.add(bucketOf(day, by));
      expect(starts).toEqual([...found]);
    }));
  });
});
