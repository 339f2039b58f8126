import type { Neighbours } from './neighbours.ts';

/** What the recommender knows: nearest in a basket, nearest afterwards, and what sells. */
export interface Recommender {
  beside: Neighbours;
  after: Neighbours;
  /** Items by how often they sold lately, the most first. */
  popular: Uint16Array;
  /** P(bought again by the same person within the window), by item. */
  repeats: Float32Array;
}

/** What a person bought: each item once, in how many of the orders, and how many days ago last. */
export interface History {
  orders: number;
  items: readonly { item: number; times: number; daysAgo: number }[];
}

/** Why an item is recommended: what it goes with, what it follows, what the person buys again, or that it sells. */
export type Reason = 'beside' | 'after' | 'again' | 'popular';

export interface Recommended {
  item: number;
  score: number;
  reason: Reason;
  /** The item that speaks for it most; absent for what sells. */
  because?: number;
}

/** After so many days a purchase says half as much. */
const halfLifeDays = 60;
/** Whoever bought something once, so few days ago, still has it: if it is a thing that few buy again. */
const stillThereDays = 7;
const seldomAgain = 0.05;
/** What was bought once is a candidate as far as people buy it again: half as much where this share of them does. */
const againScale = 0.02;
/** A share of somebody's own orders says so much more than what followed other people's. */
const ownWeight = 3;
/** What stands together in baskets says this much of a next order, beside what followed. */
const besideWeight = 0.3;

/** What goes with the items of a cart, or with one product. Items of the cart are left out. */
export function recommendBeside({ beside, after }: Recommender, cart: readonly number[]): Recommended[] {
  const scores = createScores();
  for (const item of cart) {
    eachNeighbour(beside, item, (other, score) => scores.add(other, score / cart.length, 'beside', item));
    // Where nothing stood beside it, what came afterwards is next to it.
    eachNeighbour(after, item, (other, score) => scores.add(other, (score * 0.01) / cart.length, 'after', item));
  }
  return scores.best(new Set(cart));
}

/**
 * What somebody is likely to buy next: for what they bought before, the share of their orders that held it, as far as
 * it is bought again at all; for anything else, what followed and what stands beside their purchases, the newer ones first.
 */
export function recommendNext({ beside, after, repeats }: Recommender, { orders, items }: History): Recommended[] {
  const scores = createScores();
  const weights = items.map(({ times, daysAgo }) => times * 2 ** (-daysAgo / halfLifeDays));
  const all = weights.reduce((sum, weight) => sum + weight, 0) || 1;
  items.forEach(({ item, times }, n) => {
    const share = weights[n] / all;
    scores.add(item, ownWeight * (times / orders) * willingness(times, repeats[item] ?? 0), 'again', item);
    eachNeighbour(after, item, (other, score) => other !== item && scores.add(other, share * score, 'after', item));
    eachNeighbour(beside, item, (other, score) => scores.add(other, share * score * besideWeight, 'beside', item));
  });
  return scores.best(justBought({ orders, items }, repeats));
}

/** What somebody still has: bought once, and only lately. */
export const justBought = ({ items }: History, repeats: Float32Array): Set<number> =>
  new Set(items.filter(({ item, times, daysAgo }) => times === 1 && daysAgo < stillThereDays && (repeats[item] ?? 0) < seldomAgain).map(({ item }) => item));

/** Whether somebody buys a thing again: who did is sure to; of the others as far as anybody does. */
const willingness = (times: number, again: number): number => (times > 1 ? 1 : again / (again + againScale));

/** What sells, for whom nothing is known, and to fill up. */
export const recommendPopular = ({ popular }: Recommender): Recommended[] =>
  Array.from(popular, (item) => ({ item, score: 0, reason: 'popular' as const }));

function eachNeighbour({ size, filled, items, scores }: Neighbours, item: number, each: (other: number, score: number) => void): void {
  const from = item * size;
  for (let at = from; at < from + (filled[item] ?? 0); at++) each(items[at], scores[at]);
}

/** Sums what speaks for each item, and remembers what speaks for it most. */
function createScores() {
  const found = new Map<number, Required<Recommended> & { most: number }>();
  return {
    add(item: number, score: number, reason: Reason, because: number): void {
      const known = found.get(item);
      if (!known) {
        found.set(item, { item, score, reason, because, most: score });
        return;
      }
      known.score += score;
      if (score <= known.most) return;
      known.most = score;
      known.reason = reason;
      known.because = because;
    },
    best: (without?: ReadonlySet<number>): Recommended[] => [...found.values()]
      .filter(({ item, score }) => score > 0 && !without?.has(item))
      .sort((a, b) => b.score - a.score || a.item - b.item)
      .map(({ item, score, reason, because }) => ({ item, score, reason, because })),
  };
}
