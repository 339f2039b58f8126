import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHistoryBuilder, daySeconds, historyOf, mostThings, withNewer } from './histories.ts';

const itemCount = 30;
const orders = fc
  .array(
    fc.record({ day: fc.nat(400), items: fc.uniqueArray(fc.nat(itemCount - 1), { maxLength: 4 }) }),
    { minLength: 1, maxLength: 25 },
  )
  .map((given) => given.sort((a, b) => a.day - b.day));
const asArrays = (given: { day: number; items: number[] }[]) => ({
  count: given.length,
  times: Float64Array.from(given, ({ day }) => day * daySeconds + 7),
  starts: given.reduce(
    (starts, { items }, n) => (starts.set([starts[n] + items.length], n + 1), starts),
    new Uint32Array(given.length + 1),
  ),
  items: Uint16Array.from(given.flatMap(({ items }) => items)),
});

describe('histories in memory', () => {
  it('hold of each person what was bought last, in how many orders and how long ago', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 5_000 }), orders), { maxLength: 12 }),
        (given) => {
          const people = new Map(given);
          const builder = createHistoryBuilder(itemCount);
          for (const [customerNo, ofOne] of people) builder.add(customerNo, asArrays(ofOne));
          const histories = builder.done();
          for (const [customerNo, ofOne] of people) {
            const { items, orders: count } = historyOf(histories, customerNo, 500);
            const expected = [...new Set(ofOne.flatMap((order) => order.items))].map((item) => ({
              item,
              times: ofOne.filter((order) => order.items.includes(item)).length,
              daysAgo:
                500 -
                Math.max(
                  ...ofOne.filter((order) => order.items.includes(item)).map(({ day }) => day),
                ),
            }));
            expect(count).toBe(ofOne.length);
            expect(items).toHaveLength(Math.min(mostThings, expected.length));
            for (const one of items) expect(expected).toContainEqual(one);
            const oldestKept = Math.max(-1, ...items.map(({ daysAgo }) => daysAgo));
            expect(
              expected.filter(({ daysAgo }) => daysAgo < oldestKept).length,
            ).toBeLessThanOrEqual(mostThings);
          }
          expect(historyOf(histories, 999_999, 500)).toEqual({ orders: 0, items: [] });
        },
      ),
    );
  });

  it('take in what was bought since, each order once', () => {
    const before = { orders: 2, items: [{ item: 1, times: 2, daysAgo: 30 }] };
    const now = withNewer(
      before,
      [
        { orderKey: 'a', day: 98, item: 1 },
        { orderKey: 'a', day: 98, item: 1 },
        { orderKey: 'b', day: 99, item: 4 },
      ],
      100,
    );
    expect(now).toEqual({
      orders: 4,
      items: [
        { item: 4, times: 1, daysAgo: 1 },
        { item: 1, times: 3, daysAgo: 2 },
      ],
    });
  });
});
