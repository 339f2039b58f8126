import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forecast } from './forecast.ts';
import { monthAfter, monthsBetween, spread, spreadLine } from './months.ts';

const month = fc.tuple(fc.integer({ min: 2020, max: 2030 }), fc.integer({ min: 1, max: 12 })).map(([year, of]) => `${year}-${String(of).padStart(2, '0')}`);
const money = fc.bigInt({ min: 0n, max: 10n ** 12n });

describe('months of a line', () => {
  it('are as many as the calendar has between two, and an amount is spread over them without losing any', () => {
    expect(monthsBetween('2025-11', '2026-02')).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
    fc.assert(fc.property(month, fc.integer({ min: 0, max: 60 }), money, (from, length, amount) => {
      const months = monthsBetween(from, monthAfter(from, length));
      expect(months.length).toBe(length + 1);
      const parts = spread(amount, months.length);
      expect(parts.reduce((all, part) => all + part, 0n)).toBe(amount);
      expect(parts[0] - parts[parts.length - 1]).toBeLessThanOrEqual(1n);
    }));
  });
});

describe('what people cost', () => {
  it('lies where their positions cost it, exactly, also where the amount is another, and evenly where nothing is said of them', () => {
    const staffing = new Map([['2026-02', 100n], ['2026-03', 300n], ['2027-01', 900n]]);
    const line = { purpose: 'people', fromMonth: '2026-01', untilMonth: '2026-04' };
    expect([...spreadLine(line, 400n, staffing)]).toEqual([['2026-01', 0n], ['2026-02', 100n], ['2026-03', 300n], ['2026-04', 0n]]);
    expect([...spreadLine(line, 1_000n, staffing).values()]).toEqual([0n, 250n, 750n, 0n]);
    for (const [said, known] of [[{ ...line, purpose: 'gifts' }, staffing], [line, new Map()]] as const) expect([...spreadLine(said, 402n, known).values()]).toEqual([101n, 101n, 100n, 100n]);
    fc.assert(fc.property(month, fc.integer({ min: 0, max: 30 }), money, fc.array(fc.tuple(month, money)), (from, length, amount, costs) => {
      const parts = spreadLine({ purpose: 'people', fromMonth: from, untilMonth: monthAfter(from, length) }, amount, new Map(costs));
      expect([parts.size, [...parts.values()].reduce((all, part) => all + part, 0n), [...parts.values()].every((part) => part >= 0n)]).toEqual([length + 1, amount, true]);
    }));
  });
});

describe('what a line will have spent', () => {
  const course = { fromMonth: '2026-01', untilMonth: '2026-12', reserved: 0n, committed: 0n, spent: 600n, spentIn: new Map([['2026-03', 100n], ['2026-04', 200n], ['2026-05', 300n]]) };
  it('goes on at the pace of the last three whole months', () => {
    // 600 so far, 200 a month from June to December.
    expect(forecast(course, '2026-06', '2026-12')).toBe(600n + 7n * 200n);
    // What June has spent already is of its 200.
    const inJune = { ...course, spent: 750n, spentIn: new Map([...course.spentIn, ['2026-06', 150n]]) };
    expect(forecast(inJune, '2026-06', '2026-12')).toBe(600n + 7n * 200n);
    expect(forecast({ ...course, untilMonth: '2026-07' }, '2026-06', '2026-12')).toBe(600n + 2n * 200n);
  });
  it('is what is held where that is more, where the line is over, or where it has no whole month yet', () => {
    expect(forecast({ ...course, reserved: 5_000n }, '2026-06', '2026-12')).toBe(5_600n);
    expect(forecast({ ...course, untilMonth: '2026-05', committed: 7n }, '2026-06', '2026-12')).toBe(607n);
    expect(forecast({ ...course, fromMonth: '2026-06', spentIn: new Map([['2026-06', 600n]]) }, '2026-06', '2026-12')).toBe(600n);
  });
  it('is what positions will cost from here on, where it is people', () => {
    const known = new Map([['2026-01', 9n], ['2026-06', 250n], ['2026-07', 400n], ['2026-09', 500n], ['2027-01', 9_000n]]);
    expect(forecast({ ...course, known }, '2026-06', '2026-12')).toBe(600n + 250n + 400n + 500n);
    expect(forecast({ ...course, known, spentIn: new Map([['2026-06', 100n]]) }, '2026-06', '2026-12')).toBe(600n + 150n + 400n + 500n);
    expect(forecast({ ...course, known, committed: 5_000n }, '2026-06', '2026-12')).toBe(5_600n);
    expect(forecast({ ...course, known, untilMonth: '2026-05' }, '2026-06', '2026-12')).toBe(600n);
  });
  it('is never less than what is spent and held', () => {
    fc.assert(fc.property(month, month, month, money, money, money, fc.array(fc.tuple(month, money)), (from, until, now, reserved, committed, spent, months) => {
      fc.pre(from <= until);
      expect(forecast({ fromMonth: from, untilMonth: until, reserved, committed, spent, spentIn: new Map(months) }, now, `${now.slice(0, 4)}-12`)).toBeGreaterThanOrEqual(reserved + committed + spent);
    }));
  });
});
