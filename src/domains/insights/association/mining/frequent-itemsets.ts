import { type Baskets, itemOf, lastOfBasket } from './basket-store.ts';

/** Items that stand together in so many baskets, from the rarest item to the most frequent. */
export interface Itemset {
  items: number[];
  count: number;
}

export interface MiningOptions {
  leastCount: number;
  /** Of how many items sets are looked for. */
  largest: number;
  mostItemsets: number;
  /** Told of every item, whatever its count: in how many baskets each more frequent one stands beside it. The array is used again. */
  beside?(item: number, counts: Uint32Array): void;
}

/** Thrown where the least count lets through more sets than can be kept. */
export class TooManyItemsets extends Error {}

/**
 * Every set of 1 to `largest` items that stands in at least `leastCount` baskets. Depth first over projected baskets
 * (Agarwal, Aggarwal and Prasad 2001; Pei et al. 2001, "H-Mine"): beneath a set lie the places in the baskets where
 * its last item stands, and what comes after these places is counted in an array of one number an item, which
 * fits the processor's nearest cache. Memory is six bytes an item of a basket, and lists as long as the set is frequent.
 */
export function mineItemsets({ codes, counts }: Baskets, options: MiningOptions): Itemset[] {
  const { leastCount, largest, mostItemsets, beside } = options;
  const found: Itemset[] = [];
  const keep = (itemset: Itemset): void => {
    if (found.length === mostItemsets) throw new TooManyItemsets(`more than ${mostItemsets} sets`);
    found.push(itemset);
  };
  const beneath = Array.from({ length: largest }, () => new Uint32Array(counts.length));
  const extend = (items: number[], places: Uint32Array): void => {
    const together = beneath[items.length];
    countAfter(codes, places, together);
    if (items.length === 1) beside?.(items[0], together);
    if (items.length >= largest) return;
    const frequent: number[] = [];
    for (let item = 0; item < items[items.length - 1]; item++) if (together[item] >= leastCount) frequent.push(item);
    for (const item of frequent) keep({ items: [...items, item], count: together[item] });
    if (items.length + 1 >= largest || frequent.length < 2) return;
    const lists = placesAfter(codes, places, frequent, together);
    // Nothing is more frequent than the first of them: no set goes on from it.
    for (let n = 1; n < frequent.length; n++) extend([...items, frequent[n]], lists[n]);
  };
  const placesOf = placesOfItems(codes, counts.length);
  for (let item = 0; item < counts.length; item++) {
    if (counts[item] >= leastCount) keep({ items: [item], count: counts[item] });
    if (largest > 1 && (beside || counts[item] >= leastCount)) extendItem(item);
  }
  return found;

  function extendItem(item: number): void {
    if (counts[item] >= leastCount) extend([item], placesOf(item));
    else {
      countAfter(codes, placesOf(item), beneath[1]);
      beside?.(item, beneath[1]);
    }
  }
}

/** How often each item comes after one of the places, within the same basket. */
function countAfter(codes: Uint16Array, places: Uint32Array, together: Uint32Array): void {
  together.fill(0);
  for (let n = 0; n < places.length; n++) {
    let at = places[n];
    while ((codes[at] & lastOfBasket) === 0) together[codes[++at] & itemOf]++;
  }
}

/** Where each of these items comes after one of the places. */
function placesAfter(codes: Uint16Array, places: Uint32Array, items: number[], counts: Uint32Array): Uint32Array[] {
  const lists = items.map((item) => new Uint32Array(counts[item]));
  const listOf = new Int32Array(counts.length).fill(-1);
  items.forEach((item, n) => (listOf[item] = n));
  const filled = new Uint32Array(items.length);
  for (let n = 0; n < places.length; n++) {
    let at = places[n];
    while ((codes[at] & lastOfBasket) === 0) {
      const list = listOf[codes[++at] & itemOf];
      if (list >= 0) lists[list][filled[list]++] = at;
    }
  }
  return lists;
}

/** Where each item stands in all baskets: sorted once, by counting. */
function placesOfItems(codes: Uint16Array, itemCount: number): (item: number) => Uint32Array {
  const ends = new Uint32Array(itemCount + 1);
  for (let at = 0; at < codes.length; at++) ends[(codes[at] & itemOf) + 1]++;
  for (let item = 0; item < itemCount; item++) ends[item + 1] += ends[item];
  const next = ends.slice();
  const places = new Uint32Array(codes.length);
  for (let at = 0; at < codes.length; at++) places[next[codes[at] & itemOf]++] = at;
  return (item) => places.subarray(ends[item], ends[item + 1]);
}
