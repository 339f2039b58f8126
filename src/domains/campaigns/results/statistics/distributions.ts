import { logGamma } from '../../../insights/public.ts';

const mostTerms = 10_000;
const precision = 1e-15;
/** Stands for a denominator of 0 in continued fractions (the modified Lentz method). */
const tiny = 1e-300;

/**
 * Q(a, x), the upper regularised incomplete gamma function: by its series below a + 1, by its continued fraction above
 * (M. Abramowitz and I. A. Stegun, "Handbook of Mathematical Functions", 6.5.29 and 6.5.31).
 */
export function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1;
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  return x < a + 1 ? 1 - front * gammaSeries(a, x) : front * gammaFraction(a, x);
}

function gammaSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < mostTerms && term > sum * precision; n++) sum += term *= x / (a + n);
  return sum;
}

function gammaFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let value = d;
  for (let n = 1; n < mostTerms; n++) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / nonZero(numerator * d + b);
    c = nonZero(b + numerator / c);
    value *= c * d;
    if (Math.abs(c * d - 1) < precision) break;
  }
  return value;
}

const nonZero = (x: number): number => (Math.abs(x) < tiny ? tiny : x);

/** I_x(a, b), the regularised incomplete beta function: the continued fraction of Abramowitz and Stegun, 26.5.8. */
export function incompleteBeta(a: number, b: number, x: number): number {
  if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1;
  // The fraction is quick below its mean; above it the other tail is.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(b, a, 1 - x);
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a;
  let c = 1;
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1));
  let value = d;
  const step = (numerator: number): number => {
    d = 1 / nonZero(1 + numerator * d);
    c = nonZero(1 + numerator / c);
    value *= c * d;
    return c * d;
  };
  for (let m = 1; m < mostTerms; m++) {
    step((m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)));
    if (Math.abs(step((-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))) - 1) < precision) break;
  }
  return front * value;
}

/** The chance, two-sided, of a normal deviate as far from 0 as `z` (Abramowitz and Stegun, 6.5.17: erfc by the incomplete gamma function). */
export const pOfNormal = (z: number): number => upperGamma(0.5, (z * z) / 2);

/** The chance, two-sided, of Student's t as far from 0 as `t` (Abramowitz and Stegun, 26.7.1). */
export const pOfT = (t: number, freedom: number): number => (freedom === Infinity ? pOfNormal(t) : incompleteBeta(freedom / 2, 0.5, freedom / (freedom + t * t)));

/** The chance of a chi-square as large as this (Abramowitz and Stegun, 26.4.19). */
export const pOfChiSquare = (chiSquare: number, freedom: number): number => upperGamma(freedom / 2, chiSquare / 2);

const halvings = 200;

/** Where a falling chance comes down to `p`, between 0 and 1e6. */
function whereFallsTo(p: number, chance: (at: number) => number): number {
  let [low, high] = [0, 1];
  while (chance(high) > p && high < 1e6) high *= 2;
  for (let n = 0; n < halvings && high - low > 1e-12 * high; n++) {
    const middle = (low + high) / 2;
    if (chance(middle) > p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** How far from 0 a normal deviate lies with the chance `p`, two-sided: 1.96 for 0.05. */
export const normalBound = (p: number): number => whereFallsTo(p, pOfNormal);

/** The same for Student's t. */
export const tBound = (p: number, freedom: number): number => (freedom > 1e6 ? normalBound(p) : whereFallsTo(p, (t) => pOfT(t, freedom)));
