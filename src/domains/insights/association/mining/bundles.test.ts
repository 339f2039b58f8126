import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../kernel/seeded-random.ts';
import { rulesOf, testRules } from './basket-rules.ts';
import { createBasketStore } from './basket-store.ts';
import { bundlesOf } from './bundles.ts';
import { mineItemsets } from './frequent-itemsets.ts';
import { measuresOf } from './measures.ts';

/** Baskets in which 0 and 1, and 2, 3 and 4, like to be together; 5 is in every other one, whatever else is. */
function someBaskets(): number[][] {
  const random = seededRandom(11);
  return Array.from({ length: 2_000 }, () => {
    const basket = new Set<number>();
    if (random() < 0.2) basket.add(0).add(1);
    if (random() < 0.05) basket.add(0);
    if (random() < 0.1) basket.add(2).add(3).add(4);
    if (random() < 0.1) basket.add(3);
    if (random() < 0.5 || basket.size === 0) basket.add(5);
    return [...basket];
  });
}

describe('bundles', () => {
  const baskets = someBaskets();
  const prices = [10, 20, 30, 40, 50, 60];
  const store = createBasketStore(6, 100_000);
  for (const basket of baskets) store.add(Uint16Array.from(basket));
  const itemsets = mineItemsets(store.baskets(), {
    leastCount: 10,
    largest: 4,
    mostItemsets: 1_000,
  });
  const bundles = bundlesOf(itemsets, testRules(rulesOf(itemsets, baskets.length)), prices);
  const having = (items: number[]): number =>
    baskets.filter((basket) => items.every((item) => basket.includes(item))).length;

  it('are pairs and triples that stand together more often than by chance', () => {
    const names = bundles.map(({ items }) => items.join());
    expect(names).toEqual(expect.arrayContaining(['0,1', '2,3', '2,4', '3,4', '2,3,4']));
    expect(bundles.every(({ items, lift }) => items.length <= 3 && lift >= 1.2)).toBe(true);
    // What is bought with everything is bought with nothing in particular.
    expect(names.filter((name) => name.includes('5'))).toEqual([]);
  });

  it('are worth what orders short of one piece could win, at the share that buys it unprompted', () => {
    for (const { items, orders, missingOne, winnable, winnableValue, lift } of bundles) {
      const all = having(items);
      const short = items.map((item) => {
        const rest = having(items.filter((other) => other !== item));
        return { item, missing: rest - all, confidence: all / rest };
      });
      expect(orders).toBe(all);
      expect(missingOne).toBe(short.reduce((sum, { missing }) => sum + missing, 0));
      expect(winnable).toBeCloseTo(
        short.reduce((sum, { missing, confidence }) => sum + missing * confidence, 0),
        8,
      );
      expect(winnableValue).toBeCloseTo(
        short.reduce(
          (sum, { item, missing, confidence }) => sum + missing * confidence * prices[item],
          0,
        ),
        6,
      );
      expect(lift).toBeCloseTo(
        all /
          baskets.length /
          items.reduce((product, item) => product * (having([item]) / baskets.length), 1),
        8,
      );
    }
  });

  it('stand in the order of their worth', () => {
    const values = bundles.map(({ winnableValue }) => winnableValue);
    expect(values).toEqual(values.toSorted((a, b) => b - a));
  });
});

describe('the figures of a rule', () => {
  it('are those of the textbook', () => {
    // Tea and coffee: 1,000 people, 800 drink coffee, 200 tea, 150 both. Tea seems to lead to coffee, and does not.
    const teaToCoffee = {
      antecedent: [0],
      consequent: 1,
      base: 1_000,
      withAntecedent: 200,
      withConsequent: 800,
      withBoth: 150,
    };
    expect(measuresOf(teaToCoffee)).toEqual({
      support: 0.15,
      confidence: 0.75,
      lift: 0.9375,
      conviction: expect.closeTo(0.8, 12),
    });
  });

  it('have no conviction where the antecedent never comes alone', () => {
    expect(
      measuresOf({
        antecedent: [0],
        consequent: 1,
        base: 10,
        withAntecedent: 2,
        withConsequent: 5,
        withBoth: 2,
      }).conviction,
    ).toBeNull();
  });
});
