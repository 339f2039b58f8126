import { failure } from './failure.ts';
import { halfWidth } from '../../../kernel/half-width.ts';
import { valueText } from './trim.ts';
import type { Failure } from './failure.ts';

const unit = 10_000;
const zero = 48;
const minus = 45;
const point = 46;
/** Digits before the point with which ten-thousandths surely stay a safe integer. */
const fastDigits = 11;
const fractionWeight = [10_000, 1000, 100, 10, 1];

/**
 * Reads an amount or a quantity into `out[index]` as ten-thousandths, the scale of
 * kernel/decimal.ts, as a double that is a whole number (at most 2^53, which is 900 thousand
 * million units; beyond is `number_too_large`). An empty cell gives NaN. Plain digits cost
 * some nanoseconds; currency signs, thousands separators and full-width digits take a detour.
 */
export function readDecimal(
  bytes: Uint8Array,
  start: number,
  end: number,
  out: Float64Array,
  index: number,
): Failure {
  let p = start;
  const negative = bytes[p] === minus && p < end;
  if (negative) p++;
  const wholeStart = p;
  let value = 0;
  while (p < end) {
    const digit = bytes[p] - zero;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
    p++;
  }
  const wholeDigits = p - wholeStart;
  let fraction = 0;
  if (wholeDigits > 0 && wholeDigits <= fastDigits && p < end && bytes[p] === point) {
    p++;
    while (p < end && fraction < 4) {
      const digit = bytes[p] - zero;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
      fraction++;
      p++;
    }
  }
  if (p !== end || wholeDigits === 0 || wholeDigits > fastDigits) {
    return readDressedDecimal(bytes, start, end, out, index);
  }
  value *= fractionWeight[fraction];
  out[index] = negative && value !== 0 ? -value : value;
  return failure.none;
}

const currencies = '(?:[¥$€£₩元]|CNY|RMB|USD|EUR|GBP|HKD|HK\\$|TWD|NT\\$|JPY|MOP|SGD|KRW|AUD|CAD)';
const leading = new RegExp(`^([-+]?) ?${currencies} ?`, 'i');
const trailing = new RegExp(` ?${currencies}$`, 'i');
const grouped = /^[-+]?\d{1,3}(?:[, ]\d{3})+(?:\.\d*)?$/;
const plain = /^([-+]?)(\d*)(?:\.(\d*))?$/;

/** Everything a person writes around a number. `12,5` is refused: it may be 12.5 or 125. */
function readDressedDecimal(
  bytes: Uint8Array,
  start: number,
  end: number,
  out: Float64Array,
  index: number,
): Failure {
  out[index] = NaN;
  let text = halfWidth(valueText(bytes, start, end));
  if (text === '') return failure.none;
  if (/%$|^%/.test(text)) return failure.percent_not_accepted;
  const parenthesised = /^\((.*)\)$/.exec(text);
  if (parenthesised) text = `-${parenthesised[1].trim()}`;
  text = text.replace(leading, '$1').replace(trailing, '');
  if (grouped.test(text)) text = text.replaceAll(/[, ]/g, '');
  const match = plain.exec(text);
  if (!match || (match[2] === '' && !match[3])) return failure.not_a_number;
  const fraction = (match[3] ?? '').replace(/0+$/, '');
  if (fraction.length > 4) return failure.too_many_decimals;
  const value = Number((match[2] || '0') + fraction.padEnd(4, '0'));
  if (!Number.isSafeInteger(value)) return failure.number_too_large;
  out[index] = match[1] === '-' && value !== 0 ? -value : value;
  return failure.none;
}

/**
 * The product of two numbers in ten-thousandths, rounded half away from zero to
 * ten-thousandths; NaN where it is no safe integer any more.
 */
export function multiplyDecimals(a: number, b: number): number {
  const product = a * b;
  if (Number.isSafeInteger(product) && product % unit === 0) return product / unit || 0;
  if (a % unit === 0) return safe((a / unit) * b);
  if (b % unit === 0) return safe(a * (b / unit));
  const exact = BigInt(a) * BigInt(b);
  const half = exact < 0n ? -5000n : 5000n;
  return safe(Number((exact + half) / 10_000n));
}

/** `a / b` in ten-thousandths, rounded; NaN where `b` is zero. */
export function divideDecimals(a: number, b: number): number {
  return b === 0 ? NaN : Math.round((a / b) * unit) || 0;
}

const safe = (value: number): number => (Number.isSafeInteger(value) ? value || 0 : NaN);
