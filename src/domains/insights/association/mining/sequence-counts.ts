/** What was bought after what, by the same person: `follows[a * items + b]` occasions with a that b followed. */
export interface SequenceCounts {
  itemCount: number;
  /** Occasions in all, by what was bought on them, and by what followed. */
  occasions: number;
  withItem: Uint32Array;
  followedBy: Uint32Array;
  follows: Uint32Array;
}

/** The orders of one person by time, the first `count` of each array; items of order n lie from `starts[n]` to `starts[n + 1]`. */
export interface OrdersOfPerson {
  count: number;
  times: Float64Array;
  starts: Uint32Array;
  items: Uint16Array;
}

export interface SequenceOptions {
  itemCount: number;
  windowSeconds: number;
  /** An order is an occasion if all of its window has been seen: it is no later than this. */
  lastOccasion: number;
}

export interface SequenceCounter {
  counts: SequenceCounts;
  /** `sign` -1 takes out again what was added. */
  add(orders: OrdersOfPerson, sign?: 1 | -1): void;
}

/**
 * Counts ordered pairs. An occasion is an order of somebody, whose time to be followed has run out; it is followed by
 * b if a strictly later order of the same person, within the window, holds b. What lies in the window is kept while it moves
 * along the orders, so that an account of very many orders costs no more than its pairs.
 */
export function createSequenceCounts({ itemCount, windowSeconds, lastOccasion }: SequenceOptions): SequenceCounter {
  const counts: SequenceCounts = {
    itemCount, occasions: 0,
    withItem: new Uint32Array(itemCount), followedBy: new Uint32Array(itemCount), follows: new Uint32Array(itemCount * itemCount),
  };
  const inWindow = new Uint32Array(itemCount);
  const placeOf = new Uint32Array(itemCount);
  const seen = new Uint16Array(itemCount);
  let seenCount = 0;
  const enter = (item: number): void => {
    if (item >= itemCount || inWindow[item]++ > 0) return;
    placeOf[item] = seenCount;
    seen[seenCount++] = item;
  };
  const leave = (item: number): void => {
    if (item >= itemCount || --inWindow[item] > 0) return;
    const last = seen[--seenCount];
    seen[placeOf[item]] = last;
    placeOf[last] = placeOf[item];
  };
  const countOccasion = (items: Uint16Array, start: number, end: number, sign: number): void => {
    counts.occasions += sign;
    for (let n = 0; n < seenCount; n++) counts.followedBy[seen[n]] += sign;
    for (let at = start; at < end; at++) {
      const item = items[at];
      if (item >= itemCount) continue;
      counts.withItem[item] += sign;
      const row = item * itemCount;
      for (let n = 0; n < seenCount; n++) counts.follows[row + seen[n]] += sign;
    }
  };
  return {
    counts,
    add({ count, times, starts, items }: OrdersOfPerson, sign: 1 | -1 = 1): void {
      let from = 0;
      let to = 0;
      for (let n = 0; n < count && times[n] <= lastOccasion; n++) {
        for (; to < count && times[to] <= times[n] + windowSeconds; to++) for (let at = starts[to]; at < starts[to + 1]; at++) enter(items[at]);
        for (; from < to && times[from] <= times[n]; from++) for (let at = starts[from]; at < starts[from + 1]; at++) leave(items[at]);
        countOccasion(items, starts[n], starts[n + 1], sign);
      }
      for (; from < to; from++) for (let at = starts[from]; at < starts[from + 1]; at++) leave(items[at]);
    },
  };
}
