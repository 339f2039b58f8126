const halfLogTwoPi = 0.5 * Math.log(2 * Math.PI);
const smallestForSeries = 10;

/**
 * ln Γ(x) for x > 0, to about 15 digits: Stirling's series (M. Abramowitz and I. A. Stegun, "Handbook of Mathematical
 * Functions", 6.1.41), after x is taken up to where the series is good by Γ(x + 1) = x Γ(x) (6.1.15).
 */
export function logGamma(x: number): number {
  let factor = 1;
  let y = x;
  for (; y < smallestForSeries; y++) factor *= y;
  const s = 1 / (y * y);
  const rest = (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s * (1 / 1188 - s * (691 / 360_360 - s / 156)))))) / y;
  return (y - 0.5) * Math.log(y) - y + halfLogTwoPi + rest - Math.log(factor);
}

/** ln(e^p + e^q) without overflow; either may be -Infinity. */
export function logAddExp(p: number, q: number): number {
  const most = Math.max(p, q);
  return most === -Infinity ? most : most + Math.log1p(Math.exp(Math.min(p, q) - most));
}

/** ln(e^p - e^q) for p >= q; -Infinity where they are the same. */
export const logSubtractExp = (p: number, q: number): number => (p > q ? p + Math.log(-Math.expm1(q - p)) : -Infinity);
