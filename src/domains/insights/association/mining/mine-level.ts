import { checkHeldOut, type HoldOut, isHeldOut } from '../model/hold-out.ts';
import { createBasketNeighbours, type Neighbours, sequenceNeighbours } from '../model/neighbours.ts';
import type { Recommender } from '../model/recommend.ts';
import { createGatherer } from '../reading/gather-orders.ts';
import { createItemCodes } from '../reading/item-codes.ts';
import type { LineBlock } from '../reading/order-stream.ts';
import { type Counted, longestAntecedent, rulesOf, type TestedRule, testRules } from './basket-rules.ts';
import { type BasketStore, createBasketStore } from './basket-store.ts';
import { type Bundle, bundlesOf } from './bundles.ts';
import { type Itemset, mineItemsets, TooManyItemsets } from './frequent-itemsets.ts';
import { measuresOf } from './measures.ts';
import { createSequenceCounts, type OrdersOfPerson, type SequenceCounter, type SequenceCounts } from './sequence-counts.ts';

/** What is to be mined out of the lines of one level. */
export interface MiningTask {
  /** In the order of their numbers, the most frequent first. */
  hashes: bigint[];
  /** Lines of each in the last weeks, and what a piece of it costs. */
  recent: number[];
  prices: number[];
  /** As a share of all orders; null leaves it to `usualLeastCount`. */
  leastSupport: number | null;
  leastConfidence: number;
  windowSeconds: number;
  lastOccasion: number;
  /** One person in so many is held out; 0: nobody is. */
  heldOutEvery: number;
}

export interface Mined {
  orders: number;
  ordersOfNobody: number;
  /** Orders that hold more than one item. */
  largerOrders: number;
  occasions: number;
  people: number;
  leastCount: number;
  leastOccasions: number;
  itemOrders: Uint32Array;
  /** Occasions with each item, and occasions it followed; of the items that sequences are counted of. */
  itemOccasions: Uint32Array;
  itemFollowed: Uint32Array;
  popular: Uint16Array;
  repeats: Float32Array;
  beside: Neighbours;
  after: Neighbours;
  baskets: RuleList;
  sequences: RuleList;
  bundles: Bundle[];
  holdOut: HoldOut;
}

/** Rules above the least confidence; the most telling are kept where there are too many. */
export interface RuleList {
  tested: number;
  found: number;
  rules: TestedRule[];
}

const mostCodes = 120_000_000;
const mostItemsets = 200_000;
/** Ordered pairs are counted in a square of this many items a side: 100 MB. */
const mostSequenceItems = 5_000;
export const mostKeptRules = 20_000;
const mostPopular = 200;

/** Half the square root of the number of orders, five at least: 5 of a hundred, 50 of ten thousand, 2,236 of twenty million. */
export const usualLeastCount = (orders: number): number => Math.max(5, Math.ceil(Math.sqrt(orders) / 2));

const leastCountOf = (leastSupport: number | null, orders: number): number =>
  (leastSupport === null ? usualLeastCount(orders) : Math.max(1, Math.ceil(leastSupport * orders - 1e-9)));

/** Reads all lines once and finds everything there is to find in them. */
export async function mineLevel(lines: AsyncIterable<LineBlock & { ofNobody: boolean }>, task: MiningTask): Promise<Mined> {
  const itemCount = task.hashes.length;
  const store = createBasketStore(itemCount, mostCodes);
  const sequences = createSequenceCounts({ itemCount: Math.min(itemCount, mostSequenceItems), windowSeconds: task.windowSeconds, lastOccasion: task.lastOccasion });
  const read = await readOrders(lines, task, store, sequences);
  const sellers = Uint16Array.from(task.recent.keys()).sort((a, b) => task.recent[b] - task.recent[a]).slice(0, mostPopular);
  const holdOut = checkHeldOut(learn(store, sequences.counts, sellers), read.heldOut);
  for (const person of read.heldOut) {
    const { count, starts, items } = person;
    store.add(items, starts[count - 1], starts[count]);
    sequences.add({ ...person, count: count - 1 }, -1);
    sequences.add(person);
  }
  const leastCount = leastCountOf(task.leastSupport, read.orders);
  const mayDouble = task.leastSupport === null;
  const together = doubling(leastCount, mayDouble, (least) => mineAll(store, least));
  const following = doubling(leastCountOf(task.leastSupport, sequences.counts.occasions), mayDouble, (least) => sequenceRules(sequences.counts, least));
  const { beside, itemsets } = together.found;
  const tested = testRules(rulesOf(itemsets, read.orders));
  return {
    orders: read.orders, ordersOfNobody: read.ordersOfNobody, largerOrders: read.largerOrders, people: read.people,
    occasions: sequences.counts.occasions, leastCount: together.least, leastOccasions: following.least,
    itemOrders: store.baskets().counts, itemOccasions: sequences.counts.withItem, itemFollowed: sequences.counts.followedBy, popular: sellers,
    repeats: repeatsOf(sequences.counts), beside, after: sequenceNeighbours(sequences.counts),
    baskets: choose(tested, task.leastConfidence),
    sequences: choose(testRules(following.found), task.leastConfidence),
    bundles: bundlesOf(itemsets, tested, task.prices),
    holdOut,
  };
}

interface OrdersRead {
  orders: number;
  ordersOfNobody: number;
  largerOrders: number;
  people: number;
  heldOut: OrdersOfPerson[];
}

async function readOrders(lines: AsyncIterable<LineBlock & { ofNobody: boolean }>, task: MiningTask, store: BasketStore, sequences: SequenceCounter): Promise<OrdersRead> {
  const read: OrdersRead = { orders: 0, ordersOfNobody: 0, largerOrders: 0, people: 0, heldOut: [] };
  const { add, flush } = createGatherer(createItemCodes(task.hashes), task.hashes.length, (customerNo, orders) => {
    const { count, starts, items, times } = orders;
    read.orders += count;
    for (let n = 0; n < count; n++) if (starts[n + 1] - starts[n] > 1) read.largerOrders++;
    const isHeld = customerNo !== 0 && count > 1 && task.heldOutEvery > 0 && isHeldOut(customerNo, task.heldOutEvery);
    const learnt = isHeld ? count - 1 : count;
    for (let n = 0; n < learnt; n++) store.add(items, starts[n], starts[n + 1]);
    if (customerNo === 0) {
      read.ordersOfNobody += count;
      return;
    }
    read.people++;
    sequences.add({ ...orders, count: learnt });
    if (isHeld) read.heldOut.push({ count, times: times.slice(0, count), starts: starts.slice(0, count + 1), items: items.slice(0, starts[count]) });
  });
  for await (const block of lines) add(block, block.ofNobody);
  flush();
  return read;
}

/** What recommendations are made from, as far as it was learnt by now. */
function learn(store: BasketStore, sequences: SequenceCounts, popular: Uint16Array): Recommender {
  const baskets = store.baskets();
  const { neighbours: beside, beside: tell } = createBasketNeighbours(baskets.counts);
  mineItemsets(baskets, { leastCount: Infinity, largest: 2, mostItemsets, beside: tell });
  return { beside, after: sequenceNeighbours(sequences), popular, repeats: repeatsOf(sequences) };
}

/** Sets and neighbours in one pass. */
function mineAll(store: BasketStore, leastCount: number): { beside: Neighbours; itemsets: Itemset[] } {
  const baskets = store.baskets();
  const { neighbours, beside } = createBasketNeighbours(baskets.counts);
  return { beside: neighbours, itemsets: mineItemsets(baskets, { leastCount, largest: longestAntecedent + 1, mostItemsets, beside }) };
}

/** Where nobody set a least count and it lets too much through, it is doubled until it does not. */
function doubling<T>(leastCount: number, mayDouble: boolean, find: (least: number) => T): { least: number; found: T } {
  for (let least = leastCount; ; least *= 2) {
    try {
      return { least, found: find(least) };
    } catch (error) {
      if (!(error instanceof TooManyItemsets) || !mayDouble) throw error;
    }
  }
}

function repeatsOf({ itemCount, withItem, follows }: SequenceCounts): Float32Array {
  return Float32Array.from({ length: itemCount }, (_, item) => (withItem[item] === 0 ? 0 : follows[item * itemCount + item] / withItem[item]));
}

/** "Whoever bought a buys b within the window", a thing bought again included. */
function sequenceRules({ itemCount, occasions, withItem, followedBy, follows }: SequenceCounts, leastOccasions: number): Counted[] {
  const rules: Counted[] = [];
  for (let a = 0; a < itemCount; a++) {
    for (let b = 0; b < itemCount; b++) {
      const withBoth = follows[a * itemCount + b];
      if (withBoth < leastOccasions) continue;
      if (rules.length === mostItemsets) throw new TooManyItemsets(`more than ${mostItemsets} ordered pairs`);
      rules.push({ antecedent: [a], consequent: b, base: occasions, withAntecedent: withItem[a], withConsequent: followedBy[b], withBoth });
    }
  }
  return rules;
}

/** How many more have both than if the two were independent: what makes a rule worth its place. */
const surplus = ({ base, withAntecedent, withConsequent, withBoth }: TestedRule): number => withBoth - (withAntecedent * withConsequent) / base;

function choose(tested: TestedRule[], leastConfidence: number): RuleList {
  const found = tested.filter((rule) => measuresOf(rule).confidence >= leastConfidence - 1e-12);
  const rules = found.length <= mostKeptRules ? found : found.sort((a, b) => surplus(b) - surplus(a)).slice(0, mostKeptRules);
  return { tested: tested.length, found: found.length, rules };
}
