import type { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import type { QueryLimits } from '../../../platform/clickhouse/client.ts';
import { passes } from '../resolve/number-test.ts';
import type { ResolvedCondition } from '../resolve/resolved.ts';
import { wholeNumbers } from '../resolve/whole-numbers.ts';
import { Bindings } from './bindings.ts';
import type { CountApart } from './counting/ask-thread.ts';
import type { Counted } from './counting/tally.ts';
import { type Dialect, numberOf, rowsSql } from './facts-sql.ts';
import { amountSql, isPresence } from './measure-sql.ts';

type MeasureCondition = Extract<ResolvedCondition, { kind: 'measure' }>;

/** More rows are cheaper to group where they lie. */
const mostRows = 16_000_000;
/** Customer numbers up to here have a place in an array each. */
const mostNumbers = 40_000_000;

/**
 * Who passes a measure of a short time, found by counting in arrays: customer numbers are small and dense, and
 * ClickHouse's own grouping of millions of people costs four times as much. Null where the condition is none for it.
 */
export async function denseMeasure(count: CountApart, condition: MeasureCondition, dialect: Dialect, base: Bitmap, limits: QueryLimits): Promise<Bitmap | null> {
  const highest = base.size === 0 ? 0 : base.at(base.size - 1);
  if (condition.range.fromMs === null || highest === undefined || highest >= mostNumbers) return null;
  const counted = isPresence(condition) ? null : countedOf(condition);
  if (!counted) return null;
  const { compare } = condition;
  const bind = new Bindings();
  const columns = [`toUInt32(${numberOf(dialect)}) as no`, ...columnOf(condition, counted)].join(', ');
  const sql = `select ${columns} ${rowsSql(condition.facts, condition.range, bind)} limit ${mostRows + 1}`;
  const found = await count({ sql, params: bind.params, limits, counted, compare, highest, mostRows });
  return found && (passes(compare, 0n) ? base.andNot(found) : base.and(found));
}

function countedOf({ facts, measure, compare }: MeasureCondition): Counted | null {
  switch (measure) {
    case 'orders': return isOfTwoAtMost(compare) ? 'orders' : null;
    case 'lines':
    case 'times': return 'rows';
    case 'amount':
    case 'quantity': return facts.fact === 'order' ? 'sum' : null;
    default: return null;
  }
}

/** Orders are told apart up to the second. */
function isOfTwoAtMost(compare: MeasureCondition['compare']): boolean {
  const ranges = wholeNumbers(compare);
  return !ranges.flat().some((end) => end !== null && end > 2n) && !ranges.some(([, to]) => to === 2n);
}

function columnOf({ facts, measure }: MeasureCondition, counted: Counted): string[] {
  switch (counted) {
    case 'orders': return ['order_key'];
    case 'rows': return [];
    case 'sum': return [`reinterpretAsInt64(toDecimal64(${amountSql(measure as 'amount' | 'quantity', facts.fact === 'order' ? facts.of : 'sale')}, 4)) as value`];
  }
}
