import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dayIn, startOfDay } from '../../../../kernel/day.ts';
import type { DayRule } from '../../contract/activities.ts';
import { daysOf, isDayOf, nextDays, weekdayOf } from './days.ts';

const aDay = fc.integer({ min: 0, max: 60_000 }).map((n) => addDays('1970-01-01', n));

describe('days that come again', () => {
  it('are on their weekdays, for as long as the calendar goes', () => {
    expect(['2026-06-15', '2026-06-18', '2026-06-21', '1969-12-29'].map(weekdayOf)).toEqual([1, 4, 7, 1]);
    fc.assert(fc.property(aDay, (day) => {
      expect(weekdayOf(day) % 7).toBe(new Date(`${day}T00:00:00Z`).getUTCDay());
    }));
  });

  it.each<[string, DayRule, string, string, string[]]>([
    ['every 8th', { on: 'month_days', days: [8] }, '2026-01-01', '2026-04-30', ['2026-01-08', '2026-02-08', '2026-03-08', '2026-04-08']],
    ['every 31st, which not every month has', { on: 'month_days', days: [31] }, '2026-01-01', '2026-05-31', ['2026-01-31', '2026-03-31', '2026-05-31']],
    ['the last of each month', { on: 'month_days', days: ['last'] }, '2028-01-01', '2028-04-30', ['2028-01-31', '2028-02-29', '2028-03-31', '2028-04-30']],
    ['the 30th and the last, once where they are one', { on: 'month_days', days: [30, 'last'] }, '2026-03-01', '2026-04-30', ['2026-03-30', '2026-03-31', '2026-04-30']],
    ['the first Friday', { on: 'nth_weekday', nth: 1, weekday: 5 }, '2026-05-01', '2026-08-31', ['2026-05-01', '2026-06-05', '2026-07-03', '2026-08-07']],
    ['the fourth Sunday', { on: 'nth_weekday', nth: 4, weekday: 7 }, '2026-02-01', '2026-03-31', ['2026-02-22', '2026-03-22']],
    ['the last Monday', { on: 'nth_weekday', nth: 'last', weekday: 1 }, '2026-02-01', '2026-03-31', ['2026-02-23', '2026-03-30']],
    ['weekends', { on: 'weekdays', weekdays: [6, 7] }, '2026-06-15', '2026-06-28', ['2026-06-20', '2026-06-21', '2026-06-27', '2026-06-28']],
    ['18 June and 11 November of every year', { on: 'year_days', days: ['06-18', '11-11'] }, '2025-07-01', '2026-12-31', ['2025-11-11', '2026-06-18', '2026-11-11']],
    ['29 February', { on: 'year_days', days: ['02-29'] }, '2026-01-01', '2032-12-31', ['2028-02-29', '2032-02-29']],
    ['days that are named', { on: 'dates', dates: ['2026-06-18', '2026-06-01'] }, '2026-06-01', '2026-06-30', ['2026-06-01', '2026-06-18']],
  ])('are found: %s', (_, rule, from, to, expected) => {
    expect(daysOf(rule, from, to)).toEqual(expected);
    expect(nextDays(rule, from, expected.length)).toEqual(expected);
  });

  it('come once a month where they are the nth of a weekday, and every weekday is the nth of one n or the last', () => {
    fc.assert(fc.property(aDay, fc.integer({ min: 1, max: 7 }), (day, weekday) => {
      const month = day.slice(0, 7);
      const inMonth = (nth: 1 | 2 | 3 | 4 | 'last') => daysOf({ on: 'nth_weekday', nth, weekday }, `${month}-01`, addDays(`${month}-28`, 3)).filter((each) => each.startsWith(month));
      for (const nth of [1, 2, 3, 4, 'last'] as const) expect(inMonth(nth)).toHaveLength(1);
      const all = daysOf({ on: 'weekdays', weekdays: [weekday] }, `${month}-01`, addDays(`${month}-28`, 3)).filter((each) => each.startsWith(month));
      expect(inMonth('last')[0]).toBe(all.at(-1));
      expect([1, 2, 3, 4].map((nth) => inMonth(nth as 1)[0])).toEqual(all.slice(0, 4));
    }), { numRuns: 200 });
  });

  it('are none where no such day ever comes, and the search ends', () => {
    expect(nextDays({ on: 'year_days', days: ['02-30'] }, '2026-01-01', 3)).toEqual([]);
    expect(nextDays({ on: 'dates', dates: ['2020-01-01'] }, '2026-01-01', 3)).toEqual([]);
    expect(isDayOf({ on: 'month_days', days: [31] }, '2026-02-28')).toBe(false);
  });

  it('belong to the brand’s zone: the same moment is another day elsewhere, also where the clock is changed', () => {
    const rule: DayRule = { on: 'month_days', days: [8] };
    const at = (zone: string, moment: string): boolean => isDayOf(rule, dayIn(zone, new Date(moment)));
    expect([at('Asia/Shanghai', '2026-06-07T16:00:00Z'), at('Asia/Shanghai', '2026-06-07T15:59:59Z'), at('UTC', '2026-06-07T16:00:00Z')]).toEqual([true, false, false]);
    expect([at('Asia/Shanghai', '2026-06-08T15:59:59Z'), at('Asia/Shanghai', '2026-06-08T16:00:00Z')]).toEqual([true, false]);
    // New York puts its clock forward on 8 March 2026: that day has 23 hours, and all of them are of it.
    const [from, until] = ['2026-03-08', '2026-03-09'].map((day) => startOfDay(day, 'America/New_York').getTime());
    expect(until - from).toBe(23 * 3_600_000);
    for (let ms = from; ms < until; ms += 600_000) expect(at('America/New_York', new Date(ms).toISOString())).toBe(true);
    expect([at('America/New_York', new Date(from - 1).toISOString()), at('America/New_York', new Date(until).toISOString())]).toEqual([false, false]);
  });
});
