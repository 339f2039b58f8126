import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { QuietTime } from '../../contract/gate-rules.ts';
import { firstLoudMs, isQuiet, minuteOfDay } from './clock.ts';

const night: QuietTime = { from: '22:00', until: '08:00', channels: [], clock: 'person', what: 'defer' };
const minuteMs = 60_000;
const at = (text: string): number => Date.parse(text);
const loud = (zone: string, from: string, times: QuietTime[] = [night]): string | null => {
  const ms = firstLoudMs(times, () => zone, at(from));
  return ms === null ? null : new Date(ms).toISOString();
};

describe('quiet hours', () => {
  it.each([
    ['Asia/Shanghai', '2026-06-18T23:59:00Z', true], ['Asia/Shanghai', '2026-06-19T00:00:00Z', false],
    ['Asia/Shanghai', '2026-06-19T13:59:59Z', false], ['Asia/Shanghai', '2026-06-19T14:00:00Z', true],
    ['America/New_York', '2026-06-19T11:59:00Z', true], ['America/New_York', '2026-06-19T12:00:00Z', false],
    ['America/New_York', '2026-12-19T12:59:00Z', true], ['America/New_York', '2026-12-19T13:00:00Z', false],
    ['Asia/Kathmandu', '2026-06-19T02:14:00Z', true], ['Asia/Kathmandu', '2026-06-19T02:15:00Z', false],
  ])('are those of a clock in %s at %s: %s', (zone, moment, expected) => {
    expect(isQuiet(night, zone, at(moment))).toBe(expected);
  });

  it('end at the end of the night, to the minute, and leave a loud moment as it is', () => {
    expect(loud('Asia/Shanghai', '2026-06-18T16:30:00Z')).toBe('2026-06-19T00:00:00.000Z');
    expect(loud('Asia/Shanghai', '2026-06-19T04:00:01Z')).toBe('2026-06-19T04:00:01.000Z');
    expect(loud('UTC', '2026-06-18T23:12:34Z', [{ ...night, until: '08:07' }])).toBe('2026-06-19T08:07:00.000Z');
  });

  it('end after the hour that clocks jump over, and once although an hour comes twice', () => {
    // 2026-03-08 02:00 is 03:00 in New York; 2026-11-01 02:00 is 01:00 again.
    expect(loud('America/New_York', '2026-03-08T05:00:00Z', [{ ...night, until: '02:30' }])).toBe('2026-03-08T07:00:00.000Z');
    expect(loud('America/New_York', '2026-03-08T05:00:00Z')).toBe('2026-03-08T12:00:00.000Z');
    expect(loud('America/New_York', '2026-11-01T04:00:00Z')).toBe('2026-11-01T13:00:00.000Z');
    expect(loud('America/New_York', '2026-11-01T05:40:00Z', [{ ...night, from: '01:30', until: '01:45' }])).toBe('2026-11-01T05:45:00.000Z');
    expect(isQuiet({ from: '01:30', until: '01:45' }, 'America/New_York', at('2026-11-01T06:40:00Z'))).toBe(true);
  });

  it('follow one another where one begins as another ends, and never end where they fill the day', () => {
    expect(loud('UTC', '2026-06-18T23:00:00Z', [night, { ...night, from: '08:00', until: '10:00' }])).toBe('2026-06-19T10:00:00.000Z');
    expect(loud('UTC', '2026-06-18T23:00:00Z', [night, { ...night, from: '08:00', until: '22:00' }])).toBeNull();
  });

  it('are empty from a time until itself', () => {
    expect(loud('UTC', '2026-06-18T22:00:00Z', [{ ...night, from: '22:00', until: '22:00' }])).toBe('2026-06-18T22:00:00.000Z');
  });

  const zones = ['Asia/Shanghai', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Casablanca', 'Asia/Kathmandu', 'Pacific/Apia', 'America/Santiago'];
  const moment = fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-01-01T00:00:00Z') });
  const time = fc.integer({ min: 0, max: 1_439 }).map((minute) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`);

  it('show what the clock of the place shows', () => {
    fc.assert(fc.property(fc.constantFrom(...zones), moment, (zone, ms) => {
      const text = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(ms);
      expect(minuteOfDay(zone, ms)).toBe(Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));
    }));
  });

  it('end at the first minute that is not quiet, in every place and on every day of a year', () => {
    fc.assert(fc.property(fc.constantFrom(...zones), moment, time, time, (zone, ms, from, until) => {
      const quiet = { ...night, from, until };
      const found = firstLoudMs([quiet], () => zone, ms);
      if (found === null) return;
      expect(isQuiet(quiet, zone, found)).toBe(false);
      let minute = ms - (ms % minuteMs);
      let plain = ms;
      while (isQuiet(quiet, zone, plain)) plain = minute += minuteMs;
      expect(found).toBe(plain);
    }), { numRuns: 60 });
  });
});
