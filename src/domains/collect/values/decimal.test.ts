import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDecimal, parseDecimal } from '../../../kernel/decimal.ts';
import { divideDecimals, multiplyDecimals, readDecimal } from './decimal.ts';
import { failure, failureName } from './failure.ts';

const out = new Float64Array(1);

/** The value in ten-thousandths, the name of the failure, or null for an empty cell. */
function read(text: string): number | string | null {
  const bytes = Buffer.from(`<${text}>`);
  const code = readDecimal(bytes, 1, bytes.length - 1, out, 0);
  if (code !== failure.none) {
    expect(out[0]).toBeNaN();
    return failureName(code);
  }
  return Number.isNaN(out[0]) ? null : out[0];
}

describe('readDecimal', () => {
  it.each([
    ['0', 0],
    ['7', 70_000],
    ['2.55', 25_500],
    ['-11062.06', -110_620_600],
    ['0.001', 10],
    ['12.', 120_000],
    ['.75', 7500],
    ['+3', 30_000],
    ['-0', 0],
    ['-0.00', 0],
    ['007', 70_000],
    ['1.230000', 12_300],
    ['  5.5  ', 55_000],
    ['\u30005\u00a0', 50_000],
    ['¥1,234.50', 12_345_000],
    ['￥１，２３４．５０', 12_345_000],
    ['CNY 12', 120_000],
    ['12元', 120_000],
    ['-¥12', -120_000],
    ['¥-12', -120_000],
    ['$1,000,000', 10_000_000_000],
    ['€ 9.99', 99_900],
    ['£40.00', 400_000],
    ['HK$8', 80_000],
    ['12 USD', 120_000],
    ['(12.50)', -125_000],
    ['（￥12.50）', -125_000],
    ['1 234.5', 12_345_000],
    ['−5', -50_000],
    ['99999999999', 999_999_999_990_000],
    ['900719925474.0991', Number.MAX_SAFE_INTEGER],
  ])('reads %s', (text, value) => {
    expect(read(text)).toBe(value);
  });

  it.each([
    ['1.23456', 'too_many_decimals'],
    ['0.00001', 'too_many_decimals'],
    ['12%', 'percent_not_accepted'],
    ['％5', 'percent_not_accepted'],
    ['900719925474.0992', 'number_too_large'],
    ['123456789012345678', 'number_too_large'],
    ['abc', 'not_a_number'],
    ['1,5', 'not_a_number'],
    ['1.234,56', 'not_a_number'],
    ['12,34,567', 'not_a_number'],
    ['1e5', 'not_a_number'],
    ['--5', 'not_a_number'],
    ['.', 'not_a_number'],
    ['+', 'not_a_number'],
    ['1.2.3', 'not_a_number'],
    ['0x10', 'not_a_number'],
    ['1 2', 'not_a_number'],
    ['五', 'not_a_number'],
  ])('refuses %s', (text, name) => {
    expect(read(text)).toBe(name);
  });

  it.each(['', ' ', '\t', '\u3000', '-', 'NULL', 'NaN', '\\N'])('takes %j for no value', (text) => {
    expect(read(text)).toBeNull();
  });

  it('agrees with the kernel on every number that fits', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (units) => {
        const text = formatDecimal(BigInt(units));
        expect(read(text)).toBe(units === 0 ? 0 : units);
        expect(parseDecimal(text)).toBe(BigInt(units));
      }),
    );
  });

  it('reads any text at all without throwing, and only numbers as numbers', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const value = read(text.toWellFormed());
        if (typeof value === 'number') expect(Number.isSafeInteger(value)).toBe(true);
      }),
    );
  });

  it('reads thousands separators, currency signs and full-width digits as if they were not there', () => {
    const dressed = fc.tuple(
      fc.integer({ min: 1000, max: 99_999_999 }),
      fc.constantFrom('', '¥', '$', 'CNY '),
      fc.boolean(),
    );
    fc.assert(
      fc.property(dressed, ([number, sign, wide]) => {
        const grouped = sign + number.toLocaleString('en-US');
        const text = wide
          ? grouped.replace(/[\d,]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0))
          : grouped;
        expect(read(text)).toBe(number * 10_000);
      }),
    );
  });
});

describe('multiplyDecimals', () => {
  it('is exact, and rounds half away from zero beyond four decimals', () => {
    expect(multiplyDecimals(60_000, 25_500)).toBe(153_000);
    expect(multiplyDecimals(15_000, 3333)).toBe(5000);
    expect(multiplyDecimals(-15_000, 3333)).toBe(-5000);
    expect(multiplyDecimals(5000, 1)).toBe(1);
    expect(multiplyDecimals(0, -5)).toBe(0);
  });

  it('agrees with whole-number arithmetic wherever the product fits', () => {
    const amount = fc.integer({ min: -1e13, max: 1e13 });
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        const exact = BigInt(a) * BigInt(b);
        const rounded = (exact + (exact < 0n ? -5000n : 5000n)) / 10_000n;
        const fits =
          rounded >= BigInt(-Number.MAX_SAFE_INTEGER) && rounded <= BigInt(Number.MAX_SAFE_INTEGER);
        expect(multiplyDecimals(a, b)).toBe(fits ? Number(rounded) : Number.NaN);
      }),
    );
  });
});

it('divides to four decimals, and by zero not at all', () => {
  expect(divideDecimals(100_000, 30_000)).toBe(33_333);
  expect(divideDecimals(5, 0)).toBeNaN();
});
