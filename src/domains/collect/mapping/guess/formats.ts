import type { DateOrder } from '../../values/time.ts';
import type { ColumnProfile } from './column-profile.ts';

/**
 * Whether 03/04/2020 is in March or April: decided by any date that has a number above twelve, or else by
 * the zone, since only American files put the month first.
 */
export function guessDateOrder(columns: readonly ColumnProfile[], timeZone: string): DateOrder {
  for (const { values } of columns) {
    for (const value of values) {
      const [, first, second] = /^(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}/.exec(value) ?? [];
      if (Number(first) > 12) return 'day_first';
      if (Number(second) > 12) return 'month_first';
    }
  }
  return timeZone.startsWith('America/') ? 'month_first' : 'day_first';
}

const signs = [
  [/[¥￥元]|CNY|RMB/, 'CNY'],
  [/HK\$|HKD/, 'HKD'],
  [/NT\$|TWD/, 'TWD'],
  [/\$|USD/, 'USD'],
  [/€|EUR/, 'EUR'],
  [/£|GBP/, 'GBP'],
] as const;

/** The currency whose sign stands in the amounts, or null. */
export function guessCurrency(amounts: readonly ColumnProfile[]): string | null {
  for (const [sign, currency] of signs) {
    if (amounts.some(({ values }) => values.some((value) => sign.test(value)))) return currency;
  }
  return null;
}
