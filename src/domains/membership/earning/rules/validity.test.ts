import { describe, expect, it } from 'vitest';
import type { PointsRules } from '../../contract/programme.ts';
import { availableAt, expiresAt } from './validity.ts';

type Expiry = PointsRules['expiry'];
const shanghai = 'Asia/Shanghai';
const ends = (expiry: Expiry, earned: string, zone = shanghai): string | null => {
  const end = expiresAt(expiry, Date.parse(earned), zone);
  return end === null ? null : new Date(end).toISOString();
};
const months = (
  count: number,
  roundTo: 'day' | 'month' | 'quarter' | 'year' = 'day',
): Expiry => ({ kind: 'duration', months: count, roundTo });

describe('case 20: when points end', () => {
  it.each([
    [
      '31 January and a month is the end of February',
      months(1),
      '2026-01-31T12:00:00+08:00',
      '2026-02-28T16:00:00.000Z',
    ],
    [
      'which is the 29th in a leap year',
      months(1),
      '2028-01-31T12:00:00+08:00',
      '2028-02-29T16:00:00.000Z',
    ],
    [
      'the leap day and a year is 28 February',
      months(12),
      '2028-02-29T12:00:00+08:00',
      '2029-02-28T16:00:00.000Z',
    ],
    [
      'a year is not 365 days',
      months(12),
      '2027-06-01T12:00:00+08:00',
      '2028-06-01T16:00:00.000Z',
    ],
    [
      'a day is the brand’s: just before its midnight',
      months(1),
      '2026-03-09T15:59:59Z',
      '2026-04-09T16:00:00.000Z',
    ],
    ['and at it', months(1), '2026-03-09T16:00:00Z', '2026-04-10T16:00:00.000Z'],
    [
      'to the end of the month',
      months(12, 'month'),
      '2026-02-03T12:00:00+08:00',
      '2027-02-28T16:00:00.000Z',
    ],
    [
      'to the end of the quarter',
      months(12, 'quarter'),
      '2026-02-03T12:00:00+08:00',
      '2027-03-31T16:00:00.000Z',
    ],
    [
      'to the end of the year',
      months(12, 'year'),
      '2026-02-03T12:00:00+08:00',
      '2027-12-31T16:00:00.000Z',
    ],
    [
      'with the quarter they were earned in',
      { kind: 'end_of_period', period: 'quarter', periods: 0 },
      '2026-05-31T12:00:00+08:00',
      '2026-06-30T16:00:00.000Z',
    ],
    [
      'with the quarter after it',
      { kind: 'end_of_period', period: 'quarter', periods: 1 },
      '2026-05-31T12:00:00+08:00',
      '2026-09-30T16:00:00.000Z',
    ],
    [
      'with the month after it, from its last day',
      { kind: 'end_of_period', period: 'month', periods: 1 },
      '2026-01-31T12:00:00+08:00',
      '2026-02-28T16:00:00.000Z',
    ],
    [
      'with the next year',
      { kind: 'end_of_period', period: 'year', periods: 1 },
      '2026-01-31T12:00:00+08:00',
      '2027-12-31T16:00:00.000Z',
    ],
    [
      'on a day of the year',
      { kind: 'fixed_date', month: 3, day: 31, afterMonths: 0 },
      '2026-02-01T12:00:00+08:00',
      '2026-03-31T16:00:00.000Z',
    ],
    [
      'of the next where it is past',
      { kind: 'fixed_date', month: 3, day: 31, afterMonths: 0 },
      '2026-04-01T12:00:00+08:00',
      '2027-03-31T16:00:00.000Z',
    ],
    [
      'not before they are so old',
      { kind: 'fixed_date', month: 3, day: 31, afterMonths: 12 },
      '2026-02-01T12:00:00+08:00',
      '2027-03-31T16:00:00.000Z',
    ],
    [
      'on the last of February, whichever day that is',
      { kind: 'fixed_date', month: 2, day: 31, afterMonths: 0 },
      '2027-12-01T12:00:00+08:00',
      '2028-02-29T16:00:00.000Z',
    ],
    ['never', { kind: 'never' }, '2026-02-01T12:00:00+08:00', null],
  ] as [string, Expiry, string, string | null][])('%s', (_, expiry, earned, expected) =>
    expect(ends(expiry, earned)).toBe(expected),
  );

  it.each([
    [
      'in summer time that began meanwhile',
      months(1),
      '2026-03-01T12:00:00Z',
      'Europe/Berlin',
      '2026-04-01T22:00:00.000Z',
    ],
    [
      'in winter time',
      months(1),
      '2026-10-01T12:00:00Z',
      'Europe/Berlin',
      '2026-11-01T23:00:00.000Z',
    ],
    // In Brazil clocks went from midnight of 4 November 2018 to one in the morning: there was no midnight.
    [
      'at one where midnight did not exist',
      months(1),
      '2018-10-03T12:00:00Z',
      'America/Sao_Paulo',
      '2018-11-04T03:00:00.000Z',
    ],
    // Samoa left out 30 December 2011.
    [
      'after a day that was left out',
      months(1),
      '2011-11-29T12:00:00Z',
      'Pacific/Apia',
      '2011-12-30T10:00:00.000Z',
    ],
  ] as [string, Expiry, string, string, string][])(
    'end with the day %s',
    (_, expiry, earned, zone, expected) =>
      expect(ends(expiry, earned, zone)).toBe(expected),
  );
});

describe('when points can be spent', () => {
  const available = (placed: string, days: number, zone = shanghai): string =>
    new Date(availableAt(Date.parse(placed), days, zone)).toISOString();
  it('at once, or after so many whole days of the brand’s calendar', () => {
    expect(available('2026-03-01T12:34:56.789Z', 0)).toBe('2026-03-01T12:34:56.789Z');
    expect(available('2026-03-01T15:59:59Z', 7)).toBe('2026-03-08T16:00:00.000Z');
    expect(available('2026-03-01T16:00:00Z', 7)).toBe('2026-03-09T16:00:00.000Z');
    expect(available('2026-03-27T12:00:00Z', 1, 'Europe/Berlin')).toBe(
      '2026-03-28T23:00:00.000Z',
    );
    expect(available('2026-03-27T12:00:00Z', 2, 'Europe/Berlin')).toBe(
      '2026-03-29T22:00:00.000Z',
    );
  });
});
