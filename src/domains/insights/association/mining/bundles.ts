import type { TestedRule } from './basket-rules.ts';
import { measuresOf } from './measures.ts';
import type { Itemset } from './frequent-itemsets.ts';

/** Two or three products that could be sold together. */
export interface Bundle {
  items: number[];
  /** Orders that hold all of them today. */
  orders: number;
  /** How many times as often as if they were independent: P(all) / product of each. */
  lift: number;
  /** Orders that hold all but one of them. */
  missingOne: number;
  /** Of these, how many orders a full response would win, and what the missing pieces cost in sum: see `bundlesOf`. */
  winnable: number;
  winnableValue: number;
}

const largestBundle = 3;
const leastLift = 1.2;
const leastSure = 0.01;
export const mostBundles = 1_000;

/**
 * Sets whose items stand together more often than by chance, by what an offer could win. Of the orders that hold all but item i,
 * the share that buys i unprompted beside the same items (the confidence of the rule) is taken as the share that an offer
 * can win at most: winnable = sum over i of (n(S without i) - n(S)) confidence(S without i -> i), each worth the price of i.
 * A page multiplies it by the response that an operator expects. Costs and margins are not known here.
 */
export function bundlesOf(itemsets: readonly Itemset[], rules: readonly TestedRule[], prices: readonly number[]): Bundle[] {
  const bySet = Map.groupBy(rules.filter(({ antecedent }) => antecedent.length < largestBundle), ({ antecedent, consequent }) => [...antecedent, consequent].sort((a, b) => a - b).join());
  const orders = new Map(itemsets.filter(({ items }) => items.length === 1).map(({ items, count }) => [items[0], count]));
  const bundles: Bundle[] = [];
  for (const [key, ofSet] of bySet) {
    const items = key.split(',').map(Number);
    const [{ base, withBoth }] = ofSet;
    const lift = (withBoth / base) / items.reduce((product, item) => product * ((orders.get(item) ?? 0) / base), 1);
    if (lift < leastLift || ofSet.some(({ q }) => q > leastSure)) continue;
    const bundle: Bundle = { items, orders: withBoth, lift, missingOne: 0, winnable: 0, winnableValue: 0 };
    for (const rule of ofSet) {
      const missing = rule.withAntecedent - withBoth;
      const winnable = missing * measuresOf(rule).confidence;
      bundle.missingOne += missing;
      bundle.winnable += winnable;
      bundle.winnableValue += winnable * (prices[rule.consequent] ?? 0);
    }
    bundles.push(bundle);
  }
  return bundles.sort((a, b) => b.winnableValue - a.winnableValue || b.winnable - a.winnable).slice(0, mostBundles);
}
