/**
 * A number of a JSON or Parquet file as plain decimal text. Fifteen significant digits are what
 * a double holds for certain: 0.1 + 0.2 reads 0.3, as its writer meant. Never an exponent.
 */
export function numberText(value: number): string {
  if (Number.isSafeInteger(value)) return String(value);
  if (!Number.isFinite(value)) return '';
  const rounded = Number(value.toPrecision(15));
  // The largest doubles round up to infinity.
  const text = String(Number.isFinite(rounded) ? rounded : value);
  return text.includes('e') ? plainDecimal(text) : text;
}

/** Writes `1.5e-7` as `0.00000015` and `1.5e21` as `1500000000000000000000`. */
function plainDecimal(text: string): string {
  const [, sign, whole, fraction = '', exponent] = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text)!;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return `${sign}${digits.padEnd(point, '0')}`;
}
