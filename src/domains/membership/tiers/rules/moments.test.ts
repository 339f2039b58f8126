import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../kernel/seeded-random.ts';
import { anniversaryPeriods, calendarPeriods, daysLater, leavesAt, monthsLater, nextEnd, startOf } from './moments.ts';

const shanghai = 'Asia/Shanghai';
const berlin = 'Europe/Berlin';
const at = (text: string): number => Date.parse(text);

describe('moments of tiers', () => {
  it.each([
    ['2026-03-15T14:23:00+08:00', 12, '2027-03-16T00:00:00+08:00'],
    ['2026-03-15T00:00:00+08:00', 12, '2027-03-15T00:00:00+08:00'],
    ['2025-01-31T09:00:00+08:00', 1, '2025-03-01T00:00:00+08:00'],
    ['2025-01-31T00:00:00+08:00', 1, '2025-02-28T00:00:00+08:00'],
    ['2024-02-29T23:59:59+08:00', 12, '2025-03-01T00:00:00+08:00'],
    ['2024-02-29T12:00:00+08:00', 48, '2028-03-01T00:00:00+08:00'],
  ])('%s and %i months is at least so many months, to the end of a day: %s', (from, months, until) => {
    expect(monthsLater(at(from), months, shanghai)).toBe(at(until));
  });

  it.each([
    ['2026-03-15T14:23:00+08:00', 1, '2026-03-17T00:00:00+08:00'],
    ['2026-03-15T00:00:00+08:00', 30, '2026-04-14T00:00:00+08:00'],
    ['2026-12-31T12:00:00+08:00', 0, '2027-01-01T00:00:00+08:00'],
  ])('%s and %i days ends with a day: %s', (from, days, until) => {
    expect(daysLater(at(from), days, shanghai)).toBe(at(until));
  });

  it('counts days as a calendar does where clocks are put forward and back', () => {
    expect(daysLater(at('2026-03-28T12:00:00+01:00'), 1, berlin)).toBe(at('2026-03-30T00:00:00+02:00'));
    expect(daysLater(at('2026-10-24T00:00:00+02:00'), 2, berlin)).toBe(at('2026-10-26T00:00:00+01:00'));
    expect(monthsLater(at('2026-03-01T00:00:00+01:00'), 1, berlin)).toBe(at('2026-04-01T00:00:00+02:00'));
  });

  it('keeps what was earned on a date until the end of that date', () => {
    expect(leavesAt(at('2026-03-15T00:00:00+08:00'), 12, shanghai)).toBe(at('2027-03-16T00:00:00+08:00'));
    expect(leavesAt(at('2026-03-15T23:59:00+08:00'), 12, shanghai)).toBe(at('2027-03-16T00:00:00+08:00'));
    expect(leavesAt(at('2024-02-29T10:00:00+08:00'), 12, shanghai)).toBe(at('2025-03-01T00:00:00+08:00'));
  });

  it('never lets later growth leave before earlier growth', () => {
    const random = seededRandom(5);
    const start = at('2023-12-01T00:00:00Z');
    for (const months of [1, 3, 6, 12, 18]) {
      const moments = Array.from({ length: 2_000 }, () => start + Math.floor(random() * 800 * 24) * 3_600_000).sort(
        (a, b) => a - b,
      );
      const leaves = moments.map((moment) => leavesAt(moment, months, berlin));
      expect(leaves).toEqual([...leaves].sort((a, b) => a - b));
    }
  });

  it('finds the calendar’s periods: each moment lies in one, and they follow on each other', () => {
    const random = seededRandom(6);
    for (const [startMonth, months] of [
      [1, 12],
      [4, 12],
      [1, 6],
      [2, 3],
      [1, 1],
      [3, 24],
    ]) {
      const periods = calendarPeriods(startMonth, months, shanghai);
      for (let i = 0; i < 300; i++) {
        const moment = at('1999-01-01T00:00:00Z') + Math.floor(random() * 40 * 365) * 86_400_000;
        const period = periods.at(moment);
        expect(period.from <= moment && moment < period.until).toBe(true);
        expect(periods.at(period.until).from).toBe(period.until);
        expect(periods.at(period.from)).toEqual(period);
      }
    }
    expect(calendarPeriods(4, 12, shanghai).at(at('2026-03-31T23:59:59+08:00'))).toEqual({
      from: at('2025-04-01T00:00:00+08:00'),
      until: at('2026-04-01T00:00:00+08:00'),
    });
    expect(calendarPeriods(1, 6, shanghai).at(at('2026-07-01T00:00:00+08:00'))).toEqual({
      from: at('2026-07-01T00:00:00+08:00'),
      until: at('2027-01-01T00:00:00+08:00'),
    });
  });

  it('finds somebody’s own years, also from the last day of a month', () => {
    const years = anniversaryPeriods(at('2024-02-29T15:00:00+08:00'), 12, shanghai);
    expect(years.at(at('2025-02-27T12:00:00+08:00'))).toEqual({
      from: startOf('2024-02-29', shanghai),
      until: startOf('2025-02-28', shanghai),
    });
    expect(years.at(at('2028-02-29T12:00:00+08:00'))).toEqual({
      from: startOf('2028-02-29', shanghai),
      until: startOf('2029-02-28', shanghai),
    });
    const months = anniversaryPeriods(at('2025-01-31T15:00:00+08:00'), 1, shanghai);
    expect(months.at(at('2025-03-30T12:00:00+08:00'))).toEqual({
      from: startOf('2025-02-28', shanghai),
      until: startOf('2025-03-31', shanghai),
    });
  });

  it('ends a cycle that begins between two periods with the first that ends a whole cycle later', () => {
    const years = calendarPeriods(1, 12, shanghai);
    expect(nextEnd(years, startOf('2026-01-01', shanghai), 12, shanghai)).toBe(startOf('2027-01-01', shanghai));
    expect(nextEnd(years, at('2026-05-20T10:00:00+08:00'), 12, shanghai)).toBe(startOf('2028-01-01', shanghai));
    const own = anniversaryPeriods(at('2025-01-31T15:00:00+08:00'), 1, shanghai);
    expect(nextEnd(own, startOf('2025-02-28', shanghai), 1, shanghai)).toBe(startOf('2025-03-31', shanghai));
  });
});
