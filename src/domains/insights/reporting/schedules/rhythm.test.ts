import { describe, expect, it } from 'vitest';
import { dayIn } from '../../../../kernel/day.ts';
import type { Rhythm } from '../../contract/reporting.ts';
import {
  lateHours,
  minutesUntilNext,
  momentIn,
  nextDue,
  periodOf,
  takeUpMoments,
} from './rhythm.ts';

const shanghai = 'Asia/Shanghai';
const iso = (moment: Date): string => moment.toISOString();

/** The next moments of a rhythm, as a clock of the zone shows them. */
function following(
  rhythm: Rhythm,
  timeZone: string,
  after: string,
  count: number,
): string[] {
  const found: string[] = [];
  let moment = new Date(after);
  for (let n = 0; n < count; n++) {
    moment = nextDue(rhythm, timeZone, moment);
    found.push(
      new Intl.DateTimeFormat('sv-SE', {
        timeZone,
        dateStyle: 'short',
        timeStyle: 'short',
      }).format(moment),
    );
  }
  return found;
}

describe('a moment of a day in a zone', () => {
  it.each([
    [shanghai, '2026-03-08', '08:30', '2026-03-08T00:30:00.000Z'],
    ['UTC', '2026-03-08', '23:59', '2026-03-08T23:59:00.000Z'],
    ['America/New_York', '2026-03-07', '08:30', '2026-03-07T13:30:00.000Z'],
    // Clocks go from 2:00 to 3:00 on this day: 2:30 does not come, and 8:30 is an hour earlier.
    ['America/New_York', '2026-03-08', '02:30', '2026-03-08T07:30:00.000Z'],
    ['America/New_York', '2026-03-08', '08:30', '2026-03-08T12:30:00.000Z'],
    ['Asia/Kathmandu', '2026-01-01', '00:00', '2025-12-31T18:15:00.000Z'],
  ])('in %s on %s at %s is %s', (timeZone, day, time, moment) => {
    expect(iso(momentIn(timeZone, day, time))).toBe(moment);
  });

  it('is one where clocks show it twice', () => {
    const moment = momentIn('America/New_York', '2026-11-01', '01:30');
    expect(['2026-11-01T05:30:00.000Z', '2026-11-01T06:30:00.000Z']).toContain(
      iso(moment),
    );
    expect(dayIn('America/New_York', moment)).toBe('2026-11-01');
  });
});

describe('the next time a report is due', () => {
  it('comes every day at its time, and not again at the very moment', () => {
    expect(
      following(
        { every: 'day', at: '08:30' },
        shanghai,
        '2026-03-07T00:29:59Z',
        3,
      ),
    ).toEqual(['2026-03-07 08:30', '2026-03-08 08:30', '2026-03-09 08:30']);
    expect(
      following(
        { every: 'day', at: '08:30' },
        shanghai,
        '2026-03-07T00:30:00Z',
        1,
      ),
    ).toEqual(['2026-03-08 08:30']);
  });

  it('comes on the same weekday, Mondays being the first', () => {
    expect(
      following(
        { every: 'week', weekday: 1, at: '09:00' },
        shanghai,
        '2026-03-04T00:00:00Z',
        2,
      ),
    ).toEqual(['2026-03-09 09:00', '2026-03-16 09:00']);
    expect(
      following(
        { every: 'week', weekday: 7, at: '09:00' },
        shanghai,
        '2026-03-04T00:00:00Z',
        1,
      ),
    ).toEqual(['2026-03-08 09:00']);
  });

  it('comes on the day of the month, or on its last where there is no such day', () => {
    expect(
      following(
        { every: 'month', day: 31, at: '07:00' },
        shanghai,
        '2026-01-15T00:00:00Z',
        4,
      ),
    ).toEqual([
      '2026-01-31 07:00',
      '2026-02-28 07:00',
      '2026-03-31 07:00',
      '2026-04-30 07:00',
    ]);
    expect(
      following(
        { every: 'month', day: 'last', at: '07:00' },
        shanghai,
        '2028-02-01T00:00:00Z',
        2,
      ),
    ).toEqual(['2028-02-29 07:00', '2028-03-31 07:00']);
    expect(
      following(
        { every: 'month', day: 1, at: '07:00' },
        shanghai,
        '2026-01-15T00:00:00Z',
        1,
      ),
    ).toEqual(['2026-02-01 07:00']);
  });

  it('keeps its time of day when clocks change', () => {
    expect(
      following(
        { every: 'day', at: '08:30' },
        'America/New_York',
        '2026-03-06T20:00:00Z',
        3,
      ),
    ).toEqual(['2026-03-07 08:30', '2026-03-08 08:30', '2026-03-09 08:30']);
    expect(
      following(
        { every: 'day', at: '02:30' },
        'America/New_York',
        '2026-03-07T12:00:00Z',
        2,
      ),
    ).toEqual(['2026-03-08 03:30', '2026-03-09 02:30']);
  });
});

describe('what a report is about', () => {
  it.each([
    ['yesterday', '2026-03-01', '2026-02-28', '2026-02-28'],
    ['last_7_days', '2026-03-03', '2026-02-24', '2026-03-02'],
    ['last_week', '2026-03-04', '2026-02-23', '2026-03-01'],
    ['last_week', '2026-03-02', '2026-02-23', '2026-03-01'],
    ['last_month', '2026-03-31', '2026-02-01', '2026-02-28'],
    ['month_to_date', '2026-03-15', '2026-03-01', '2026-03-14'],
    ['month_to_date', '2026-03-01', '2026-02-01', '2026-02-28'],
  ] as const)('%s on %s is from %s to %s', (period, day, from, to) => {
    expect(periodOf(period, day)).toEqual({ from, to });
  });
});

describe('moments that passed while nobody worked', () => {
  const daily: Rhythm = { every: 'day', at: '08:00' };
  const nextAt = new Date('2026-03-02T00:00:00Z');
  const taken = (now: string) =>
    takeUpMoments(daily, shanghai, nextAt, new Date(now));

  it('are sent late within six hours, and were missed after that', () => {
    expect(taken('2026-03-02T05:59:00Z').moments).toEqual([
      { dueAt: nextAt, isMissed: false },
    ]);
    expect(taken('2026-03-02T06:00:01Z').moments).toEqual([
      { dueAt: nextAt, isMissed: true },
    ]);
    expect(lateHours).toBe(6);
  });

  it('are told of one by one, the newest last, and a month of them at most', () => {
    const { moments, nextAt: next } = taken('2026-03-05T01:00:00Z');
    expect(
      moments.map(({ dueAt, isMissed }) => [iso(dueAt).slice(0, 10), isMissed]),
    ).toEqual([
      ['2026-03-02', true],
      ['2026-03-03', true],
      ['2026-03-04', true],
      ['2026-03-05', false],
    ]);
    expect(iso(next)).toBe('2026-03-06T00:00:00.000Z');
    expect(taken('2027-03-05T01:00:00Z').moments).toHaveLength(31);
  });

  it('are none before the first is due', () => {
    expect(taken('2026-03-01T23:59:59Z')).toEqual({ moments: [], nextAt });
  });
});

describe('a report that could not be sent', () => {
  it('is tried again five times, further and further apart', () => {
    const half = (): number => 0.5;
    expect(
      [1, 2, 3, 4, 5, 6].map((failures) => minutesUntilNext(failures, half)),
    ).toEqual([1, 5, 15, 60, 180, null]);
    expect(minutesUntilNext(1, () => 0)).toBe(0.9);
  });
});
