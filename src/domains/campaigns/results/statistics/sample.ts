/** A group of people by one number each. */
export interface Sample {
  n: number;
  mean: number;
  /** With n - 1 below; 0 for fewer than two. */
  variance: number;
}

/** Sums over people of what they did (y) and of what they had done before (x). Whoever did nothing adds to `n` alone. */
export interface Sums {
  n: number;
  y: number;
  yy: number;
  x: number;
  xx: number;
  xy: number;
}

export const noSums: Sums = { n: 0, y: 0, yy: 0, x: 0, xx: 0, xy: 0 };

export const addSums = (a: Sums, b: Sums): Sums => ({ n: a.n + b.n, y: a.y + b.y, yy: a.yy + b.yy, x: a.x + b.x, xx: a.xx + b.xx, xy: a.xy + b.xy });

/** (Σab - Σa Σb / n) / (n - 1): how two numbers of the same people move together. */
export const covariance = (n: number, a: number, b: number, ab: number): number => (n < 2 ? 0 : (ab - (a * b) / n) / (n - 1));

export const sampleOf = ({ n, y, yy }: Sums): Sample => ({ n, mean: n === 0 ? 0 : y / n, variance: Math.max(0, covariance(n, y, y, yy)) });

/** Of those who did something once and those who did not. */
export const shareSample = (hits: number, n: number): Sample => sampleOf({ ...noSums, n, y: hits, yy: hits });
