import type { OrdersOfPerson } from '../../mining/sequence-counts.ts';
import type { History } from '../../model/recommend.ts';

/** What everybody bought lately, by customer number: five bytes a thing and six a number. */
export interface Histories {
  /** Where somebody's things begin, how many they are, and in how many orders. */
  begins: Uint32Array<ArrayBuffer>;
  lengths: Uint8Array<ArrayBuffer>;
  orders: Uint8Array<ArrayBuffer>;
  items: Uint16Array<ArrayBuffer>;
  /** Days since 1970 on which each was bought last, and in how many orders. */
  days: Uint16Array<ArrayBuffer>;
  times: Uint8Array<ArrayBuffer>;
}

/** The things bought last; what came before says little of the next order. */
export const mostThings = 20;
const most = 255;
export const daySeconds = 86_400;

/** Gathers histories out of the orders of one person after the other. */
export function createHistoryBuilder(itemCount: number) {
  const kept: Histories = {
    begins: new Uint32Array(1_024), lengths: new Uint8Array(1_024), orders: new Uint8Array(1_024),
    items: new Uint16Array(1_024), days: new Uint16Array(1_024), times: new Uint8Array(1_024),
  };
  let length = 0;
  const placeOf = new Int32Array(itemCount).fill(-1);
  const makeRoom = (customerNo: number): void => {
    const numbers = Math.max(kept.begins.length, 2 ** Math.ceil(Math.log2(customerNo + 1)));
    if (numbers > kept.begins.length) Object.assign(kept, { begins: resized(kept.begins, numbers), lengths: resized(kept.lengths, numbers), orders: resized(kept.orders, numbers) });
    if (length + mostThings <= kept.items.length) return;
    const things = kept.items.length * 2;
    Object.assign(kept, { items: resized(kept.items, things), days: resized(kept.days, things), times: resized(kept.times, things) });
  };
  return {
    add(customerNo: number, { count, times, starts, items }: OrdersOfPerson): void {
      makeRoom(customerNo);
      const begin = length;
      for (let order = count - 1; order >= 0; order--) {
        for (let at = starts[order]; at < starts[order + 1]; at++) {
          const place = placeOf[items[at]];
          if (place >= 0) kept.times[place] = Math.min(most, kept.times[place] + 1);
          else if (length - begin < mostThings) {
            placeOf[items[at]] = length;
            kept.items[length] = items[at];
            kept.days[length] = times[order] / daySeconds;
            kept.times[length++] = 1;
          }
        }
      }
      for (let place = begin; place < length; place++) placeOf[kept.items[place]] = -1;
      kept.begins[customerNo] = begin;
      kept.lengths[customerNo] = length - begin;
      kept.orders[customerNo] = Math.min(most, count);
    },
    done: (): Histories => kept,
  };
}

function resized<A extends Uint8Array | Uint16Array | Uint32Array>(old: A, length: number): A {
  const larger = new (old.constructor as new (length: number) => A)(length);
  larger.set(old);
  return larger;
}

/** Somebody's history as of a day; of whoever bought nothing, nothing. */
export function historyOf(histories: Histories, customerNo: number, today: number): History {
  const from = histories.begins[customerNo] ?? 0;
  const items = Array.from({ length: histories.lengths[customerNo] ?? 0 }, (_, n) => ({
    item: histories.items[from + n], times: histories.times[from + n], daysAgo: Math.max(0, today - histories.days[from + n]),
  }));
  return { orders: histories.orders[customerNo] ?? 0, items };
}

/** A line that is not in the histories. */
export interface NewLine {
  orderKey: string;
  day: number;
  item: number;
}

/** A history with what was bought since. */
export function withNewer(history: History, lines: readonly NewLine[], today: number): History {
  const known = new Map(history.items.map((one) => [one.item, { ...one }]));
  const seen = new Set<string>();
  for (const { orderKey, day, item } of lines) {
    if (seen.has(`${orderKey} ${item}`)) continue;
    seen.add(`${orderKey} ${item}`);
    const one = known.get(item) ?? { item, times: 0, daysAgo: Infinity };
    known.set(item, { item, times: one.times + 1, daysAgo: Math.min(one.daysAgo, Math.max(0, today - day)) });
  }
  const newest = [...known.values()].sort((a, b) => a.daysAgo - b.daysAgo).slice(0, mostThings);
  return { orders: history.orders + new Set(lines.map(({ orderKey }) => orderKey)).size, items: newest };
}
