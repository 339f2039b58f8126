/** What a tree is to predict of each row: one of some classes, or a number. */
export type Target = { kind: 'class'; classes: number; of: Uint8Array } | { kind: 'number'; of: Float64Array };

export const impurities = ['gini', 'entropy'] as const;
export type ImpurityName = (typeof impurities)[number];

/**
 * How mixed the rows of a node are, by sums that rows are added to and taken from: of a class how many rows are of each,
 * of a number how many rows there are, their sum and the sum of their squares.
 */
export interface Criterion {
  /** How many sums a node has. */
  width: number;
  add(sums: Float64Array, row: number): void;
  rowsOf(sums: ArrayLike<number>): number;
  /** The impurity of a node times its rows: what a split makes less. */
  total(sums: ArrayLike<number>): number;
}

/**
 * The criteria of L. Breiman, J. H. Friedman, R. A. Olshen and C. J. Stone, "Classification and Regression Trees" (1984):
 * the Gini index `1 - sum p^2` and the entropy `-sum p ln p` (section 4.3) for a class, the mean squared distance from the
 * mean (section 8.3) for a number.
 */
export const criterionOf = (target: Target, impurity: ImpurityName): Criterion =>
  target.kind === 'number' ? variance(target.of) : ofClasses(target.of, target.classes, impurity);

function ofClasses(of: Uint8Array, classes: number, impurity: ImpurityName): Criterion {
  const rowsOf = (sums: ArrayLike<number>): number => {
    let rows = 0;
    for (let i = 0; i < classes; i++) rows += sums[i];
    return rows;
  };
  const gini = (sums: ArrayLike<number>): number => {
    const rows = rowsOf(sums);
    let squares = 0;
    for (let i = 0; i < classes; i++) squares += sums[i] * sums[i];
    return rows === 0 ? 0 : rows - squares / rows;
  };
  const entropy = (sums: ArrayLike<number>): number => {
    const rows = rowsOf(sums);
    let total = 0;
    for (let i = 0; i < classes; i++) if (sums[i] > 0) total -= sums[i] * Math.log(sums[i] / rows);
    return total;
  };
  return { width: classes, add: (sums, row) => void sums[of[row]]++, rowsOf, total: impurity === 'gini' ? gini : entropy };
}

const variance = (of: Float64Array): Criterion => ({
  width: 3,
  add(sums, row) {
    const value = of[row];
    sums[0]++;
    sums[1] += value;
    sums[2] += value * value;
  },
  rowsOf: (sums) => sums[0],
  total: (sums) => (sums[0] === 0 ? 0 : Math.max(0, sums[2] - (sums[1] * sums[1]) / sums[0])),
});

/** What a node says of whoever falls into it: the share of each class, or the mean. */
export const predictionOf = (target: Pick<Target, 'kind'>, sums: readonly number[]): number[] => {
  if (target.kind === 'number') return [sums[1] / sums[0]];
  const rows = sums.reduce((all, count) => all + count, 0);
  return sums.map((count) => count / rows);
};

/**
 * How wrong a prediction is of one row: the squared distance from the mean, or the Brier score (G. W. Brier, Monthly
 * Weather Review 78(1), 1950), which is to shares what squared errors are to means. Of a leaf's own rows its mean is the
 * Gini index; so trees that predict shares are chosen by it (Breiman et al., section 4.6), and not by misses, for which
 * a tree is of no use wherever one class is the commoner one in every leaf.
 */
export function lossOf(target: Target, prediction: readonly number[], row: number): number {
  if (target.kind === 'number') return (target.of[row] - prediction[0]) ** 2;
  return prediction.reduce((sum, share, i) => sum + (share - (target.of[row] === i ? 1 : 0)) ** 2, 0);
}
