/**
 * Money and quantities are exact: integers of ten-thousandths (scale 4), as the
 * Decimal(18, 4) columns of the fact tables hold them. Never a float.
 */
export const decimalScale = 4;
/** No number of 18 digits is written longer than this, however many zeros are around it. */
const longestText = 100;

/**
 * Reads a plain decimal (`-12.5`, `.75`, `1e-3` is refused) into ten-thousandths.
 * Returns null where it is not a number, has more than four decimals that are not zero,
 * or does not fit into 18 digits.
 */
export function parseDecimal(text: string): bigint | null {
  if (text.length > longestText) return null;
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text);
  if (!match || (match[2] === '' && !match[3])) return null;
  const fraction = (match[3] ?? '').replace(/0+$/, '');
  if (fraction.length > decimalScale) return null;
  const digits = (match[2] || '0') + fraction.padEnd(decimalScale, '0');
  if (digits.replace(/^0+/, '').length > 18) return null;
  const value = BigInt(digits);
  return match[1] === '-' ? -value : value;
}

/** Ten-thousandths as a plain decimal without trailing zeros: `97477479340n` is `9747747.934`. */
export function formatDecimal(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(decimalScale + 1, '0');
  let end = digits.length;
  while (end > digits.length - decimalScale && digits[end - 1] === '0') end--;
  const whole = digits.length - decimalScale;
  return `${value < 0n ? '-' : ''}${digits.slice(0, whole)}${end > whole ? `.${digits.slice(whole, end)}` : ''}`;
}
