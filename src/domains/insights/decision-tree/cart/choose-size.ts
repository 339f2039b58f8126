import { type Criterion, lossOf, predictionOf, type Target } from './criterion.ts';
import { type Feature, growTree, nodeOf, ordersOf, type Pause, type TreeLimits, type TreeNode } from './grow.ts';
import { leavesOf, prunedAt, pruningsOf } from './prune.ts';

/** One of the trees to choose from. */
export interface SizeTried {
  leaves: number;
  alpha: number;
  /** Mean loss of rows that the trees of the other parts had not seen, and its standard error. */
  loss: number;
  error: number;
}

export interface ChosenTree {
  tree: TreeNode;
  sizes: SizeTried[];
  /** Which of `sizes` it is. */
  chosen: number;
}

const parts = 10;

/**
 * Chooses how far a tree is pruned, by ten-fold cross-validation (Breiman et al. 1984, section 3.4.2): of every part of the rows
 * the loss is measured with trees grown of the other parts, pruned at the geometric means of neighbouring complexities. Taken is
 * the smallest tree whose loss is within one standard error of the least (section 3.4.3), which is smaller, steadier, and as
 * good as can be told.
 */
export async function chooseTree(features: readonly Feature[], target: Target, criterion: Criterion, rows: Uint32Array, limits: TreeLimits, random: () => number, pause: Pause): Promise<ChosenTree> {
  const orders = await ordersOf(features, rows, pause);
  const whole = await growTree(features, criterion, orders, limits, pause);
  const prunings = pruningsOf(whole, criterion);
  const { alphas } = prunings;
  const between = alphas.map((alpha, i) => (i + 1 < alphas.length ? Math.sqrt(alpha * alphas[i + 1]) : Infinity));
  const partOf = new Uint8Array(features[0].values.length);
  partsOf(rows.length, random).forEach((part, i) => (partOf[rows[i]] = part));
  const [sums, squares] = [new Float64Array(alphas.length), new Float64Array(alphas.length)];
  for (let part = 0; part < parts; part++) {
    const grown = await growTree(features, criterion, orders.map((order) => order.filter((row) => partOf[row] !== part)), limits, pause);
    const own = pruningsOf(grown, criterion);
    const held = rows.filter((row) => partOf[row] === part);
    for (const [size, alpha] of between.entries()) {
      const tree = prunedAt(grown, own, alpha);
      const predictions = new Map(leavesOf(tree).map((leaf) => [leaf, predictionOf(target, leaf.sums)]));
      for (const row of held) {
        const leaf = nodeOf(tree, (feature) => features[feature].values[row]);
        const loss = lossOf(target, predictions.get(leaf) ?? [], row);
        sums[size] += loss;
        squares[size] += loss * loss;
      }
      await pause();
    }
  }
  const sizes = alphas.map((alpha, i): SizeTried => {
    const loss = sums[i] / rows.length;
    return { leaves: leavesOf(prunedAt(whole, prunings, alpha)).length, alpha, loss, error: Math.sqrt(Math.max(0, squares[i] / rows.length - loss * loss) / rows.length) };
  });
  const least = sizes.reduce((best, size) => (size.loss < best.loss ? size : best));
  const chosen = sizes.findLastIndex(({ loss }) => loss <= least.loss + least.error);
  return { tree: prunedAt(whole, prunings, alphas[chosen]), sizes, chosen };
}

/** A part for each row; all parts are as large as each other, but for one row. */
function partsOf(count: number, random: () => number): Uint8Array {
  const partOf = Uint8Array.from({ length: count }, (_, i) => i % parts);
  for (let i = count - 1; i > 0; i--) {
    const other = Math.floor(random() * (i + 1));
    [partOf[i], partOf[other]] = [partOf[other], partOf[i]];
  }
  return partOf;
}
