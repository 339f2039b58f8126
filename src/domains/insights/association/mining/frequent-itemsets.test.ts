import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rulesOf } from './basket-rules.ts';
import { TooManyBaskets, createBasketStore } from './basket-store.ts';
import { TooManyItemsets, mineItemsets } from './frequent-itemsets.ts';

const itemCount = 9;
const someBaskets = fc.array(
  fc.uniqueArray(fc.nat(itemCount - 1), { minLength: 1, maxLength: itemCount }),
  { maxLength: 40 },
);
const stored = (baskets: number[][]) => {
  const store = createBasketStore(itemCount, 10_000);
  for (const basket of baskets) store.add(Uint16Array.from(basket));
  return store.baskets();
};
/** Every set of up to `largest` items with its count, by trying all of them. */
function bruteForce(baskets: number[][], leastCount: number, largest: number): [string, number][] {
  const masks = baskets.map((basket) => basket.reduce((mask, item) => mask | (1 << item), 0));
  const found: [string, number][] = [];
  for (let set = 1; set < 1 << itemCount; set++) {
    const items = Array.from({ length: itemCount }, (_, item) => item).filter(
      (item) => set & (1 << item),
    );
    const count = masks.filter((mask) => (mask & set) === set).length;
    if (items.length <= largest && count >= leastCount) found.push([items.join(), count]);
  }
  return found.sort();
}
const byName = (sets: { items: number[]; count: number }[]) =>
  sets.map(({ items, count }): [string, number] => [[...items].sort().join(), count]).sort();

describe('sets of items that stand together', () => {
  it('are those that trying every set finds, each once, for any baskets', () => {
    fc.assert(
      fc.property(
        someBaskets,
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 4 }),
        (baskets, leastCount, largest) => {
          const found = mineItemsets(stored(baskets), { leastCount, largest, mostItemsets: 1e5 });
          expect(byName(found)).toEqual(bruteForce(baskets, leastCount, largest));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('make rules whose counts are those of the baskets', () => {
    fc.assert(
      fc.property(someBaskets, (baskets) => {
        const having = (items: number[]) =>
          baskets.filter((basket) => items.every((item) => basket.includes(item))).length;
        for (const rule of rulesOf(
          mineItemsets(stored(baskets), { leastCount: 2, largest: 4, mostItemsets: 1e5 }),
          baskets.length,
        )) {
          const { antecedent, consequent } = rule;
          expect(rule).toEqual({
            antecedent,
            consequent,
            base: baskets.length,
            withAntecedent: having(antecedent),
            withConsequent: having([consequent]),
            withBoth: having([...antecedent, consequent]),
          });
          expect(antecedent).not.toContain(consequent);
        }
      }),
    );
  });

  it('tell of every pair, however rare, when somebody listens', () => {
    fc.assert(
      fc.property(someBaskets, fc.integer({ min: 1, max: 50 }), (baskets, leastCount) => {
        const pairs: [string, number][] = [];
        mineItemsets(stored(baskets), {
          leastCount,
          largest: 3,
          mostItemsets: 1e5,
          beside: (item, counts) =>
            counts.forEach(
              (count, other) => count > 0 && pairs.push([[item, other].sort().join(), count]),
            ),
        });
        expect(pairs.sort()).toEqual(
          bruteForce(baskets, 1, 2).filter(([name]) => name.includes(',')),
        );
      }),
    );
  });

  it('are none of baskets of one item, or of no baskets', () => {
    for (const baskets of [[], [[3], [3], [4]]])
      expect(
        rulesOf(
          mineItemsets(stored(baskets), { leastCount: 1, largest: 4, mostItemsets: 10 }),
          baskets.length,
        ),
      ).toEqual([]);
  });

  it('are refused when they are more than may be kept, and so are baskets', () => {
    expect(() =>
      mineItemsets(stored([[1, 2, 3]]), { leastCount: 1, largest: 3, mostItemsets: 6 }),
    ).toThrow(TooManyItemsets);
    const store = createBasketStore(itemCount, 5);
    store.add(Uint16Array.of(1, 2, 3));
    expect(() => store.add(Uint16Array.of(4, 5, 6))).toThrow(TooManyBaskets);
  });

  it('keep baskets longer than any shelf in order', () => {
    const many = Uint16Array.from({ length: 500 }, (_, n) => (n * 7) % 500);
    const store = createBasketStore(500, 1_000);
    store.add(many);
    expect([...store.baskets().codes.subarray(0, 499)]).toEqual(
      Array.from({ length: 499 }, (_, n) => 499 - n),
    );
  });
});
