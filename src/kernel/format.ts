import type { Locale } from './locale.ts';

/** What formatting depends on: the reader's language, the brand's time zone and currency. */
export interface FormatSettings {
  locale: Locale;
  timeZone: string;
  currency: string;
}

/** An amount as replies carry it: a plain decimal string, or a number that needs no exactness. */
export type Numeric = string | number | bigint;

/** Functions that turn values into text for a person. `null` and `undefined` become a dash. */
export interface Format {
  /** `¥9,747,747.93`, exact for decimal strings; the brand's currency unless another is given. */
  money(value: Numeric | null | undefined, currency?: string): string;
  /** The price of one thing, which may be less than a cent. */
  price(value: Numeric | null | undefined, currency?: string): string;
  /** An estimate of money, which has no cents: `¥12,300`. */
  wholeMoney(value: Numeric | null | undefined, currency?: string): string;
  /** Money shortened from ten thousand up: `¥974.77万`, `¥9.75M`. */
  compactMoney(value: Numeric | null | undefined, currency?: string): string;
  number(value: Numeric | null | undefined, maximumFractionDigits?: number): string;
  /** Shortened from ten thousand up: `12.3万`, `12.3K`. */
  compact(value: Numeric | null | undefined): string;
  /** `7.6 MB`, in steps of a thousand. */
  bytes(value: number | null | undefined): string;
  /** 0.125 is `12.5%`. */
  percent(value: number | null | undefined, maximumFractionDigits?: number): string;
  /** A moment's day in the brand's zone. A bare day (`2026-06-18`) stays that day. */
  date(value: string | Date | null | undefined): string;
  /** A year, quarter or month of the calendar (`2026`, `2026-Q3`, `2026-06`): `2026/06`, `Jun 2026`. */
  period(value: string | null | undefined): string;
  /** A moment to the minute in the brand's zone. */
  dateTime(value: string | Date | null | undefined): string;
  /** A moment's time of day, to the minute, in the brand's zone. */
  time(value: string | Date | null | undefined): string;
  /** `3 minutes ago`. */
  relative(value: string | Date | null | undefined, now?: Date): string;
  /** The two largest units of a span: `2 hr 5 min`. */
  duration(milliseconds: number | null | undefined): string;
}

/** What stands where there is no value. */
export const dash = '–';
const exact = (value: Numeric): number | bigint | `${number}` =>
  typeof value === 'string' ? (value as `${number}`) : value;

/** From here a number is shortened: four digits are read at a glance, in every language. */
const shortenFrom = 10_000;

const compactOptions = (value: Numeric): Intl.NumberFormatOptions =>
  Math.abs(Number(value)) >= shortenFrom
    ? { notation: 'compact', maximumFractionDigits: 2, minimumFractionDigits: 0 }
    : { maximumFractionDigits: 2, trailingZeroDisplay: 'stripIfInteger' };

const spans = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

const durationText = (locale: Locale, milliseconds: number): string => {
  const unitText = (value: number, unit: string): string =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(value);
  if (milliseconds < 1000) return unitText(Math.round(milliseconds), 'millisecond');
  let rest = Math.round(milliseconds / 1000) * 1000;
  const parts: string[] = [];
  for (const [unit, size] of spans) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(unitText(count, unit));
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.join(' ');
};

const bytesText = (locale: Locale, bytes: number): string => {
  const steps = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];
  const step = Math.min(steps.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return new Intl.NumberFormat(locale, { style: 'unit', unit: steps[step], unitDisplay: step === 0 ? 'long' : 'short', maximumFractionDigits: 1 }).format(bytes / 1000 ** step);
};

const agoUnits = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ...spans,
] as const;

const relativeText = (locale: Locale, milliseconds: number): string => {
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: locale === 'en' ? 'long' : 'short' });
  for (const [unit, size] of agoUnits)
    if (Math.abs(milliseconds) >= size) return words.format(Math.trunc(milliseconds / size), unit);
  return words.format(0, 'second');
};

/** A day of a calendar rather than a moment. */
const bareDay = /^\d{4}-\d{2}-\d{2}$/;
/** A quarter or a month of a calendar. */
export const barePeriod = /^\d{4}-(Q[1-4]|0[1-9]|1[0-2])$/;

const periodText = (locale: Locale, period: string): string => {
  const [year, part] = period.split('-');
  if (part === undefined) return year;
  if (part.startsWith('Q')) return locale === 'en' ? `${part} ${year}` : `${year} ${part}`;
  if (locale !== 'en') return `${year}/${part}`;
  return new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(`${period}-01`));
};

/** The formatting functions for a reader's language and a brand's zone and currency. */
export function createFormat({ locale, timeZone, currency }: FormatSettings): Format {
  const number = (value: Numeric, options: Intl.NumberFormatOptions): string =>
    new Intl.NumberFormat(locale, options).format(exact(value));
  const moneyOptions = (code = currency): Intl.NumberFormatOptions => ({
    style: 'currency',
    currency: code,
    currencyDisplay: 'narrowSymbol',
  });
  const moment = (value: string | Date, options: Intl.DateTimeFormatOptions): string => {
    const zone = typeof value === 'string' && bareDay.test(value) ? 'UTC' : timeZone;
    return new Intl.DateTimeFormat(locale, { ...options, timeZone: zone }).format(new Date(value));
  };
  const day = { year: 'numeric', month: locale === 'en' ? 'short' : '2-digit', day: locale === 'en' ? 'numeric' : '2-digit' } as const;
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const given = <T>(value: T | null | undefined, text: (value: T) => string): string =>
    value === null || value === undefined || value === '' ? dash : text(value);
  return {
    money: (value, code) => given(value, (v) => number(v, moneyOptions(code))),
    price: (value, code) => given(value, (v) => number(v, { ...moneyOptions(code), maximumFractionDigits: 4 })),
    wholeMoney: (value, code) => given(value, (v) => number(v, { ...moneyOptions(code), minimumFractionDigits: 0, maximumFractionDigits: 0 })),
    compactMoney: (value, code) =>
      given(value, (v) => number(v, { ...moneyOptions(code), ...compactOptions(v) })),
    number: (value, maximumFractionDigits = 2) => given(value, (v) => number(v, { maximumFractionDigits })),
    compact: (value) => given(value, (v) => number(v, compactOptions(v))),
    bytes: (value) => given(value, (v) => bytesText(locale, v)),
    percent: (value, maximumFractionDigits = 1) =>
      given(value, (v) => number(v, { style: 'percent', maximumFractionDigits })),
    date: (value) => given(value, (v) => moment(v, day)),
    period: (value) => given(value, (v) => periodText(locale, v)),
    dateTime: (value) => given(value, (v) => moment(v, { ...day, ...clock })),
    time: (value) => given(value, (v) => moment(v, clock)),
    relative: (value, now = new Date()) =>
      given(value, (v) => relativeText(locale, new Date(v).getTime() - now.getTime())),
    duration: (value) => given(value, (v) => durationText(locale, v)),
  };
}
