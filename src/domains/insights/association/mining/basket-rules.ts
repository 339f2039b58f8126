import { falseDiscoveryRates } from '../statistics/false-discovery-rates.ts';
import { moreThanByChance } from '../statistics/more-than-by-chance.ts';
import type { Itemset } from './frequent-itemsets.ts';

/** "Whoever has all of `antecedent` has `consequent` too": what the figures of a rule are computed from. */
export interface Counted {
  antecedent: number[];
  consequent: number;
  /** Baskets, or occasions: all of them, with the antecedent, with the consequent, with both. */
  base: number;
  withAntecedent: number;
  withConsequent: number;
  withBoth: number;
}

/** A rule with its chance: `p` of the test of this rule alone, `q` among all that were tested. */
export interface TestedRule extends Counted {
  p: number;
  q: number;
}

/** Antecedents have so many items at most: three of 15 bits each are one exact number, under which their count is found. */
export const longestAntecedent = 3;
const keyBits = 32_768;
const keyOf = (items: number[], without = -1): number =>
  items.reduce((key, item) => (item === without ? key : key * keyBits + item + 1), 0);

/** Every rule with one item on its right side that the sets make, whatever its confidence. */
export function rulesOf(itemsets: readonly Itemset[], base: number): Counted[] {
  const counts = new Map<number, number>();
  for (const { items, count } of itemsets) if (items.length <= longestAntecedent) counts.set(keyOf(items), count);
  const countOf = (items: number[], without?: number): number => counts.get(keyOf(items, without)) ?? 0;
  return itemsets.filter(({ items }) => items.length > 1).flatMap(({ items, count }) => items.map((consequent) => ({
    antecedent: items.filter((item) => item !== consequent),
    consequent,
    base,
    withAntecedent: countOf(items, consequent),
    withConsequent: countOf([consequent]),
    withBoth: count,
  })));
}

/** Tests every rule and tells how sure each is among all of them: rules that are left out later were tested too. */
export function testRules(rules: readonly Counted[]): TestedRule[] {
  const chances = Float64Array.from(rules, moreThanByChance);
  const rates = falseDiscoveryRates(chances);
  return rules.map((rule, n) => ({ ...rule, p: chances[n], q: rates[n] }));
}
