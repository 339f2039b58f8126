import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passes } from '../../resolve/number-test.ts';
import type { NumberTest } from '../../resolve/resolved.ts';
import { createTally } from './tally.ts';

const highest = 12;
/** Some have no place: rows of erased people, and of those known only since. */
const no = fc.integer({ min: 1, max: highest + 2 });
const edge = fc.constantFrom(0n, 1n, -1n, 9_999n, 10_000n, 10_001n, 20_000n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 53n + 1n, -(2n ** 53n), 2n ** 62n);
const value = fc.oneof(edge, fc.bigInt({ min: -30_000n, max: 30_000n }));
const one = fc.record({ is: fc.constantFrom('at_least', 'at_most', 'more_than', 'less_than', 'equals', 'not_equals'), value }) as fc.Arbitrary<NumberTest>;
const between: fc.Arbitrary<NumberTest> = fc.tuple(value, value).map(([a, b]) => ({ is: 'between', from: a < b ? a : b, to: a < b ? b : a }));
const test = fc.oneof(one, between);
/** Rows in some portions, as blocks bring them. */
const rows = <T>(of: fc.Arbitrary<T>) => fc.array(fc.array(fc.tuple(no, of), { maxLength: 12 }), { maxLength: 6 });

const halvesOf = (values: bigint[]): Uint32Array => new Uint32Array(BigInt64Array.from(values, (each) => BigInt.asIntN(64, each)).buffer);

/** Numbers whose total is told from nothing, reckoned as plainly as can be. */
const plainly = (compare: NumberTest, totalOf: (no: number) => bigint): number[] =>
  Array.from({ length: highest }, (_, i) => i + 1).filter((each) => passes(compare, totalOf(each)) !== passes(compare, 0n));

describe('a tally', () => {
  it('of rows finds whose number of rows is told from none', () => {
    fc.assert(fc.property(rows(fc.constant(0n)), test, (portions, compare) => {
      const tally = createTally('rows', compare, highest);
      for (const portion of portions) tally.add(Uint32Array.from(portion, ([each]) => each), new Uint32Array(0));
      const all = portions.flat();
      expect([...tally.unlikeNothing()]).toEqual(plainly(compare, (each) => BigInt(all.filter(([of]) => of === each).length) * 10_000n));
    }));
  });

  it('of sums is exact, also where floating point is not', () => {
    fc.assert(fc.property(rows(value), test, (portions, compare) => {
      const tally = createTally('sum', compare, highest);
      for (const portion of portions) tally.add(Uint32Array.from(portion, ([each]) => each), halvesOf(portion.map(([, amount]) => amount)));
      const all = portions.flat();
      expect([...tally.unlikeNothing()]).toEqual(plainly(compare, (each) => all.reduce((sum, [of, amount]) => (of === each ? sum + amount : sum), 0n)));
    }), { numRuns: 500 });
  });

  it('of orders tells none, one and several apart by their keys, in whatever order lines come', () => {
    const key = fc.constantFrom(1n, 2n, 1n << 32n, (1n << 32n) + 1n, -1n);
    const upToTwo = fc.constantFrom<NumberTest>(
      { is: 'at_least', value: 20_000n }, { is: 'at_least', value: 10_000n }, { is: 'equals', value: 10_000n }, { is: 'at_most', value: 10_000n },
      { is: 'equals', value: 0n }, { is: 'less_than', value: 20_000n }, { is: 'more_than', value: 5_000n });
    fc.assert(fc.property(rows(key), upToTwo, (portions, compare) => {
      const tally = createTally('orders', compare, highest);
      for (const portion of portions) tally.add(Uint32Array.from(portion, ([each]) => each), halvesOf(portion.map(([, order]) => order)));
      const all = portions.flat();
      expect([...tally.unlikeNothing()]).toEqual(plainly(compare, (each) => BigInt(new Set(all.filter(([of]) => of === each).map(([, order]) => order)).size) * 10_000n));
    }), { numRuns: 300 });
  });
});
