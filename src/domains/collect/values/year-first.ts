const dash = 45;
const point = 46;
const slash = 47;
const colon = 58;
const blank = 32;
const letterT = 84;
const letterZ = 90;

/**
 * Reads the forms that nearly all files use, `2010-12-01 08:26:00`, `2020/2/21 0:05`,
 * `2020-02-21`, `20140919`, into six numbers from year to second, without judging them. False for any
 * other form, which is left to slower eyes.
 */
export function scanYearFirst(bytes: Uint8Array, start: number, end: number, fields: Int32Array): boolean {
  if (end - start === 19 && scanPadded(bytes, start, fields)) return true;
  let count = 0;
  let value = 0;
  let digits = 0;
  let separator = 0;
  for (let p = start; p < end; p++) {
    const byte = bytes[p];
    const digit = byte - 48;
    if (digit >= 0 && digit <= 9) {
      value = value * 10 + digit;
      if (++digits > 8) return false;
      continue;
    }
    if (count === 0) {
      if (digits !== 4 || (byte !== dash && byte !== slash && byte !== point)) return false;
      separator = byte;
    } else if (digits === 0 || digits > 2 || !follows(byte, count, separator)) return false;
    fields[count++] = value;
    value = 0;
    digits = 0;
  }
  if (count === 0) return digits === 8 && splitDigits(value, fields);
  if (digits === 0 || digits > 2 || count === 1 || count === 3) return false;
  fields[count++] = value;
  fields.fill(0, count);
  return true;
}

/**
 * Reads `2020-02-21T00:00:05Z` and `2020-02-21T00:00:05.123Z` into six numbers from year to
 * second and returns the milliseconds; -1 for any other form.
 */
export function scanUtc(bytes: Uint8Array, start: number, end: number, fields: Int32Array): number {
  const length = end - start;
  if ((length !== 20 && length !== 24) || bytes[end - 1] !== letterZ || !scanPadded(bytes, start, fields))
    return -1;
  if (length === 20) return 0;
  const ms = twoDigits(bytes, start + 20) * 10 + bytes[start + 22] - 48;
  return bytes[start + 19] === point && bytes[start + 22] >= 48 && bytes[start + 22] <= 57
    ? Math.max(-1, ms)
    : -1;
}

/** Whether a byte may stand behind the field of this number: 1 is the month. */
function follows(byte: number, field: number, separator: number): boolean {
  if (field === 1) return byte === separator;
  if (field === 2) return byte === blank || byte === letterT;
  return byte === colon && field < 5;
}

function splitDigits(value: number, fields: Int32Array): boolean {
  fields[0] = Math.floor(value / 10_000);
  fields[1] = Math.floor(value / 100) % 100;
  fields[2] = value % 100;
  fields.fill(0, 3);
  return true;
}

/** The likeliest form by far, `2010-12-01 08:26:00`, whose digits have fixed places. */
function scanPadded(bytes: Uint8Array, start: number, fields: Int32Array): boolean {
  const between = bytes[start + 10];
  if (bytes[start + 4] !== dash || bytes[start + 7] !== dash || (between !== blank && between !== letterT))
    return false;
  if (bytes[start + 13] !== colon || bytes[start + 16] !== colon) return false;
  fields[0] = twoDigits(bytes, start) * 100 + twoDigits(bytes, start + 2);
  fields[1] = twoDigits(bytes, start + 5);
  fields[2] = twoDigits(bytes, start + 8);
  fields[3] = twoDigits(bytes, start + 11);
  fields[4] = twoDigits(bytes, start + 14);
  fields[5] = twoDigits(bytes, start + 17);
  return (fields[0] | fields[1] | fields[2] | fields[3] | fields[4] | fields[5]) >= 0;
}

/** A number from 0 to 99, or one far below zero where a byte is no digit. */
function twoDigits(bytes: Uint8Array, p: number): number {
  const tens = bytes[p] - 48;
  const ones = bytes[p + 1] - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1_000_000;
}
