import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type TestedRule, rulesOf, testRules } from './basket-rules.ts';
import { createBasketStore } from './basket-store.ts';
import { mineItemsets } from './frequent-itemsets.ts';
import { measuresOf } from './measures.ts';

const path = join(
  import.meta.dirname,
  '../../../../../../shared/data/groceries/groceries_basket.csv',
);
if (!existsSync(path)) process.stderr.write(`Not tested, for lack of the file: ${path}\n`);

/** Rules as text, from baskets of names; numbered by frequency as a run does it. */
function mine(baskets: string[][], leastSupport: number, leastConfidence: number) {
  const counts = new Map<string, number>();
  for (const item of baskets.flat()) counts.set(item, (counts.get(item) ?? 0) + 1);
  const names = [...counts.keys()].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
  const codes = new Map(names.map((name, code) => [name, code]));
  const store = createBasketStore(names.length, 1e6);
  for (const basket of baskets)
    store.add(Uint16Array.from(basket, (item) => codes.get(item) ?? -1));
  const itemsets = mineItemsets(store.baskets(), {
    leastCount: Math.ceil(leastSupport * baskets.length),
    largest: 4,
    mostItemsets: 1e5,
  });
  const all = testRules(rulesOf(itemsets, baskets.length));
  const rules = all
    .filter((rule) => measuresOf(rule).confidence >= leastConfidence)
    .sort((a, b) => measuresOf(b).lift - measuresOf(a).lift)
    .map((rule) => ({
      rule,
      antecedent: rule.antecedent.map((code) => names[code]).sort(),
      consequent: names[rule.consequent],
      ...measuresOf(rule),
    }));
  return { all, rules };
}

describe.skipIf(!existsSync(path))('rules of the groceries data set', () => {
  // A suite that is skipped is read all the same.
  const baskets = (existsSync(path) ? readFileSync(path, 'utf8') : '')
    .trimEnd()
    .split('\n')
    .map((line) => [...new Set(line.split(',').map((item) => item.trim()))]);

  it('is read as published: 9,835 baskets, 169 items, 43,367 entries', () => {
    expect([baskets.length, new Set(baskets.flat()).size, baskets.flat().length]).toEqual([
      9_835, 169, 43_367,
    ]);
  });

  it.each([
    {
      support: 0.01,
      count: 15,
      antecedent: ['citrus fruit', 'root vegetables'],
      consequent: 'other vegetables',
      confidence: 0.58621,
      lift: 3.02961,
      n: 102,
    },
    {
      support: 0.005,
      count: 120,
      antecedent: ['curd', 'tropical fruit'],
      consequent: 'yogurt',
      confidence: 0.51485,
      lift: 3.69064,
      n: 52,
    },
  ])(
    'are $count at support $support and confidence 0.5, as published',
    ({ support, count, antecedent, consequent, confidence, lift, n }) => {
      const { rules } = mine(baskets, support, 0.5);
      expect(rules).toHaveLength(count);
      expect(rules[0]).toMatchObject({
        antecedent,
        consequent,
        rule: { withBoth: n, base: 9_835 },
      });
      expect(rules[0].confidence).toBeCloseTo(confidence, 5);
      expect(rules[0].lift).toBeCloseTo(lift, 5);
    },
  );

  it('have the figures that counting basket by basket gives', () => {
    const sets = baskets.map((basket) => new Set(basket));
    const having = (items: string[]) =>
      sets.filter((set) => items.every((item) => set.has(item))).length;
    for (const { antecedent, consequent, rule, support, confidence, lift, conviction } of mine(
      baskets,
      0.005,
      0.5,
    ).rules) {
      const [a, b, both] = [
        having(antecedent),
        having([consequent]),
        having([...antecedent, consequent]),
      ];
      expect(rule).toMatchObject({
        base: sets.length,
        withAntecedent: a,
        withConsequent: b,
        withBoth: both,
      });
      expect(support).toBeCloseTo(both / sets.length, 12);
      expect(confidence).toBeCloseTo(both / a, 12);
      expect(lift).toBeCloseTo(both / a / (b / sets.length), 12);
      expect(conviction).toBeCloseTo((1 - b / sets.length) / (1 - both / a), 12);
    }
  });

  it('are surer than chance, less so among many than alone', () => {
    const { all } = mine(baskets, 0.001, 0);
    const unlikely = (rules: TestedRule[], least: 'p' | 'q') =>
      rules.filter((rule) => rule[least] < 0.05).length;
    expect(all.every(({ p, q }) => q >= p && q <= 1)).toBe(true);
    expect(unlikely(all, 'q')).toBeGreaterThan(0);
    expect(unlikely(all, 'q')).toBeLessThan(unlikely(all, 'p'));
  });
});
