import type { KnownTest, NumberTest, TextTest, TimeRange } from '../../resolve/resolved.ts';
import { passes } from '../../resolve/number-test.ts';

export const isWithin = ({ fromMs, untilMs }: TimeRange, ms: number): boolean => (fromMs === null || ms >= fromMs) && (untilMs === null || ms < untilMs);

const number = /^(-?)(\d{1,14})(?:\.(\d+))?$/;

/** The number a text spells, in ten-thousandths, without what follows the fourth decimal; null where it spells none. */
export function numberOf(text: string): bigint | null {
  const match = number.exec(text);
  if (!match) return null;
  const [, sign, whole, fraction = ''] = match;
  const value = BigInt(whole + fraction.slice(0, 4).padEnd(4, '0'));
  return sign === '-' ? -value : value;
}

/** A test of a text that may be absent. Texts are compared character by character. */
export function textTest(test: TextTest | KnownTest | { test: 'compare'; compare: NumberTest }): (text: string | undefined) => boolean {
  switch (test.test) {
    case 'any_of': {
      const values = new Set(test.values);
      return (text) => text !== undefined && values.has(text);
    }
    case 'none_of': {
      const values = new Set(test.values);
      return (text) => text === undefined || !values.has(text);
    }
    case 'contains': return (text) => text?.includes(test.value) ?? false;
    case 'starts_with': return (text) => text?.startsWith(test.value) ?? false;
    case 'known': return (text) => text !== undefined;
    case 'unknown': return (text) => text === undefined;
    case 'compare': return (text) => {
      const value = text === undefined ? null : numberOf(text);
      return value !== null && passes(test.compare, value);
    };
  }
}

/** Whether any, all or none of the wanted are among those somebody has. */
export function matchTest<T>(wanted: readonly T[], match: 'any' | 'all' | 'none'): (held: ReadonlySet<T>) => boolean {
  switch (match) {
    case 'any': return (held) => wanted.some((one) => held.has(one));
    case 'all': return (held) => wanted.every((one) => held.has(one));
    case 'none': return (held) => !wanted.some((one) => held.has(one));
  }
}
