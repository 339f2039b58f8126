import { normalBound } from './distributions.ts';

/**
 * The smallest difference per person that groups of these sizes would show with the chance `power`, where there is one:
 * (z of α two-sided + z of the power) √(v (1/n1 + 1/n2)), J. Cohen, "Statistical power analysis for the behavioral sciences" (1988), 2.2.
 * Null where a group is empty.
 */
export function smallestSeen(n: number, controlN: number, variance: number, { level = 0.95, power = 0.8 } = {}): number | null {
  if (n < 2 || controlN < 2) return null;
  return (normalBound(1 - level) + normalBound(2 * (1 - power))) * Math.sqrt(variance * (1 / n + 1 / controlN));
}
