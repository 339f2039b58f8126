/** An exact fraction; the denominator is above zero. Shares and interpolations are rounded once, at the end. */
export interface Ratio {
  readonly n: bigint;
  readonly d: bigint;
}

export const ratio = (n: bigint, d = 1n): Ratio => {
  if (d === 0n) throw new RangeError('a fraction of zero');
  return d < 0n ? { n: -n, d: -d } : { n, d };
};
export const plus = (a: Ratio, b: Ratio): Ratio => reduced(a.n * b.d + b.n * a.d, a.d * b.d);
export const minus = (a: Ratio, b: Ratio): Ratio => reduced(a.n * b.d - b.n * a.d, a.d * b.d);
export const times = (a: Ratio, b: Ratio): Ratio => reduced(a.n * b.n, a.d * b.d);
/** Throws a RangeError where `b` is zero. */
export const over = (a: Ratio, b: Ratio): Ratio => {
  const { n, d } = ratio(a.n * b.d, a.d * b.n);
  return reduced(n, d);
};
/** Below, at or above zero as `a` is below, equal to or above `b`. */
export const compareRatios = (a: Ratio, b: Ratio): number => {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

/** The nearest whole number, halves away from zero. */
export function rounded({ n, d }: Ratio): bigint {
  const twice = 2n * (n < 0n ? -n : n) + d;
  const magnitude = twice / (2n * d);
  return n < 0n ? -magnitude : magnitude;
}

/** Kept small, or sums of many would grow without end. */
function reduced(n: bigint, d: bigint): Ratio {
  let [a, b] = [n < 0n ? -n : n, d];
  while (b !== 0n) [a, b] = [b, a % b];
  return a > 1n ? { n: n / a, d: d / a } : { n, d };
}
