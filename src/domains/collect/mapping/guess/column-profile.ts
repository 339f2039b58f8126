import { readEmail, readPhone } from '../../values/contact.ts';
import { failure } from '../../values/failure.ts';
import { readDecimal } from '../../values/decimal.ts';
import { provinceOf } from '../../values/region.ts';
import { readTime } from '../../values/time.ts';
import { booleanWords, genderWords, kindWords, wordNumber } from '../../values/words.ts';
import { zoneOf } from '../../values/zone.ts';
import type { FieldType } from '../fields.ts';

/** What a column's sample values look like: shares are of the values that are not empty. */
export interface ColumnProfile {
  values: readonly string[];
  filled: number;
  distinct: number;
  /** Share of the filled values that a field of this type would take. */
  fits: Record<Exclude<FieldType, 'attribute'>, number>;
  /** Every value is a whole number with decimals of zero: `17850.0`. */
  wholeWithDecimals: boolean;
}

const scratch = new Float64Array(1);
const utc = zoneOf('UTC');

function isDecimal(value: string): boolean {
  const bytes = Buffer.from(value);
  return readDecimal(bytes, 0, bytes.length, scratch, 0) === failure.none && !Number.isNaN(scratch[0]);
}

function isTime(value: string): boolean {
  const bytes = Buffer.from(value);
  // Whether 13/02 or 02/13 is meant is another question: a date is whatever is one in either order.
  return (['day_first', 'month_first'] as const).some(
    (order) => readTime(bytes, 0, bytes.length, utc, order, scratch, 0) === failure.none,
  );
}

function isPhone(value: string): boolean {
  const result = readPhone(value);
  return 'text' in result || result.failure === failure.phone_masked;
}

const tests: Record<Exclude<FieldType, 'attribute'>, (value: string) => boolean> = {
  text: () => true,
  id: (value) => value.length <= 64,
  decimal: isDecimal,
  time: isTime,
  day: isTime,
  phone: isPhone,
  email: (value) => 'text' in readEmail(value),
  gender: (value) => wordNumber(genderWords, value) > 0,
  boolean: (value) => wordNumber(booleanWords, value) > 0,
  order_kind: (value) => wordNumber(kindWords, value) > 0,
  region: (value) => value.length <= 40 && !isDecimal(value),
  address: (value) => provinceOf(value, true) !== '',
  currency: (value) => /^[A-Za-z]{3}$|^(人民币|美元|欧元|英镑|港币|日元|元|[¥$€£])$/.test(value),
};

/** Looks at the sample values of one column. */
export function profileColumn(rawValues: readonly string[]): ColumnProfile {
  const values = rawValues.map((value) => value.trim()).filter((value) => value !== '');
  const share = (test: (value: string) => boolean) =>
    values.length === 0 ? 0 : values.filter(test).length / values.length;
  const fits = Object.fromEntries(Object.entries(tests).map(([type, test]) => [type, share(test)]));
  return {
    values,
    filled: values.length,
    distinct: new Set(values).size,
    fits: fits as ColumnProfile['fits'],
    wholeWithDecimals: values.length > 0 && values.every((value) => /^\d+\.0+$/.test(value)),
  };
}
