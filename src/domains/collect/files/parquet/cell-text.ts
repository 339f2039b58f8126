import { numberText } from '../number-text.ts';
import type { ParquetParsers, SchemaTree } from 'hyparquet';

/** Turns a decoded value of one column into the text a CSV file would hold. */
export type CellText = (value: unknown) => string | Uint8Array;

const utf8 = new TextDecoder();
const textOf = (bytes: Uint8Array | undefined) => bytes && utf8.decode(bytes);

/** Times become epoch milliseconds and JSON stays text, so that no value takes a detour. */
export const parsers: Partial<ParquetParsers> = {
  stringFromBytes: textOf,
  jsonFromBytes: textOf,
  timestampFromMilliseconds: (millis) => (millis === undefined ? undefined : Number(millis)),
  timestampFromMicroseconds: (micros) => (micros === undefined ? undefined : Number(micros / 1000n)),
  timestampFromNanoseconds: (nanos) => (nanos === undefined ? undefined : Number(nanos / 1_000_000n)),
  dateFromDays: (days) => (days === undefined ? undefined : days * 86_400_000),
};

/**
 * The conversion for a top-level column. A time without a zone stays without one and is read
 * in the mapping's zone; lists and structs become JSON. Decimals are taken over from the
 * library, which would make floats of them: the schema element loses its type here.
 */
export function cellTextOf(column: SchemaTree): CellText {
  const { element } = column;
  const { converted_type: converted, logical_type: logical } = element;
  if (column.children.length > 0 || element.repetition_type === 'REPEATED') return jsonText;
  if (converted === 'DECIMAL' || logical?.type === 'DECIMAL') {
    const scale = element.scale ?? 0;
    delete element.converted_type;
    delete element.logical_type;
    return (value) => (value == null ? '' : decimalText(value, scale));
  }
  if (logical?.type === 'TIMESTAMP' || converted?.startsWith('TIMESTAMP') || element.type === 'INT96') {
    const end = logical?.type === 'TIMESTAMP' && !logical.isAdjustedToUTC ? 23 : 24;
    return (value) => (typeof value === 'number' ? isoText(value).slice(0, end) : '');
  }
  if (converted === 'DATE' || logical?.type === 'DATE') {
    return (value) => (typeof value === 'number' ? isoText(value).slice(0, 10) : '');
  }
  if (element.type === 'FLOAT')
    return (value) => (value == null ? '' : numberText(Number((value as number).toPrecision(7))));
  return scalarText;
}

function scalarText(value: unknown): string | Uint8Array {
  if (value instanceof Uint8Array || typeof value === 'string') return value;
  if (typeof value === 'number') return numberText(value);
  return value == null ? '' : String(value);
}

/** Years beyond four digits are no dates anybody meant; the values' parser refuses this text. */
function isoText(millis: number): string {
  const date = new Date(millis);
  return Number.isNaN(date.getTime()) ? String(millis) : date.toISOString();
}

/** An unscaled integer, or its big-endian two's complement bytes, as a plain decimal. */
function decimalText(value: unknown, scale: number): string {
  const unscaled = value instanceof Uint8Array ? bigEndian(value) : BigInt(value as number | bigint);
  const sign = unscaled < 0n ? '-' : '';
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

function bigEndian(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes) value = value * 256n + BigInt(byte);
  return BigInt.asIntN(8 * bytes.length, value);
}

function jsonText(value: unknown): string {
  if (value == null) return '';
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner === 'bigint') return Number.isSafeInteger(Number(inner)) ? Number(inner) : String(inner);
    return inner instanceof Uint8Array ? Buffer.from(inner).toString('utf8') : inner;
  });
}
