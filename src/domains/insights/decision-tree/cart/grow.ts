import type { Criterion } from './criterion.ts';
import { thresholdBetween } from './threshold.ts';

/** What is known of each row, a column a feature; NaN where nothing is. */
export interface Feature {
  values: Float64Array;
  /** Its numbers are whole, and so are limits between them. */
  isWhole: boolean;
}

export interface Split {
  feature: number;
  /** Rows of at least this much go to `yes`; all others, and those of which nothing is known, to `no`. */
  atLeast: number;
  /** By how much the impurity becomes less, times rows. */
  gain: number;
}

export interface TreeNode {
  sums: number[];
  split: (Split & { yes: TreeNode; no: TreeNode }) | null;
}

export interface TreeLimits {
  depth: number;
  /** No leaf has fewer rows. */
  minLeaf: number;
}

/** Lets others have the processor: called again and again, after a few milliseconds of work each time. */
export type Pause = () => Promise<void>;

const stepsAtOnce = 200_000;
/** Less than this a row is what adding up floating numbers leaves behind. */
const leastGain = 1e-10;

/** Rows of a node by each feature, from the lowest value up; those of which nothing is known come first. */
export type Orders = Uint32Array[];

/** Puts rows in the order of each feature: what all trees that are grown of them start from. */
export async function ordersOf(features: readonly Feature[], rows: Uint32Array, pause: Pause): Promise<Orders> {
  const orders: Orders = [];
  for (const { values } of features) {
    orders.push(inOrder(values, rows));
    await pause();
  }
  return orders;
}

/**
 * Grows a tree (CART; Breiman, Friedman, Olshen and Stone 1984, chapters 2 and 8): every node is parted where its
 * impurity becomes less by the most, over all features and all limits between two values. Of equals the first feature and
 * the lowest limit are taken, so the same rows give the same tree. Nodes take their rows out of the orders as they are.
 */
export async function growTree(features: readonly Feature[], criterion: Criterion, orders: Orders, limits: TreeLimits, pause: Pause): Promise<TreeNode> {
  let steps = 0;
  const rest = async (work: number): Promise<void> => {
    steps += work;
    if (steps < stepsAtOnce) return;
    steps = 0;
    await pause();
  };
  const goesYes = new Uint8Array(features[0].values.length);
  const grow = async (own: Orders, depth: number): Promise<TreeNode> => {
    const [members] = own;
    const sums = new Float64Array(criterion.width);
    for (const row of members) criterion.add(sums, row);
    const node: TreeNode = { sums: [...sums], split: null };
    if (depth === 0 || members.length < 2 * limits.minLeaf) return node;
    let best: Split | null = null;
    for (const [feature, order] of own.entries()) {
      const found = bestSplit(features[feature], order, criterion, sums, limits.minLeaf);
      if (found && (!best || found.gain > best.gain + leastGain * members.length)) best = { feature, ...found };
      await rest(order.length);
    }
    if (!best || best.gain <= leastGain * members.length) return node;
    const { values } = features[best.feature];
    for (const row of members) goesYes[row] = values[row] >= best.atLeast ? 1 : 0;
    const part = (kind: 0 | 1): Orders => own.map((order) => order.filter((row) => goesYes[row] === kind));
    const [yesOrders, noOrders] = [part(1), part(0)];
    await rest(members.length * own.length * 2);
    node.split = { ...best, yes: await grow(yesOrders, depth - 1), no: await grow(noOrders, depth - 1) };
    return node;
  };
  return grow(orders, limits.depth);
}

function inOrder(values: Float64Array, rows: Uint32Array): Uint32Array {
  const place = (row: number): number => (Number.isNaN(values[row]) ? -Infinity : values[row]);
  return rows.toSorted((a, b) => {
    const [x, y] = [place(a), place(b)];
    return x === y ? a - b : x - y;
  });
}

/** The best limit of one feature; null where none leaves enough rows on both sides. */
export function bestSplit({ values, isWhole }: Feature, order: Uint32Array, criterion: Criterion, sums: Float64Array, minLeaf: number): Omit<Split, 'feature'> | null {
  const [below, above] = [new Float64Array(criterion.width), new Float64Array(criterion.width)];
  const whole = criterion.total(sums);
  let best: { at: number; gain: number } | null = null;
  for (let at = 1; at <= order.length - minLeaf; at++) {
    criterion.add(below, order[at - 1]);
    const [low, high] = [values[order[at - 1]], values[order[at]]];
    if (at < minLeaf || low === high || Number.isNaN(high)) continue;
    for (let i = 0; i < above.length; i++) above[i] = sums[i] - below[i];
    const gain = whole - criterion.total(below) - criterion.total(above);
    if (!best || gain > best.gain + leastGain * order.length) best = { at, gain };
  }
  if (!best) return null;
  const [low, high] = [values[order[best.at - 1]], values[order[best.at]]];
  return { atLeast: thresholdBetween(low, high, isWhole), gain: best.gain };
}

/** The leaf that a row falls into, or the node before it at which `ends` says stop. */
export function nodeOf(tree: TreeNode, valueOf: (feature: number) => number, ends: (node: TreeNode) => boolean = () => false): TreeNode {
  let node = tree;
  while (node.split && !ends(node)) node = valueOf(node.split.feature) >= node.split.atLeast ? node.split.yes : node.split.no;
  return node;
}

/** Every node, those nearer to the root first, yes before no. */
export function* nodesOf(tree: TreeNode): Generator<TreeNode> {
  yield tree;
  if (tree.split) {
    yield* nodesOf(tree.split.yes);
    yield* nodesOf(tree.split.no);
  }
}

/** By how much each feature makes the impurity less in all of the tree (Breiman et al., section 5.3.4, without surrogates); they sum to 1. */
export function importanceOf(tree: TreeNode, features: number): number[] {
  const gains = new Array<number>(features).fill(0);
  for (const { split } of nodesOf(tree)) if (split) gains[split.feature] += split.gain;
  const all = gains.reduce((sum, gain) => sum + gain, 0);
  return gains.map((gain) => (all === 0 ? 0 : gain / all));
}
