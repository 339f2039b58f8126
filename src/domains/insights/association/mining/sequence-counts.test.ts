import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSequenceCounts } from './sequence-counts.ts';

const itemCount = 5;
interface Order {
  time: number;
  items: number[];
}
const someOrders = fc.array(
  fc.record({
    time: fc.nat(30),
    items: fc.uniqueArray(fc.nat(itemCount), { minLength: 1, maxLength: 3 }),
  }),
  { maxLength: 15 },
);
const asArrays = (orders: Order[]) => ({
  count: orders.length,
  times: Float64Array.from(orders, ({ time }) => time),
  starts: Uint32Array.from([
    0,
    ...orders.map((_, n) =>
      orders.slice(0, n + 1).reduce((sum, { items }) => sum + items.length, 0),
    ),
  ]),
  items: Uint16Array.from(orders.flatMap(({ items }) => items)),
});

describe('what was bought after what', () => {
  it('is what looking from each order at all later ones finds, for any people', () => {
    fc.assert(
      fc.property(
        fc.array(someOrders, { maxLength: 4 }),
        fc.integer({ min: 1, max: 12 }),
        fc.nat(30),
        (people, windowSeconds, lastOccasion) => {
          const { counts, add } = createSequenceCounts({ itemCount, windowSeconds, lastOccasion });
          const sorted = people.map((orders) => [...orders].sort((a, b) => a.time - b.time));
          sorted.forEach((orders) => add(asArrays(orders)));
          const occasions = sorted.flatMap((orders) =>
            orders
              .filter(({ time }) => time <= lastOccasion)
              .map((order) => ({
                items: order.items,
                next: new Set(
                  orders
                    .filter(({ time }) => time > order.time && time <= order.time + windowSeconds)
                    .flatMap(({ items }) => items),
                ),
              })),
          );
          expect(counts.occasions).toBe(occasions.length);
          for (let a = 0; a < itemCount; a++) {
            expect(counts.withItem[a]).toBe(
              occasions.filter(({ items }) => items.includes(a)).length,
            );
            expect(counts.followedBy[a]).toBe(occasions.filter(({ next }) => next.has(a)).length);
            for (let b = 0; b < itemCount; b++)
              expect(counts.follows[a * itemCount + b]).toBe(
                occasions.filter(({ items, next }) => items.includes(a) && next.has(b)).length,
              );
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('costs an account of very many orders no more than its pairs', () => {
    const many = 100_000;
    const { counts, add } = createSequenceCounts({
      itemCount,
      windowSeconds: many,
      lastOccasion: many,
    });
    add(asArrays([]));
    add({
      count: many,
      times: Float64Array.from({ length: many }, (_, n) => n),
      starts: Uint32Array.from({ length: many + 1 }, (_, n) => n),
      items: Uint16Array.from({ length: many }, (_, n) => n % itemCount),
    });
    expect(counts.follows[0]).toBe(many / itemCount - 1);
  });
});
