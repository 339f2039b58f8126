import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateExists, dayNumber } from './calendar.ts';
import { failure, failureName } from './failure.ts';
import { readDay, readTime, type DateOrder } from './time.ts';
import { Zone, zoneOf } from './zone.ts';

const out = new Float64Array(1);
const shanghai = zoneOf('Asia/Shanghai');

/** The instant in ISO form, the name of the failure, or null for an empty cell. */
function read(text: string, zone = shanghai, order: DateOrder = 'day_first'): string | null {
  const bytes = Buffer.from(text);
  const code = readTime(bytes, 0, bytes.length, zone, order, out, 0);
  if (code !== failure.none) return failureName(code);
  return Number.isNaN(out[0]) ? null : new Date(out[0]).toISOString();
}

describe('readTime', () => {
  it.each([
    ['2010-12-01 08:26:00', '2010-12-01T00:26:00.000Z'],
    ['2010-12-01T08:26:00', '2010-12-01T00:26:00.000Z'],
    ['2010-12-01 08:26', '2010-12-01T00:26:00.000Z'],
    ['2010-12-01', '2010-11-30T16:00:00.000Z'],
    ['2020/2/21 0:00:05', '2020-02-20T16:00:05.000Z'],
    ['2020.02.21', '2020-02-20T16:00:00.000Z'],
    ['20140919', '2014-09-18T16:00:00.000Z'],
    ['20140919123005', '2014-09-19T04:30:05.000Z'],
    ['2014年9月19日', '2014-09-18T16:00:00.000Z'],
    ['2014年09月19日 08时05分', '2014-09-19T00:05:00.000Z'],
    ['2014年9月19日8时5分6秒', '2014-09-19T00:05:06.000Z'],
    ['2014-9-19 下午3:05', '2014-09-19T07:05:00.000Z'],
    ['2010-12-01T08:26:00.12Z', '2010-12-01T08:26:00.120Z'],
    ['2010-12-01T08:26:00Z', '2010-12-01T08:26:00.000Z'],
    ['2010-12-01T08:26:00.125Z', '2010-12-01T08:26:00.125Z'],
    ['2010-12-01T08:26:00.123456+01:00', '2010-12-01T07:26:00.123Z'],
    ['2010-12-01 08:26:00 -0530', '2010-12-01T13:56:00.000Z'],
    ['2010-12-01 08:26:00 UTC', '2010-12-01T08:26:00.000Z'],
    ['1582243205', '2020-02-21T00:00:05.000Z'],
    ['1582243205123', '2020-02-21T00:00:05.123Z'],
    ['1582243205.5', '2020-02-21T00:00:05.500Z'],
    ['21/02/2020 1:05 PM', '2020-02-21T05:05:00.000Z'],
    ['21-2-2020', '2020-02-20T16:00:00.000Z'],
    [' ２０２０－０２－２１ ', '2020-02-20T16:00:00.000Z'],
    ['2020-02-29 23:59:59', '2020-02-29T15:59:59.000Z'],
  ])('reads %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    ['2020-02-30', 'impossible_date'],
    ['2020-02-30 10:00:00', 'impossible_date'],
    ['2019-02-29', 'impossible_date'],
    ['2020-13-01', 'impossible_date'],
    ['2020-00-10', 'impossible_date'],
    ['2020-01-00', 'impossible_date'],
    ['2020-01-01 24:00:00', 'impossible_date'],
    ['2020-01-01 10:60:00', 'impossible_date'],
    ['2020-01-01 10:00:61', 'impossible_date'],
    ['20201301', 'impossible_date'],
    ['12/31/2020 12:00 am', 'impossible_date'],
    ['9999-12-31', 'date_out_of_range'],
    ['0001-01-01', 'date_out_of_range'],
    ['9999-12-31 00:00:00', 'date_out_of_range'],
    ['1899-12-31', 'date_out_of_range'],
    ['9999999999999', 'date_out_of_range'],
    ['yesterday', 'not_a_time'],
    ['2020', 'not_a_time'],
    ['12:30', 'not_a_time'],
    ['2020-01-01 noon', 'not_a_time'],
    ['2020-01/01', 'not_a_time'],
    ['01/02/20', 'not_a_time'],
    ['2020-1-1-1', 'not_a_time'],
    ['2020-01-01 1', 'not_a_time'],
    ['43882', 'not_a_time'],
  ])('refuses %s', (text, name) => {
    expect(read(text)).toBe(name);
  });

  it('reads the common forms the same by the fast way and the slow one', () => {
    const two = (n: number) => String(n).padStart(2, '0');
    const clock = fc.tuple(
      fc.integer({ min: 1900, max: 2100 }),
      fc.nat(13),
      fc.nat(32),
      fc.nat(24),
      fc.nat(60),
      fc.nat(60),
    );
    fc.assert(
      fc.property(clock, fc.constantFrom('-', '/', '.'), fc.boolean(), ([y, m, d, h, i, s], mark, padded) => {
        const p = padded ? two : String;
        const fast = `${y}${mark}${p(m)}${mark}${p(d)} ${p(h)}:${two(i)}:${two(s)}`;
        // A full-width digit sends the same text the slow way.
        const slow = fast.replace(/^./, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
        expect(read(fast)).toBe(read(slow));
        const utc = `${y}-${two(m)}-${two(d)}T${two(h)}:${two(i)}:${two(s)}.0${two(s)}Z`;
        expect(read(utc)).toBe(read(utc.replace('Z', '+00:00')));
        const exists =
          new Date(Date.UTC(y, m - 1, d)).getUTCMonth() === m - 1 && d > 0 && h < 24 && i < 60 && s < 60;
        expect(read(fast) !== 'impossible_date').toBe(exists);
      }),
      { numRuns: 1000 },
    );
  });

  it('takes the order of day and month from the mapping', () => {
    expect(read('03/04/2020', shanghai, 'day_first')).toBe('2020-04-02T16:00:00.000Z');
    expect(read('03/04/2020', shanghai, 'month_first')).toBe('2020-03-03T16:00:00.000Z');
    expect(read('25/12/2020', shanghai, 'month_first')).toBe('impossible_date');
  });

  it('takes white space for no value', () => {
    expect(['', ' \u3000', '0000-00-00 00:00:00', 'NULL'].map((text) => read(text))).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it('gives back any second of two centuries in any zone, unless the clocks went over it', () => {
    const zones = [
      'Asia/Shanghai',
      'Europe/London',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'Africa/Monrovia',
      'Pacific/Apia',
      'UTC',
    ];
    const second = fc.integer({ min: Date.UTC(1901, 0, 2) / 1000, max: Date.UTC(2099, 11, 30) / 1000 });
    fc.assert(
      fc.property(second, fc.constantFrom(...zones), (seconds, name) => {
        const clock = (ms: number) => new Date(ms).toLocaleString('sv-SE', { timeZone: name });
        const shown = clock(seconds * 1000);
        const again = Date.parse(read(shown, zoneOf(name))!);
        // In autumn two instants show one time; the first of them is taken. Either shows what was written.
        expect(clock(again)).toBe(shown);
        expect(again).toBeLessThanOrEqual(seconds * 1000);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('changes of the clock', () => {
  const berlin = new Zone('Europe/Berlin');

  it('in spring: a time that does not exist is read as if the clocks had not changed', () => {
    expect(read('2021-03-28 01:59:59', berlin)).toBe('2021-03-28T00:59:59.000Z');
    expect(read('2021-03-28 02:30:00', berlin)).toBe('2021-03-28T01:30:00.000Z');
    expect(read('2021-03-28 03:00:00', berlin)).toBe('2021-03-28T01:00:00.000Z');
  });

  it('in autumn: a time that comes twice is the first one', () => {
    expect(read('2021-10-31 01:59:59', berlin)).toBe('2021-10-30T23:59:59.000Z');
    expect(read('2021-10-31 02:30:00', berlin)).toBe('2021-10-31T00:30:00.000Z');
    expect(read('2021-10-31 03:00:00', berlin)).toBe('2021-10-31T02:00:00.000Z');
  });

  it('by half an hour, and by a whole day', () => {
    expect(read('2021-10-03 02:15:00', zoneOf('Australia/Lord_Howe'))).toBe('2021-10-02T15:45:00.000Z');
    expect(read('2011-12-31 12:00:00', zoneOf('Pacific/Apia'))).toBe('2011-12-30T22:00:00.000Z');
  });

  it('of China, which had summer time from 1986 to 1991', () => {
    expect(read('1988-07-01 12:00:00')).toBe('1988-07-01T03:00:00.000Z');
    expect(read('1992-07-01 12:00:00')).toBe('1992-07-01T04:00:00.000Z');
  });

  it('are the same whether a day was asked for before or not', () => {
    const texts = Array.from(
      { length: 96 },
      (_, i) =>
        `2021-10-31 ${String(Math.floor(i / 4)).padStart(2, '0')}:${String((i % 4) * 15).padStart(2, '0')}:07`,
    );
    const once = texts.map((text) => read(text, new Zone('Europe/Berlin')));
    expect(texts.map((text) => read(text, berlin))).toEqual(once);
  });

  it('need a zone that exists', () => {
    expect(() => zoneOf('Mars/Olympus')).toThrow(RangeError);
  });
});

describe('readDay', () => {
  const day = (text: string): string | null => {
    const bytes = Buffer.from(text);
    const code = readDay(bytes, 0, bytes.length, 'day_first', out, 0);
    if (code !== failure.none) return failureName(code);
    return Number.isNaN(out[0]) ? null : new Date(out[0] * 86_400_000).toISOString().slice(0, 10);
  };

  it('reads a birthday, which has no zone', () => {
    expect(['20130311', '1990-01-02', '1990/1/2 0:00:00', '1990年1月2日', '2/1/1990'].map(day)).toEqual([
      '2013-03-11',
      '1990-01-02',
      '1990-01-02',
      '1990-01-02',
      '1990-01-02',
    ]);
    expect(['', 'x', '1990-02-30', '0001-01-01', '0000-00-00', 'NULL'].map(day)).toEqual([
      null,
      'not_a_time',
      'impossible_date',
      'date_out_of_range',
      null,
      null,
    ]);
  });
});

describe('the calendar', () => {
  it('agrees with the platform on every day', () => {
    fc.assert(
      fc.property(fc.integer({ min: -30_000, max: 60_000 }), (days) => {
        const date = new Date(days * 86_400_000);
        const [year, month, dayOfMonth] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
        expect(dayNumber(year, month, dayOfMonth)).toBe(days);
        expect(dateExists(year, month, dayOfMonth)).toBe(true);
      }),
    );
    expect(dateExists(1900, 2, 29)).toBe(false);
    expect(dateExists(2000, 2, 29)).toBe(true);
  });
});
