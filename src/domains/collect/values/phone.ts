import { failure } from './failure.ts';
import { halfWidth } from './half-width.ts';
import type { TextResult } from './text-result.ts';

const mobile = /^1[3-9]\d{9}$/;
/** Area code and number of a Chinese landline: 010-12345678, 0755-1234567. */
const landline = /^0((?:10|2\d)\d{8}|[3-9]\d{2}\d{7,8})$/;

/**
 * A phone number in E.164. Without a country code it is Chinese: `138 0013 8000`,
 * `+86-138…`, `0086…`, `86138…` and full-width digits are all `+8613800138000`. Landlines keep their area
 * code. A number with asterisks identifies nobody and is `phone_masked`.
 */
export function normalisePhone(raw: string): TextResult {
  const text = halfWidth(raw).trim();
  if (/^[\d+ -]*\*[\d* -]*$/.test(text)) return { failure: failure.phone_masked };
  if (/^\d(\.\d+)?e\+\d+$/i.test(text)) return { failure: failure.damaged_by_spreadsheet };
  // Spreadsheets make a float of a column of numbers with gaps: 13800138000.0
  const digits = text
    .replace(/\.0+$/, '')
    .replace(/^tel:/i, '')
    .replace(/[\s()./-]/g, '')
    .replace(/^00/, '+');
  const chinese = digits.replace(/^\+?86(?=1[3-9]\d{9}$|0\d{9,11}$)/, '');
  if (mobile.test(chinese)) return { text: `+86${chinese}` };
  if (landline.test(chinese)) return { text: `+86${chinese.slice(1)}` };
  if (/^\+[1-9]\d{6,14}$/.test(digits)) {
    const wrongMobile = /^\+86(?!\d{9,11}$)|^\+861\d{0,9}$/.test(digits);
    return wrongMobile ? { failure: failure.not_a_phone } : { text: digits };
  }
  return { failure: failure.not_a_phone };
}
