import { passes } from '../../resolve/number-test.ts';
import type { NumberTest } from '../../resolve/resolved.ts';

/** Different orders, up to two; rows; or a sum of ten-thousandths. */
export type Counted = 'orders' | 'rows' | 'sum';

/** What is kept of each customer while their rows go by. */
export interface Tally {
  /**
   * Customers of rows and, by row, two halves of 64 bits: of an order's key, or of a number in ten-thousandths. Rows of
   * whoever has no place (erased, or known only since) are passed over.
   */
  add(numbers: Uint32Array, halves: Uint32Array): void;
  /**
   * Ascending, whose number is told from 0 by the test: one of the two passes and the other does not. Whoever had no
   * row stands at 0, so these are all there is to know.
   */
  unlikeNothing(): Uint32Array;
}

export function createTally(counted: Counted, compare: NumberTest, highest: number): Tally {
  switch (counted) {
    case 'orders': return ordersTally(compare, highest);
    case 'rows': return rowsTally(compare, highest);
    case 'sum': return sumTally(compare, highest);
  }
}

/** One order or several: the key of the first one met is kept, and whether another came. More is not told apart. */
function ordersTally(compare: NumberTest, highest: number): Tally {
  const keys = new Uint32Array(2 * (highest + 1));
  const orders = new Uint8Array(highest + 1);
  return {
    add(numbers, halves) {
      let lastNo = 0;
      let lastLow = 0;
      let lastHigh = 0;
      for (let i = 0; i < numbers.length; i++) {
        const no = numbers[i];
        const low = halves[2 * i];
        const high = halves[2 * i + 1];
        // Lines of one order mostly come together.
        if (no === lastNo && low === lastLow && high === lastHigh) continue;
        lastNo = no;
        lastLow = low;
        lastHigh = high;
        if (orders[no] === 0) {
          orders[no] = 1;
          keys[2 * no] = low;
          keys[2 * no + 1] = high;
        } else if (keys[2 * no] !== low || keys[2 * no + 1] !== high) orders[no] = 2;
      }
    },
    unlikeNothing: () => unlikeNothing(orders, 10_000, compare),
  };
}

function rowsTally(compare: NumberTest, highest: number): Tally {
  const counts = new Uint32Array(highest + 1);
  return {
    add(numbers) {
      for (let i = 0; i < numbers.length; i++) counts[numbers[i]]++;
    },
    unlikeNothing: () => unlikeNothing(counts, 10_000, compare),
  };
}

/** Sums in floating point are exact up to 2^53; what would pass that is carried beside. */
function sumTally(compare: NumberTest, highest: number): Tally {
  const sums = new Float64Array(highest + 1);
  const carry = new Map<number, bigint>();
  return {
    add(numbers, halves) {
      const signed = new Int32Array(halves.buffer, halves.byteOffset, halves.length);
      for (let i = 0; i < numbers.length; i++) {
        const no = numbers[i];
        if (no > highest) continue;
        const sum = sums[no] + signed[2 * i + 1] * 4_294_967_296 + halves[2 * i];
        if (Math.abs(sum) < Number.MAX_SAFE_INTEGER) sums[no] = sum;
        else carry.set(no, (carry.get(no) ?? 0n) + (BigInt(signed[2 * i + 1]) << 32n) + BigInt(halves[2 * i]));
      }
    },
    unlikeNothing() {
      const [from, to] = rangeOf(compare);
      const inside = Number.isFinite(from) ? from : to;
      // Any number on the right side of the test stands for one that floating point does not hold.
      for (const [no, more] of carry) sums[no] = isInRange(compare, BigInt(sums[no]) + more) ? inside : Number.NaN;
      return unlikeNothing(sums, 1, compare);
    },
  };
}

function unlikeNothing(values: Uint8Array | Uint32Array | Float64Array, one: number, compare: NumberTest): Uint32Array {
  const [from, to] = rangeOf(compare).map((end) => end / one);
  const isNothingIn = from <= 0 && to >= 0;
  const found = new Uint32Array(values.length);
  let count = 0;
  for (let no = 1; no < values.length; no++) {
    const value = values[no];
    if ((value >= from && value <= to) !== isNothingIn) found[count++] = no;
  }
  return found.subarray(0, count);
}

/** The numbers in ten-thousandths, both ends included, that pass; of `not_equals` those that do not. */
function rangeOf(test: NumberTest): [from: number, to: number] {
  switch (test.is) {
    case 'at_least': return [Number(test.value), Infinity];
    case 'more_than': return [Number(test.value + 1n), Infinity];
    case 'at_most': return [-Infinity, Number(test.value)];
    case 'less_than': return [-Infinity, Number(test.value - 1n)];
    case 'between': return [Number(test.from), Number(test.to)];
    default: return [Number(test.value), Number(test.value)];
  }
}

const isInRange = (test: NumberTest, value: bigint): boolean => passes(test, value) !== (test.is === 'not_equals');
