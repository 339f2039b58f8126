import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGatherer } from './gather-orders.ts';
import { createItemCodes, unknownItem } from './item-codes.ts';

const itemCount = 6;

interface Line {
  customerNo: number;
  order: bigint;
  seconds: number;
  item: number;
}

/** An order as a person would write it down. */
interface PlainOrder {
  time: number;
  items: number[];
}

const halves = (values: bigint[]): Uint32Array =>
  new Uint32Array(BigUint64Array.from(values).buffer);

/** Lines as blocks of such a length, as the engine sends them; an item's hash is its number and ten more. */
function gather(lines: Line[], length: number, ofNobody = false): [number, PlainOrder[]][] {
  const found: [number, PlainOrder[]][] = [];
  const codeOf = createItemCodes(Array.from({ length: itemCount }, (_, item) => BigInt(item + 10)));
  const { add, flush } = createGatherer(
    codeOf,
    itemCount,
    (customerNo, { count, times, starts, items }) => {
      found.push([
        customerNo,
        Array.from({ length: count }, (_, n) => ({
          time: times[n],
          items: [...items.subarray(starts[n], starts[n + 1])],
        })),
      ]);
    },
  );
  for (let from = 0; from < lines.length; from += length) {
    const some = lines.slice(from, from + length);
    add(
      {
        count: some.length,
        customerNos: Uint32Array.from(some, ({ customerNo }) => customerNo),
        orderKeys: halves(some.map(({ order }) => order)),
        seconds: Uint32Array.from(some, ({ seconds }) => seconds),
        items: halves(some.map(({ item }) => BigInt(item + 10))),
      },
      ofNobody,
    );
  }
  flush();
  return found;
}

/** The same in plain code: orders of a person by their first line, each item once, items without a number left out. */
function plainly(lines: Line[]): PlainOrder[] {
  return [...Map.groupBy(lines, ({ order }) => order).values()].map((ofOrder) => ({
    time: ofOrder[0].seconds,
    items: [...new Set(ofOrder.map(({ item }) => item))].filter((item) => item < itemCount),
  }));
}

const line = fc.record({
  customerNo: fc.integer({ min: 1, max: 5 }),
  order: fc.constantFrom(1n, 2n, 3n, 1n << 32n, (1n << 32n) + 1n, (1n << 64n) - 1n),
  seconds: fc.nat(50),
  // Two more than have a number.
  item: fc.nat(itemCount + 1),
});

describe('orders out of lines', () => {
  it('are those of each person, however lines of orders are mixed and blocks are cut', () => {
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 60 }),
        fc.integer({ min: 1, max: 9 }),
        (given, length) => {
          const lines = given.toSorted(
            (a, b) => a.customerNo - b.customerNo || a.seconds - b.seconds,
          );
          const expected = [...Map.groupBy(lines, ({ customerNo }) => customerNo)].map(
            ([no, ofOne]) => [no, plainly(ofOne)],
          );
          expect(gather(lines, length)).toEqual(expected);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('of nobody come one by one', () => {
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 30 }),
        fc.integer({ min: 1, max: 9 }),
        (given, length) => {
          const lines = given
            .map((one) => ({ ...one, customerNo: 0 }))
            .toSorted((a, b) => Number(a.order - b.order));
          const expected = [...Map.groupBy(lines, ({ order }) => order).values()].map((ofOrder) => [
            0,
            plainly(ofOrder),
          ]);
          expect(gather(lines, length, true)).toEqual(expected);
        },
      ),
    );
  });

  it('are told apart also where somebody has thousands of them, in turns', () => {
    const orders = 3_000;
    const lines = Array.from({ length: 2 * orders }, (_, n) => ({
      customerNo: 7,
      order: BigInt(n % orders) << 20n,
      seconds: n,
      item: n < orders ? 1 : 2,
    }));
    const [[, found]] = gather(lines, 1_000);
    expect(found).toHaveLength(orders);
    expect(found.every(({ items }) => items.join() === '1,2')).toBe(true);
    expect(found.map(({ time }) => time)).toEqual(Array.from({ length: orders }, (_, n) => n));
  });
});

describe('numbers of items', () => {
  it('are found by both halves of a hash, and by nothing else', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }), {
          minLength: 1,
          maxLength: 200,
        }),
        (hashes) => {
          const known = hashes.slice(0, Math.ceil(hashes.length / 2));
          const codeOf = createItemCodes(known);
          const found = hashes.map((hash) =>
            codeOf(Number(hash & 0xffff_ffffn), Number(hash >> 32n)),
          );
          expect(found).toEqual(hashes.map((_, n) => (n < known.length ? n : unknownItem)));
        },
      ),
    );
  });

  it('stay apart where hashes differ in one half alone', () => {
    const codeOf = createItemCodes([5n, 5n << 32n, (5n << 32n) + 5n]);
    expect([codeOf(5, 0), codeOf(0, 5), codeOf(5, 5), codeOf(0, 0)]).toEqual([
      0,
      1,
      2,
      unknownItem,
    ]);
  });
});
