import { normalBound, pOfNormal, pOfT, tBound } from './distributions.ts';
import type { Sample } from './sample.ts';

/** How one group differs from another, per person, with the interval that a repetition would meet in `level` of all cases. */
export interface Difference {
  difference: number;
  low: number;
  high: number;
  /** The chance of a difference as large where there is none; null where there is nothing to compare. */
  p: number | null;
}

export const usualLevel = 0.95;
/** Of fewer than two people, or where everybody did the same, nothing is known of how much they vary: the difference may be anything. */
const nothing: Difference = { difference: 0, low: -Infinity, high: Infinity, p: null };

/** The variances of two groups. Of people who all did the same, as when none of a small group bought, it is not 0 but unknown: the other group's stands for it. */
export const variancesOf = (one: Sample, other: Sample): [number, number] => [one.variance || other.variance, other.variance || one.variance];

/**
 * Difference of two means by B. L. Welch, "The generalization of 'Student's' problem when several different population
 * variances are involved", Biometrika 34 (1947): t = (m1 - m2) / s, s² = v1/n1 + v2/n2, with the degrees of freedom
 * s⁴ / ((v1/n1)² / (n1-1) + (v2/n2)² / (n2-1)) of Satterthwaite (1946).
 */
export function differenceOfMeans(treated: Sample, control: Sample, level = usualLevel): Difference {
  if (treated.n < 2 || control.n < 2) return nothing;
  const [ofTreated, ofControl] = variancesOf(treated, control);
  const [a, b] = [ofTreated / treated.n, ofControl / control.n];
  const error = Math.sqrt(a + b);
  const difference = treated.mean - control.mean;
  if (error === 0) return { ...nothing, difference };
  const freedom = (a + b) ** 2 / (a ** 2 / (treated.n - 1) + b ** 2 / (control.n - 1));
  const reach = tBound(1 - level, freedom) * error;
  return { difference, low: difference - reach, high: difference + reach, p: pOfT(difference / error, freedom) };
}

/** E. B. Wilson's interval of a share, "Probable inference", JASA 22 (1927): it stays within 0 and 1 and is never empty. */
function wilson(hits: number, n: number, z: number): { low: number; high: number } {
  const middle = (hits + (z * z) / 2) / (n + z * z);
  const reach = (z / (n + z * z)) * Math.sqrt((hits * (n - hits)) / n + (z * z) / 4);
  return { low: middle - reach, high: middle + reach };
}

/**
 * Difference of two shares: p by the z-test with pooled variance; the interval by R. G. Newcombe, "Interval estimation for the
 * difference between independent proportions", Statistics in Medicine 17 (1998), method 10, which is right for small shares too:
 * d - √((p1 - l1)² + (u2 - p2)²), d + √((u1 - p1)² + (p2 - l2)²), with l and u by Wilson.
 */
export function differenceOfShares(hits: number, n: number, controlHits: number, controlN: number, level = usualLevel): Difference {
  if (n === 0 || controlN === 0) return nothing;
  const [share, other] = [hits / n, controlHits / controlN];
  const difference = share - other;
  const z = normalBound(1 - level);
  const [ours, theirs] = [wilson(hits, n, z), wilson(controlHits, controlN, z)];
  const pooled = (hits + controlHits) / (n + controlN);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / controlN));
  return {
    difference,
    low: difference - Math.hypot(share - ours.low, theirs.high - other),
    high: difference + Math.hypot(ours.high - share, other - theirs.low),
    p: error === 0 ? null : pOfNormal(difference / error),
  };
}

/**
 * The same difference as a part of what the control group did, by the delta method (G. W. Oehlert, "A note on the delta method",
 * The American Statistician 46 (1992)): var(m1/m2) ≈ v1/(n1 m2²) + m1² v2/(n2 m2⁴). Null where the control group did nothing.
 */
export function relativeDifference(treated: Sample, control: Sample, level = usualLevel): Omit<Difference, 'p'> | null {
  if (treated.n < 2 || control.n < 2 || control.mean <= 0) return null;
  const ratio = treated.mean / control.mean;
  const [ofTreated, ofControl] = variancesOf(treated, control);
  if (ofTreated === 0) return null;
  const error = Math.sqrt(ofTreated / treated.n + (ratio ** 2 * ofControl) / control.n) / control.mean;
  const reach = normalBound(1 - level) * error;
  return { difference: ratio - 1, low: ratio - 1 - reach, high: ratio - 1 + reach };
}
