/**
 * The complementary error function for x >= 0, to within 1.2e-7: the rational Chebyshev approximation of
 * Numerical Recipes (Press et al., 2nd edition, section 6.2, erfcc).
 */
function erfc(x: number): number {
  const t = 1 / (1 + 0.5 * x);
  const terms = [-1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223, 0.17087277];
  return t * Math.exp(-x * x + terms.reduceRight((sum, term) => sum * t + term, 0));
}

/** The chance, two-sided, of a normal deviate as far from 0 as `z`. */
export const pOfZ = (z: number): number => erfc(Math.abs(z) / Math.SQRT2);

/**
 * Whether a trait is as common in one group as in another: the two-proportion z-test with pooled variance.
 * Null where there is nothing to compare: an empty group, or everybody alike.
 */
export function pOfShares(hits: number, size: number, otherHits: number, otherSize: number): number | null {
  if (size === 0 || otherSize === 0) return null;
  const pooled = (hits + otherHits) / (size + otherSize);
  const deviation = Math.sqrt(pooled * (1 - pooled) * (1 / size + 1 / otherSize));
  return deviation === 0 ? null : pOfZ((hits / size - otherHits / otherSize) / deviation);
}

/** Share in a group over share in the base, times 100; null where nobody of the base has it. */
export const tgiOf = (hits: number, size: number, baseHits: number, baseSize: number): number | null =>
  size === 0 || baseHits === 0 ? null : (hits / size / (baseHits / baseSize)) * 100;
