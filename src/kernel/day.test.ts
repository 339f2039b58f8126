import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, addMonths, dayIn, daySchema, daysBetween, startOfDay } from './day.ts';

const zones = ['Asia/Shanghai', 'America/New_York', 'America/Sao_Paulo', 'Europe/London', 'Asia/Kolkata', 'Pacific/Apia', 'Pacific/Auckland', 'UTC'];
const anyDay = fc.integer({ min: 0, max: 20_000 }).map((n) => addDays('1990-01-01', n));

describe('days', () => {
  it.each([
    ['2026-06-18', 'Asia/Shanghai', '2026-06-17T16:00:00.000Z'],
    ['2026-03-08', 'America/New_York', '2026-03-08T05:00:00.000Z'],
    ['2026-03-09', 'America/New_York', '2026-03-09T04:00:00.000Z'],
    // The clock was put forward at midnight: the day began at one.
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
  ])('%s begins in %s at %s', (day, zone, start) => {
    expect(startOfDay(day, zone).toISOString()).toBe(start);
  });

  it('begin where the day before ends, in every zone', () => {
    fc.assert(fc.property(anyDay, fc.constantFrom(...zones), (day, zone) => {
      const start = startOfDay(day, zone);
      expect(dayIn(zone, start) >= day).toBe(true);
      expect(dayIn(zone, new Date(start.getTime() - 1000)) < day).toBe(true);
    }));
  });

  it('are counted back and forth', () => {
    fc.assert(fc.property(anyDay, fc.integer({ min: -9_000, max: 9_000 }), (day, n) => {
      expect(daysBetween(day, addDays(day, n))).toBe(n);
    }));
  });

  it('move by months, to the last day where a month is shorter', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2026-03-15', -15)).toBe('2024-12-15');
  });

  it.each(['2026-02-30', '2026-13-01', '1899-12-31', '2200-01-01', '2026-1-1', "2026-01-01' or 1=1", ''])('refuses %s', (text) => {
    expect(daySchema.safeParse(text).success).toBe(false);
  });
});
