import type { OrdersOfPerson } from '../mining/sequence-counts.ts';
import { type History, recommendNext, recommendPopular, type Recommender } from './recommend.ts';

/** How often one of the first ten is in the last order of people whose last order was not learnt from. */
export interface HoldOut {
  people: number;
  /** Of recommendations, of what sells most, of what each bought most before. */
  hitRate: number;
  popular: number;
  ownMost: number;
}

const shown = 10;
const daySeconds = 86_400;

/** Everybody whose number falls on it is held out: a person in `every`, the same ones each time. */
export const isHeldOut = (customerNo: number, every: number): boolean => (Math.imul(customerNo, 0x9e37_79b1) >>> 0) % every === 0;

/** What was bought before the last order, as the history of somebody at that moment. */
export function historyBefore({ count, times, starts, items }: OrdersOfPerson): History {
  const now = times[count - 1];
  const known = new Map<number, { item: number; times: number; daysAgo: number }>();
  for (let order = 0; order < count - 1; order++) {
    for (let at = starts[order]; at < starts[order + 1]; at++) {
      known.set(items[at], { item: items[at], times: (known.get(items[at])?.times ?? 0) + 1, daysAgo: (now - times[order]) / daySeconds });
    }
  }
  return { orders: count - 1, items: [...known.values()] };
}

/** Asks for each person what the last order held, of three recommenders. */
export function checkHeldOut(recommender: Recommender, people: readonly OrdersOfPerson[]): HoldOut {
  const popular = recommendPopular(recommender).map(({ item }) => item);
  const hits = { hitRate: 0, popular: 0, ownMost: 0 };
  let asked = 0;
  for (const person of people) {
    const last = new Set(person.items.subarray(person.starts[person.count - 1], person.starts[person.count]));
    if (last.size === 0) continue;
    asked++;
    const history = historyBefore(person);
    const own = [...history.items].sort((a, b) => b.times - a.times || a.daysAgo - b.daysAgo).map(({ item }) => item);
    const isHit = (items: number[]): number => (filled(items, popular).some((item) => last.has(item)) ? 1 : 0);
    hits.hitRate += isHit(recommendNext(recommender, history).map(({ item }) => item));
    hits.popular += isHit([]);
    hits.ownMost += isHit(own);
  }
  const share = (count: number): number => (asked === 0 ? 0 : count / asked);
  return { people: asked, hitRate: share(hits.hitRate), popular: share(hits.popular), ownMost: share(hits.ownMost) };
}

/** Ten, filled up with what sells where there are fewer. */
function filled(items: number[], popular: number[]): number[] {
  const first = items.slice(0, shown);
  return first.length === shown ? first : [...new Set([...first, ...popular])].slice(0, shown);
}
