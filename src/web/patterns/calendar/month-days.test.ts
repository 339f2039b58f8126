import { describe, expect, it } from 'vitest';
import { monthDays } from './month-days.ts';

describe('the days of a month’s grid', () => {
  it.each([
    ['2026-06', '2026-06-01', '2026-07-05', 35],
    ['2026-02', '2026-01-26', '2026-03-01', 35],
    ['2027-02', '2027-02-01', '2027-02-28', 28],
    ['2026-08', '2026-07-27', '2026-09-06', 42],
    ['2028-02', '2028-01-31', '2028-03-05', 35],
    ['2026-12', '2026-11-30', '2027-01-03', 35],
  ])('are whole weeks from Monday: %s', (month, first, last, count) => {
    const days = monthDays(month);
    expect([days[0], days.at(-1), days.length]).toEqual([first, last, count]);
    expect(days.filter((day) => day.startsWith(month)).length).toBe(new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate());
  });
});
