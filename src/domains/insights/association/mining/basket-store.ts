/** Marks the last item of a basket, so that baskets lie one after the other without a list of where they begin. */
export const lastOfBasket = 0x8000;
export const itemOf = 0x7fff;
/** Items are numbered from 0, the most frequent first; so many can be told apart. */
export const mostItems = 32_766;

/** Baskets as numbers, two bytes an item: 20 million of them are a hundred megabytes. */
export interface BasketStore {
  /** A basket of different items, in any order: those from one place of an array to before another, which are sorted there. */
  add(items: Uint16Array, from?: number, to?: number): void;
  baskets(): Baskets;
}

export interface Baskets {
  /** Items of each basket from the rarest to the most frequent, the last one marked. */
  codes: Uint16Array;
  /** Baskets by item, those of a single item too. */
  counts: Uint32Array;
}

/** Thrown where there are more items in baskets than memory was given for. */
export class TooManyBaskets extends Error {}

const firstRoom = 1 << 20;

export function createBasketStore(itemCount: number, mostCodes: number): BasketStore {
  const counts = new Uint32Array(itemCount);
  let codes = new Uint16Array(Math.min(firstRoom, mostCodes));
  let length = 0;
  const makeRoom = (more: number): void => {
    if (length + more > mostCodes) throw new TooManyBaskets(`more than ${mostCodes} items in baskets`);
    const larger = new Uint16Array(Math.min(mostCodes, Math.max(codes.length * 2, length + more)));
    larger.set(codes.subarray(0, length));
    codes = larger;
  };
  return {
    add(items, from = 0, to = items.length) {
      for (let at = from; at < to; at++) counts[items[at]]++;
      // One item alone is in no pair: it counts and need not be kept.
      if (to - from < 2) return;
      if (length + to - from > codes.length) makeRoom(to - from);
      sortDown(items, from, to);
      for (let at = from; at < to; at++) codes[length++] = items[at];
      codes[length - 1] |= lastOfBasket;
    },
    baskets: () => ({ codes: codes.subarray(0, length), counts }),
  };
}

/** Baskets are short: a sort by insertion is quicker than one that compares through a function. */
function sortDown(items: Uint16Array, from: number, to: number): void {
  if (to - from > 64) {
    items.subarray(from, to).sort().reverse();
    return;
  }
  for (let i = from + 1; i < to; i++) {
    const item = items[i];
    let at = i;
    for (; at > from && items[at - 1] < item; at--) items[at] = items[at - 1];
    items[at] = item;
  }
}
