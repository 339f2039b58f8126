import type { Rule } from '../../audiences/contract.ts';
import type { TreeNode } from './cart/grow.ts';
import { sale, type TreeFeature } from './features.ts';

/** A node with its place in the tree, and the bounds on the way to it. */
export interface PlacedNode {
  id: number;
  parent: number | null;
  isYes: boolean;
  depth: number;
  node: TreeNode;
  bounds: Bounds;
}

/** By feature: at least so much, and less than so much. */
type Bounds = ReadonlyMap<number, { atLeast?: number; below?: number }>;

/** Every node from the root down, yes before no, under the number of its place. */
export function placedNodes(tree: TreeNode): PlacedNode[] {
  const found: PlacedNode[] = [];
  const visit = (node: TreeNode, parent: number | null, isYes: boolean, depth: number, bounds: Bounds): void => {
    const id = found.length;
    found.push({ id, parent, isYes, depth, node, bounds });
    if (!node.split) return;
    const { feature, atLeast, yes, no } = node.split;
    const known = bounds.get(feature);
    visit(yes, id, true, depth + 1, new Map(bounds).set(feature, { ...known, atLeast: Math.max(atLeast, known?.atLeast ?? -Infinity) }));
    visit(no, id, false, depth + 1, new Map(bounds).set(feature, { ...known, below: Math.min(atLeast, known?.below ?? Infinity) }));
  };
  visit(tree, null, true, 0, new Map());
  return found;
}

const hasBought: Rule = { kind: 'measure', facts: sale, measure: 'orders', period: {}, compare: { is: 'at_least', value: '1' } };

/** Of whom a tree speaks: whoever bought before, and is in the audience where there is one. */
export const baseRule = (within: Rule | null): Rule => ({ kind: 'group', match: 'all', parts: [hasBought, ...(within ? [within] : [])] });

/** Whom a node means: of several questions of one thing on the way, the narrowest bounds. */
export function ruleOfPath(bounds: Bounds, features: readonly TreeFeature[], within: Rule | null): Rule {
  const parts = [...bounds].flatMap(([feature, { atLeast, below }]) => [
    ...(atLeast === undefined ? [] : [features[feature].atLeast(atLeast)]),
    ...(below === undefined ? [] : [features[feature].below(below)]),
  ]);
  return { kind: 'group', match: 'all', parts: [hasBought, ...(within ? [within] : []), ...parts] };
}
