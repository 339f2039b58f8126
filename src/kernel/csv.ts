/** What spreadsheets take for the beginning of a formula, in its full-width form too (OWASP, CSV injection). */
const formula = /^[\s\u0000]*[=+\-@＝＋－＠|%]|^[\t\r\n]/;
/** Nothing but a number with its sign, as a phone in E.164 is: a spreadsheet has nothing to compute in it. */
const plainNumber = /^[+-]?\d+(?:\.\d+)?$/;

/** Put before the first line, so that spreadsheets read the file as UTF-8. */
export const csvByteOrderMark = '\uFEFF';

/** Text that a spreadsheet shows and never computes: an apostrophe goes before what looks like a formula. */
export const harmlessCell = (text: string): string =>
  formula.test(text) && !plainNumber.test(text) ? `'${text}` : text;

const cell = (value: string | number | null): string => {
  const text = harmlessCell(String(value ?? ''));
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** One line of a CSV file (RFC 4180) with its line end; null is an empty cell. */
export const csvLine = (values: readonly (string | number | null)[]): string => `${values.map(cell).join(',')}\r\n`;
