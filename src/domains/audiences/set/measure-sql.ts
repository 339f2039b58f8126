import type { NumberTest, ResolvedCondition } from '../resolve/resolved.ts';
import { wholeNumbers } from '../resolve/whole-numbers.ts';
import { passes } from '../resolve/number-test.ts';
import type { Bindings } from './bindings.ts';
import { type Dialect, lineColumns, numberOf, propertySql, rowsSql } from './facts-sql.ts';
import type { Printed } from './printed.ts';
import { countSql, numberOfText, numberSql } from './tests-sql.ts';

type MeasureCondition = Extract<ResolvedCondition, { kind: 'measure' }>;

/** An amount or quantity of a line as it is measured: refunds, which are kept negative, as positive numbers, or against sales. */
export const amountSql = (column: 'amount' | 'quantity', of: string): string => (of === 'refund' ? `-${column}` : column);
const counted = { products: lineColumns.product, categories: lineColumns.category, brands: lineColumns.brand, channels: lineColumns.channel } as const;
const ofNobody: ReadonlySet<MeasureCondition['measure']> = new Set(['average_order', 'largest_order', 'smallest_order', 'average', 'minimum', 'maximum']);

/**
 * Who passes a measure. Counts and sums are 0 for whoever has no such fact: where 0 passes, the statement
 * finds those who do not, and everybody else is meant.
 */
export function measureSql(condition: MeasureCondition, dialect: Dialect, bind: Bindings): Printed {
  const zeroPasses = !ofNobody.has(condition.measure) && passes(condition.compare, 0n);
  const rows = rowsSql(condition.facts, condition.range, bind);
  const no = numberOf(dialect);
  if (isPresence(condition)) return { sql: `select ${no} as no ${rows}`, isComplement: zeroPasses };
  const test = havingOf(condition, bind);
  const having = zeroPasses ? `not (${test})` : test;
  if (condition.measure === 'largest_order' || condition.measure === 'smallest_order') {
    const { of } = condition.facts as { of: string };
    return { sql: `select no from (select ${no} as no, order_key, sum(${amountSql('amount', of)}) as total ${rows} group by no, order_key) group by no having ${having}`, isComplement: false };
  }
  return { sql: `select ${no} as no ${rows} group by no having ${having}`, isComplement: zeroPasses };
}

/** "At least one", or "none": having a fact is enough, and nothing is grouped. */
export function isPresence({ measure, compare }: MeasureCondition): boolean {
  if (measure !== 'orders' && measure !== 'lines' && measure !== 'times') return false;
  const ranges = wholeNumbers(compare);
  if (ranges.length !== 1) return false;
  const [[from, to]] = ranges;
  return (from === 1n && to === null) || ((from === null || from <= 0n) && to === 0n);
}

function havingOf({ facts, measure, property, compare, zone }: MeasureCondition, bind: Bindings): string {
  const of = facts.fact === 'order' ? facts.of : 'sale';
  switch (measure) {
    case 'orders': return ordersSql(compare, bind);
    case 'lines':
    case 'times': return countSql('count()', compare, bind);
    case 'amount':
    case 'quantity': return numberSql(`sum(${amountSql(measure, of)})`, compare, bind);
    case 'products':
    case 'categories':
    case 'brands':
    case 'channels': return countSql(`uniqExactIf(${counted[measure]}, ${counted[measure]} != '')`, compare, bind);
    case 'days': return countSql(`uniqExact(toDate32(toTimeZone(occurred_at, ${bind.text(zone)})))`, compare, bind);
    case 'average_order': return numberSql(`sum(${amountSql('amount', of)})`, compare, bind, 'toInt64(uniqExact(order_key))');
    case 'largest_order': return numberSql('max(total)', compare, bind);
    case 'smallest_order': return numberSql('min(total)', compare, bind);
    default: return propertyHaving(measure, propertySql(property, bind), compare, bind);
  }
}

/** Two different orders have two different keys: the commonest question needs no set of keys a person. */
function ordersSql(compare: NumberTest, bind: Bindings): string {
  const [[from, to] = [], ...more] = wholeNumbers(compare);
  if (more.length === 0 && from === 2n && to === null) return 'min(order_key) != max(order_key)';
  if (more.length === 0 && (from === null || (from !== undefined && from <= 1n)) && to === 1n) return 'min(order_key) = max(order_key)';
  return countSql('uniqExact(order_key)', compare, bind);
}

function propertyHaving(measure: 'sum' | 'distinct' | 'average' | 'minimum' | 'maximum', text: string, compare: NumberTest, bind: Bindings): string {
  const number = numberOfText(text);
  switch (measure) {
    case 'distinct': return countSql(`uniqExactIf(${text}, ${text} != '')`, compare, bind);
    case 'sum': return numberSql(`sum(ifNull(${number}, 0))`, compare, bind);
    case 'average': return `count(${number}) > 0 and ${numberSql(`sum(ifNull(${number}, 0))`, compare, bind, `toInt64(count(${number}))`)}`;
    case 'minimum': return `ifNull(${numberSql(`min(${number})`, compare, bind)}, 0)`;
    case 'maximum': return `ifNull(${numberSql(`max(${number})`, compare, bind)}, 0)`;
  }
}
