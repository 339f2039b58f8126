import { dateExists, dayNumber } from './calendar.ts';
import { scanUtc, scanYearFirst } from './year-first.ts';
import { failure } from './failure.ts';
import { halfWidth } from '../../../kernel/half-width.ts';
import { valueText } from './trim.ts';
import type { Failure } from './failure.ts';
import type { Zone } from './zone.ts';

/** What the first two numbers of `03/04/2020` are. Dates that start with the year need no choice. */
export type DateOrder = 'day_first' | 'month_first';

const firstYear = 1900;
const lastYear = 2100;
/** Year to second of the value being read; parsing is synchronous, so one will do. */
const scanned = new Int32Array(6);
const dayMs = 86_400_000;
/**
 * Reads a date with or without a time into `out[index]` as epoch milliseconds. Clock times
 * without an offset are in `zone`; a day without a time is its midnight there. Known are ISO
 * 8601, `2020/2/21 0:00:05`, `20140919`, `20140919123000`, `2014年9月19日 8时5分`, Unix seconds and
 * milliseconds, and `21/02/2020 1:05 PM` in the given order. An empty cell gives NaN.
 */
export function readTime(
  bytes: Uint8Array,
  start: number,
  end: number,
  zone: Zone,
  order: DateOrder,
  out: Float64Array,
  index: number,
): Failure {
  if (scanYearFirst(bytes, start, end, scanned)) {
    const ms = clockMs(scanned[3], scanned[4], scanned[5], 0);
    if (!Number.isNaN(ms) && scannedDateExists()) {
      out[index] = zone.instant(dayNumber(scanned[0], scanned[1], scanned[2]), ms);
      return failure.none;
    }
  }
  const utcMs = scanUtc(bytes, start, end, scanned);
  if (utcMs >= 0) {
    const ms = clockMs(scanned[3], scanned[4], scanned[5], utcMs);
    if (!Number.isNaN(ms) && scannedDateExists()) {
      out[index] = dayNumber(scanned[0], scanned[1], scanned[2]) * dayMs + ms;
      return failure.none;
    }
  }
  return readAnyTime(valueText(bytes, start, end), zone, order, out, index);
}

/**
 * Reads a date, ignoring a time of day behind it, into `out[index]` as days since 1970-01-01: for birthdays,
 * which are the same day everywhere. An empty cell gives NaN.
 */
export function readDay(
  bytes: Uint8Array,
  start: number,
  end: number,
  order: DateOrder,
  out: Float64Array,
  index: number,
): Failure {
  if (scanYearFirst(bytes, start, end, scanned) && scannedDateExists()) {
    out[index] = dayNumber(scanned[0], scanned[1], scanned[2]);
    return failure.none;
  }
  const text = valueText(bytes, start, end);
  out[index] = NaN;
  if (text === '' || zeroDate.test(text)) return failure.none;
  const parts = splitTime(halfWidth(text), order);
  if (parts === null) return failure.not_a_time;
  const wrong = checkDate(parts);
  if (wrong === failure.none) out[index] = dayNumber(parts.year, parts.month, parts.day);
  return wrong;
}

interface TimeParts {
  year: number;
  month: number;
  day: number;
  /** Milliseconds of the day, or NaN where the time of day is impossible. */
  msOfDay: number;
  /** Minutes east of UTC where the text says so. */
  offsetMinutes: number | null;
}

/** What MySQL writes for no date. */
const zeroDate = /^0000-00-00( 00:00:00(\.0+)?)?$/;

function readAnyTime(text: string, zone: Zone, order: DateOrder, out: Float64Array, index: number): Failure {
  out[index] = NaN;
  if (text === '' || zeroDate.test(text)) return failure.none;
  const plain = halfWidth(text);
  if (/^\d{10}$|^\d{13}$|^\d{10}\.\d{1,6}$/.test(plain)) {
    const instant = Math.trunc(Number(plain) * (plain.length === 13 && !plain.includes('.') ? 1 : 1000));
    out[index] = instant;
    return inRange(new Date(instant).getUTCFullYear());
  }
  const parts = splitTime(plain, order);
  if (parts === null) return failure.not_a_time;
  const wrong = checkDate(parts);
  if (wrong !== failure.none) return wrong;
  const day = dayNumber(parts.year, parts.month, parts.day);
  out[index] =
    parts.offsetMinutes === null
      ? zone.instant(day, parts.msOfDay)
      : day * dayMs + parts.msOfDay - parts.offsetMinutes * 60_000;
  return failure.none;
}

function checkDate({ year, month, day, msOfDay }: TimeParts): Failure {
  const range = inRange(year);
  if (range !== failure.none) return range;
  return dateExists(year, month, day) && !Number.isNaN(msOfDay) ? failure.none : failure.impossible_date;
}

const scannedDateExists = (): boolean =>
  scanned[0] >= firstYear && scanned[0] <= lastYear && dateExists(scanned[0], scanned[1], scanned[2]);

const inRange = (year: number): Failure =>
  year >= firstYear && year <= lastYear ? failure.none : failure.date_out_of_range;

const clock =
  /^(上午|下午|晚上|凌晨|中午)? ?(\d{1,2})[:时](\d{1,2})(?:(?:[:分](\d{1,2})(?:[.,](\d{1,9}))?秒?)|分)?(?: ?(am|pm))?$/i;
const yearFirst = /^(\d{4})([-/.年])(\d{1,2})(?:\2|月)(\d{1,2})日?(?:[T ]? ?(?=\D|\d)(.*))?$/;
const yearLast = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?:[T ] ?(.*))?$/;
const compact = /^(\d{4})(\d{2})(\d{2})(?:[T ]?(\d{2})(\d{2})(\d{2}))?$/;
const offset = / ?(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)$/i;

/** Cuts a text into the parts of a date, without judging whether they make one. */
function splitTime(text: string, order: DateOrder): TimeParts | null {
  const digits = compact.exec(text);
  if (digits) {
    const [, year, month, day, hour = '0', minute = '0', second = '0'] = digits;
    return parts(+year, +month, +day, clockMs(+hour, +minute, +second, 0), null);
  }
  const first = yearFirst.exec(text);
  if (first) return withClock(+first[1], +first[3], +first[4], first[5] ?? '');
  const last = yearLast.exec(text);
  if (!last) return null;
  const [a, b] = [+last[1], +last[3]];
  return order === 'day_first'
    ? withClock(+last[4], b, a, last[5] ?? '')
    : withClock(+last[4], a, b, last[5] ?? '');
}

function withClock(year: number, month: number, day: number, rest: string): TimeParts | null {
  if (rest === '') return parts(year, month, day, 0, null);
  const zoned = offset.exec(rest);
  const match = clock.exec(zoned ? rest.slice(0, zoned.index) : rest);
  if (!match) return null;
  const [, half, hourText, minute, second = '0', fraction = '0', meridiem] = match;
  const afternoon = /pm/i.test(meridiem ?? '') || half === '下午' || half === '晚上';
  const morning = /am/i.test(meridiem ?? '') || half === '上午' || half === '凌晨';
  let hour = Number(hourText);
  if (afternoon && hour < 12) hour += 12;
  if (morning && hour === 12) hour = 0;
  const ms = clockMs(hour, +minute, +second, Math.trunc(Number(`0.${fraction}`) * 1000));
  return parts(year, month, day, ms, zoned ? offsetMinutes(zoned[1]) : null);
}

const parts = (
  year: number,
  month: number,
  day: number,
  msOfDay: number,
  offsetMinutes: number | null,
): TimeParts => ({
  year,
  month,
  day,
  msOfDay,
  offsetMinutes,
});

function clockMs(hour: number, minute: number, second: number, ms: number): number {
  return hour < 24 && minute < 60 && second < 60 ? ((hour * 60 + minute) * 60 + second) * 1000 + ms : NaN;
}

function offsetMinutes(text: string): number {
  if (/^[zug]/i.test(text)) return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(3).replace(':', '') || 0);
  return text[0] === '-' ? -minutes : minutes;
}
