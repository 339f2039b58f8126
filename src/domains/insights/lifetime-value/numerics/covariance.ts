import type { Objective } from './nelder-mead.ts';

const step = 1e-3;

/** Second derivatives by central differences. */
export const curvatureOf = (objective: Objective, at: readonly number[]): number[][] => at.map((_, i) => at.map((__, j) => {
  const beside = (p: number, q: number): number => objective(at.map((x, k) => x + (k === i ? p * step : 0) + (k === j ? q * step : 0)));
  return (beside(1, 1) - beside(1, -1) - beside(-1, 1) + beside(-1, -1)) / (4 * step * step);
}));

/** The inverse of a symmetric positive definite matrix by Gauss and Jordan's elimination; null where it is not positive definite. */
export function inverseOf(matrix: readonly (readonly number[])[]): number[][] | null {
  const size = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => Number(i === j))]);
  for (let i = 0; i < size; i++) {
    const pivot = rows[i][i];
    if (!(pivot > 0) || !Number.isFinite(pivot)) return null;
    rows[i] = rows[i].map((x) => x / pivot);
    for (let k = 0; k < size; k++) {
      const factor = k === i ? 0 : rows[k][i];
      if (factor !== 0) rows[k] = rows[k].map((x, j) => x - factor * rows[i][j]);
    }
  }
  return rows.map((row) => row.slice(size));
}
