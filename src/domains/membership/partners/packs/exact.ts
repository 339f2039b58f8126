import { formatDecimal, parseDecimal } from '../../../../kernel/decimal.ts';

/** An amount as the database or a checked request has it, in ten-thousandths. */
export function exact(text: string): bigint {
  const value = parseDecimal(text);
  if (value === null) throw new RangeError('an amount that is not exact');
  return value;
}

/** As people and programs read it: `12.5`. */
export const plain = (text: string): string => formatDecimal(exact(text));
