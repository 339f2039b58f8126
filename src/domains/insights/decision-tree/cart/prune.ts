import type { Criterion } from './criterion.ts';
import { nodesOf, type TreeNode } from './grow.ts';

/** The trees that come of a tree by taking its weakest link away, again and again, until the root is left. */
export interface Prunings {
  /** The complexity from which on each of them is the best, ascending; the first, 0, is of the whole tree. */
  alphas: number[];
  /** The complexity from which on a node is a leaf. A leaf of the whole tree has none. */
  collapsesAt: Map<TreeNode, number>;
}

/**
 * Minimal cost-complexity pruning (Breiman et al. 1984, section 3.3): a branch stays for as long as each of its leaves
 * makes the error less by more than alpha. The error of a node is its impurity, as a share of all rows.
 */
export function pruningsOf(tree: TreeNode, criterion: Criterion): Prunings {
  const rows = criterion.rowsOf(tree.sums);
  const errorOf = (node: TreeNode): number => criterion.total(node.sums) / rows;
  const collapsesAt = new Map<TreeNode, number>();
  const alphas = [0];
  const isLeaf = (node: TreeNode): boolean => !node.split || collapsesAt.has(node);
  const branch = (node: TreeNode): { error: number; leaves: number } => {
    if (!node.split || isLeaf(node)) return { error: errorOf(node), leaves: 1 };
    const [yes, no] = [branch(node.split.yes), branch(node.split.no)];
    return { error: yes.error + no.error, leaves: yes.leaves + no.leaves };
  };
  function* open(node: TreeNode): Generator<TreeNode> {
    if (!node.split || isLeaf(node)) return;
    yield node;
    yield* open(node.split.yes);
    yield* open(node.split.no);
  }
  while (!isLeaf(tree)) {
    const links = [...open(tree)].map((node) => {
      const { error, leaves } = branch(node);
      return { node, strength: (errorOf(node) - error) / (leaves - 1) };
    });
    const alpha = Math.max(alphas[alphas.length - 1], Math.min(...links.map(({ strength }) => strength)));
    for (const { node, strength } of links) if (strength <= alpha * (1 + 1e-12)) collapsesAt.set(node, alpha);
    if (alpha > alphas[alphas.length - 1]) alphas.push(alpha);
  }
  return { alphas, collapsesAt };
}

/** The smallest of the best trees at a complexity. */
export function prunedAt(tree: TreeNode, { collapsesAt }: Prunings, alpha: number): TreeNode {
  const cut = (node: TreeNode): TreeNode =>
    !node.split || (collapsesAt.get(node) ?? Infinity) <= alpha
      ? { sums: node.sums, split: null }
      : { sums: node.sums, split: { ...node.split, yes: cut(node.split.yes), no: cut(node.split.no) } };
  return cut(tree);
}

export const leavesOf = (tree: TreeNode): TreeNode[] => [...nodesOf(tree)].filter(({ split }) => !split);
