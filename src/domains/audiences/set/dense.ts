import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import { type NativeBlock, readNativeBlocks } from '../../../platform/clickhouse/native-blocks.ts';
import type { ClickHouse, QueryLimits } from '../../../platform/clickhouse/client.ts';
import { passes } from '../resolve/number-test.ts';
import type { ResolvedCondition } from '../resolve/resolved.ts';
import { wholeNumbers } from '../resolve/whole-numbers.ts';
import { Bindings } from './bindings.ts';
import { type Dialect, numberOf, rowsSql } from './facts-sql.ts';
import { amountSql } from './measure-sql.ts';

type MeasureCondition = Extract<ResolvedCondition, { kind: 'measure' }>;

/** More rows are cheaper to group where they lie. */
const mostRows = 16_000_000;
/** Customer numbers up to here have a place in an array each. */
const mostNumbers = 40_000_000;

/** What is kept of each customer while their rows go by, and who passes in the end. */
interface Tally {
  columns: string;
  add(numbers: Uint32Array, block: NativeBlock): void;
  passed(no: number): boolean;
}

/**
 * Who passes a measure of a short time, found by counting in arrays: customer numbers are small and dense, and
 * ClickHouse's own grouping of millions of people costs four times as much. Null where the condition is none for it.
 */
export async function denseMeasure(reader: ClickHouse, condition: MeasureCondition, dialect: Dialect, base: Bitmap, limits: QueryLimits): Promise<Bitmap | null> {
  const highest = base.size === 0 ? 0 : base.at(base.size - 1);
  if (condition.range.fromMs === null || highest === undefined || highest >= mostNumbers) return null;
  const tally = tallyOf(condition, highest);
  if (!tally) return null;
  const bind = new Bindings();
  const columns = [`toUInt32(${numberOf(dialect)}) as no`, ...(tally.columns ? [tally.columns] : [])].join(', ');
  const sql = `select ${columns} ${rowsSql(condition.facts, condition.range, bind)} limit ${mostRows + 1}`;
  const met = new Uint8Array(highest + 1);
  let rows = 0;
  for await (const block of readNativeBlocks(reader.bytes(sql, 'Native', bind.params, limits))) {
    rows += block.rowCount;
    if (rows > mostRows) return null;
    const numbers = new Uint32Array(block.columns[0].buffer);
    for (const no of numbers) if (no <= highest) met[no] = 1;
    tally.add(numbers, block);
  }
  const zeroPasses = passes(condition.compare, 0n);
  const found = new Uint32Array(base.size);
  let count = 0;
  for (let no = 1; no <= highest; no++) if (met[no] === 1 && tally.passed(no) !== zeroPasses) found[count++] = no;
  const bitmap = Bitmap.fromSorted(found.subarray(0, count));
  return zeroPasses ? base.andNot(bitmap) : base.and(bitmap);
}

function tallyOf({ facts, measure, compare }: MeasureCondition, highest: number): Tally | null {
  switch (measure) {
    case 'orders': return ordersTally(compare, highest);
    case 'lines':
    case 'times': return rowsTally(compare, highest);
    case 'amount':
    case 'quantity': return facts.fact === 'order' ? sumTally(amountSql(measure, facts.of), compare, highest) : null;
    default: return null;
  }
}

type Compare = MeasureCondition['compare'];

/** One order or several: the key of the first one met is kept, and whether another came. More is not told apart. */
function ordersTally(compare: Compare, highest: number): Tally | null {
  const ends = wholeNumbers(compare).flat().filter((end) => end !== null);
  if (ends.some((end) => end > 2n) || wholeNumbers(compare).some(([, to]) => to === 2n)) return null;
  const low = new Uint32Array(highest + 1);
  const high = new Uint32Array(highest + 1);
  const state = new Uint8Array(highest + 1);
  const passed = [false, passes(compare, 10_000n), passes(compare, 20_000n)];
  return {
    columns: 'order_key',
    add(numbers, { columns: [, keyBytes] }) {
      const keys = new Uint32Array(keyBytes.buffer);
      for (let i = 0; i < numbers.length; i++) {
        const no = numbers[i];
        if (state[no] === 0) {
          state[no] = 1;
          low[no] = keys[2 * i];
          high[no] = keys[2 * i + 1];
        } else if (low[no] !== keys[2 * i] || high[no] !== keys[2 * i + 1]) state[no] = 2;
      }
    },
    passed: (no) => passed[state[no]],
  };
}

function rowsTally(compare: Compare, highest: number): Tally {
  const counts = new Uint32Array(highest + 1);
  return {
    columns: '',
    add(numbers) {
      for (const no of numbers) counts[no]++;
    },
    passed: (no) => passes(compare, BigInt(counts[no]) * 10_000n),
  };
}

/** Sums of ten-thousandths in two halves, so that they are exact however large. */
function sumTally(column: string, compare: Compare, highest: number): Tally {
  const sums = new Float64Array(highest + 1);
  const carry = new Map<number, bigint>();
  return {
    columns: `reinterpretAsInt64(toDecimal64(${column}, 4)) as value`,
    add(numbers, { columns: [, valueBytes] }) {
      const halves = new Int32Array(valueBytes.buffer);
      for (let i = 0; i < numbers.length; i++) {
        const sum = sums[numbers[i]] + halves[2 * i + 1] * 4_294_967_296 + (halves[2 * i] >>> 0);
        if (Math.abs(sum) < Number.MAX_SAFE_INTEGER) sums[numbers[i]] = sum;
        else carry.set(numbers[i], (carry.get(numbers[i]) ?? 0n) + (BigInt(halves[2 * i + 1]) << 32n) + BigInt(halves[2 * i] >>> 0));
      }
    },
    passed: (no) => passes(compare, BigInt(sums[no]) + (carry.get(no) ?? 0n)),
  };
}
