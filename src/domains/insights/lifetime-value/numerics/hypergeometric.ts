const smallest = 1e-300;
const precision = 1e-15;
const mostTerms = 100_000;

const slow = (z: number): RangeError => new RangeError(`A hypergeometric function does not converge at ${z}.`);

/** Gauss's 2F1(a, b; c; z) for 0 <= z < 1 by its series (Abramowitz and Stegun, 15.1.1). Throws where that needs too many terms. */
export function gauss2F1(a: number, b: number, c: number, z: number): number {
  let [term, sum] = [1, 1];
  for (let n = 0; n < mostTerms; n++) {
    term *= (((a + n) * (b + n)) / ((c + n) * (n + 1))) * z;
    sum += term;
    if (Math.abs(term) <= precision * Math.abs(sum) && n > -a && n > -b) return sum;
  }
  throw slow(z);
}

/**
 * 2F1(1, b; c; z) for 0 <= z < 1 and c > b > 0 by Gauss's continued fraction (NIST Digital Library of Mathematical Functions,
 * 15.7.5 with its first ratio's denominator 1), read by Lentz's method. It needs tens of terms where the series needs thousands.
 */
export function gauss2F1OfOne(b: number, c: number, z: number): number {
  let [value, above, below] = [1, 1, 0];
  for (let n = 1; n < mostTerms; n++) {
    const half = n >> 1;
    const top = n % 2 === 1 ? (b + half) * (c - 1 + half) : half * (c - 1 - b + half);
    const part = (-top / ((c + n - 2) * (c + n - 1))) * z;
    below = 1 / nonzero(1 + part * below);
    above = nonzero(1 + part / above);
    const change = above * below;
    value *= change;
    if (Math.abs(change - 1) <= precision) return 1 / value;
  }
  throw slow(z);
}

const nonzero = (x: number): number => (Math.abs(x) < smallest ? smallest : x);

/**
 * (2F1(a, e; c; z) - 1) / e for 0 <= z < 1, which has a limit where e is 0: the sum of (a)_n (e + 1)_(n-1) / ((c)_n n!) z^n
 * from n = 1, as (e)_n = e (e + 1)_(n-1).
 */
export function gauss2F1Slope(a: number, e: number, c: number, z: number): number {
  let term = (a / c) * z;
  let sum = term;
  for (let n = 1; n < mostTerms; n++) {
    if (Math.abs(term) <= precision * Math.abs(sum) && n > -a && n > -e) return sum;
    term *= (((a + n) * (e + n)) / ((c + n) * (n + 1))) * z;
    sum += term;
  }
  throw slow(z);
}
