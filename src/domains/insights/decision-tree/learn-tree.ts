import { Problem } from '../../../kernel/problem.ts';
import { aucError, aucOf } from '../../audiences/public.ts';
import type { TreeResult, TreeTarget } from '../contract/decision-tree.ts';
import { type ChosenTree, chooseTree } from './cart/choose-size.ts';
import { criterionOf, type ImpurityName, lossOf, predictionOf, type Target } from './cart/criterion.ts';
import { type Feature, nodeOf, type Pause, type TreeNode } from './cart/grow.ts';
import type { Outcomes } from './read-sample.ts';

/** So many are needed to say anything: people in all, and of each of the two commonest answers. */
export const least = { people: 200, ofClass: 20 } as const;
const mostClasses = 6;
const heldOutShare = 0.3;
const leastInLeaf = { rows: 20, share: 0.01 } as const;

/** What is to be told of people, and who of them is learnt from: whoever has an answer. */
export interface Question {
  target: Target;
  classes: string[];
  rows: Uint32Array;
}

/** Refuses (422) what nothing can be learnt of, and says why. */
export function questionOf(kind: TreeTarget, { spend, category, bought }: Outcomes, days: number): Question {
  const all = Uint32Array.from(bought.keys());
  const buyers = bought.reduce((sum, one) => sum + one, 0);
  if (all.length < least.people) throw new Problem('insights.tree_small_base', { status: 422, params: { people: all.length, least: least.people } });
  if (buyers < least.ofClass) throw new Problem('insights.tree_nobody_again', { status: 422, params: { people: all.length, buyers, least: least.ofClass, days } });
  if (kind === 'spend') return { target: { kind: 'number', of: spend }, classes: [], rows: all };
  if (kind === 'again') {
    if (all.length - buyers < least.ofClass) throw new Problem('insights.tree_everybody_again', { status: 422, params: { people: all.length, days } });
    return { target: { kind: 'class', classes: 2, of: bought }, classes: ['no', 'yes'], rows: all };
  }
  const rows = all.filter((row) => category[row] !== '');
  const counted = [...Map.groupBy(rows, (row) => category[row])].map(([name, { length }]) => ({ name, length })).toSorted((a, b) => b.length - a.length || (a.name < b.name ? -1 : 1));
  if ((counted.at(1)?.length ?? 0) < least.ofClass) throw new Problem('insights.tree_one_category', { status: 422, params: { least: least.ofClass, days } });
  const named = counted.filter(({ length }) => length >= least.ofClass).slice(0, mostClasses).map(({ name }) => name);
  const classes = named.length < counted.length ? [...named, ''] : named;
  const codes = new Map(named.map((name, i) => [name, i]));
  return { target: { kind: 'class', classes: classes.length, of: Uint8Array.from(category, (name) => codes.get(name) ?? classes.length - 1) }, classes, rows };
}

export interface LearntTree extends ChosenTree {
  trained: Uint32Array;
  heldOut: Uint32Array;
}

/** Learns a tree of seven in ten of the rows; by the others it is measured. */
export async function learnTree(features: readonly Feature[], { target, rows }: Question, options: { impurity: ImpurityName; depth: number }, random: () => number, pause: Pause): Promise<LearntTree> {
  const isHeldOut = new Uint8Array(target.of.length);
  for (const row of rows) isHeldOut[row] = random() < heldOutShare ? 1 : 0;
  const [trained, heldOut] = [rows.filter((row) => isHeldOut[row] === 0), rows.filter((row) => isHeldOut[row] === 1)];
  const minLeaf = Math.max(leastInLeaf.rows, Math.round(trained.length * leastInLeaf.share));
  const found = await chooseTree(features, target, criterionOf(target, options.impurity), trained, { depth: options.depth, minLeaf }, random, pause);
  return { ...found, trained, heldOut };
}

/** How good a tree is by rows it has not seen. `recency` is the days since somebody's last order. */
export function qualityOf(tree: TreeNode, features: readonly Feature[], { target, classes }: Question, heldOut: Uint32Array, recency: Float64Array): TreeResult['quality'] {
  const saidOf = (row: number): number[] => predictionOf(target, nodeOf(tree, (feature) => features[feature].values[row]).sums);
  const always = predictionOf(target, tree.sums);
  const mean = (of: (row: number) => number): number => heldOut.reduce((sum, row) => sum + of(row), 0) / heldOut.length;
  const explained = 1 - mean((row) => lossOf(target, saidOf(row), row)) / mean((row) => lossOf(target, always, row));
  if (target.kind === 'number') return { accuracy: null, accuracyBaseline: null, explained, auc: null, aucError: null, aucByRecency: null };
  const likeliest = (shares: readonly number[]): number => shares.indexOf(Math.max(...shares));
  const right = (said: (row: number) => number[]): number => mean((row) => (likeliest(said(row)) === target.of[row] ? 1 : 0));
  const accuracy = { accuracy: right(saidOf), accuracyBaseline: right(() => always), explained };
  if (classes[1] !== 'yes') return { ...accuracy, auc: null, aucError: null, aucByRecency: null };
  const scores = (kind: 0 | 1, of: (row: number) => number): Float32Array => Float32Array.from(heldOut.filter((row) => target.of[row] === kind), of);
  const auc = aucOf(scores(1, (row) => saidOf(row)[1]), scores(0, (row) => saidOf(row)[1]));
  const [yes, no] = [scores(1, () => 0).length, scores(0, () => 0).length];
  if (yes === 0 || no === 0) return { ...accuracy, auc: null, aucError: null, aucByRecency: null };
  return { ...accuracy, auc, aucError: aucError(auc, yes, no), aucByRecency: aucOf(scores(1, (row) => -recency[row]), scores(0, (row) => -recency[row])) };
}

/** What the held-out people of each node did: how many, and the shares or the mean. */
export function heldOutOf(tree: TreeNode, features: readonly Feature[], target: Target, impurity: ImpurityName, heldOut: Uint32Array): Map<TreeNode, { rows: number; said: number[] | null }> {
  const criterion = criterionOf(target, impurity);
  const sums = new Map<TreeNode, Float64Array>();
  const count = (node: TreeNode, row: number): void => {
    const own = sums.get(node) ?? new Float64Array(criterion.width);
    criterion.add(own, row);
    sums.set(node, own);
  };
  for (const row of heldOut) {
    const leaf = nodeOf(tree, (feature) => features[feature].values[row], (node) => {
      count(node, row);
      return false;
    });
    count(leaf, row);
  }
  return new Map([...sums].map(([node, own]) => [node, { rows: criterion.rowsOf(own), said: predictionOf(target, [...own]) }]));
}
