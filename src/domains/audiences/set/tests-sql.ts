import { wholeNumbers } from '../resolve/whole-numbers.ts';
import type { KnownTest, NumberTest, TextTest, TimeRange } from '../resolve/resolved.ts';
import type { Bindings } from './bindings.ts';

const operators = { at_least: '>=', at_most: '<=', more_than: '>', less_than: '<', equals: '=', not_equals: '!=' } as const;

/** SQL that is true where a Decimal expression passes. `times` multiplies the bound numbers: an average is compared without dividing. */
export function numberSql(expression: string, test: NumberTest, bind: Bindings, times = ''): string {
  const bound = (value: bigint): string => `${bind.decimal(value)}${times && ` * ${times}`}`;
  if (test.is === 'between') return `(${expression} >= ${bound(test.from)} and ${expression} <= ${bound(test.to)})`;
  return `${expression} ${operators[test.is]} ${bound(test.value)}`;
}

/** The same for an expression that counts. */
export function countSql(expression: string, test: NumberTest, bind: Bindings): string {
  const parts = wholeNumbers(test).map(([from, to]) => [
    ...(from === null ? [] : [`${expression} >= ${bind.whole(from)}`]),
    ...(to === null ? [] : [`${expression} <= ${bind.whole(to)}`]),
  ].join(' and ') || '1');
  return parts.length === 0 ? '0' : `(${parts.join(' or ')})`;
}

/** What is a number when it is written as text; everything else has no value. */
const numberPattern = '^-?[0-9]{1,14}(\\\\.[0-9]+)?$';

/** The exact number that a text spells, cut after four decimals; null where it is none. */
export const numberOfText = (text: string): string => `if(match(${text}, '${numberPattern}'), toDecimal128OrNull(${text}, 4), null)`;

/** SQL that is true where a text passes; an empty text is no value. */
export function textSql(expression: string, test: TextTest | KnownTest | { test: 'compare'; compare: NumberTest }, bind: Bindings): string {
  switch (test.test) {
    case 'any_of': return `${expression} in ${bind.texts(test.values)}`;
    case 'none_of': return `${expression} not in ${bind.texts(test.values)}`;
    case 'contains': return `position(${expression}, ${bind.text(test.value)}) > 0`;
    case 'starts_with': return `startsWith(${expression}, ${bind.text(test.value)})`;
    case 'known': return `${expression} != ''`;
    case 'unknown': return `${expression} = ''`;
    case 'compare': return `ifNull(${numberSql(numberOfText(expression), test.compare, bind)}, 0)`;
  }
}

/** SQL that is true for a moment within a range. */
export function rangeSql(expression: string, { fromMs, untilMs }: TimeRange, bind: Bindings): string {
  const parts = [
    ...(fromMs === null ? [] : [`${expression} >= ${bind.moment(fromMs)}`]),
    ...(untilMs === null ? [] : [`${expression} < ${bind.moment(untilMs)}`]),
  ];
  return parts.join(' and ') || '1';
}
