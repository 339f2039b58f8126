import type { Random } from './random.ts';

/** A draw from the exponential distribution with the given rate (mean 1 / rate). */
export const exponential = (random: Random, rate: number): number => -Math.log(random.unit()) / rate;

/** A draw from the standard normal distribution (Box and Muller 1958, one of the pair). */
export const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(random.unit())) * Math.cos(2 * Math.PI * random.unit());

/**
 * A draw from the gamma distribution with a shape and a rate (mean shape / rate).
 * Source: G. Marsaglia and W. W. Tsang, "A Simple Method for Generating Gamma Variables",
 * ACM TOMS 26(3), 2000; shapes below 1 are boosted by a power of a uniform, as given there.
 */
export function gamma(random: Random, shape: number, rate: number): number {
  if (shape < 1) return gamma(random, shape + 1, rate) * random.unit() ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(random.unit()) < x * x * 0.5 + d - d * v + d * Math.log(v)) {
      return (d * v) / rate;
    }
  }
}

/**
 * A draw from the Poisson distribution: uniforms are multiplied until they fall below e^-mean
 * (Knuth). A large mean is halved first, because the sum of two Poisson numbers is one again.
 */
export function poisson(random: Random, mean: number): number {
  if (mean > 30) return poisson(random, mean / 2) + poisson(random, mean / 2);
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.unit(); product > limit; product *= random.unit()) count += 1;
  return count;
}

/**
 * Draws an index with a chance in proportion to its weight, in constant time.
 * Source: A. J. Walker's alias method, tables built as by M. D. Vose, "A Linear Algorithm for
 * Generating Random Numbers with a Given Distribution", IEEE TSE 17(9), 1991.
 */
export class Categorical {
  private readonly keep: Float64Array;
  private readonly alias: Uint32Array;

  /** The weights are not negative and at least one is positive. */
  constructor(weights: readonly number[]) {
    const count = weights.length;
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const scaled = weights.map((weight) => (weight * count) / total);
    this.keep = new Float64Array(count).fill(1);
    this.alias = new Uint32Array(count);
    const small = [...scaled.keys()].filter((index) => scaled[index] < 1);
    const large = [...scaled.keys()].filter((index) => scaled[index] >= 1);
    while (small.length > 0 && large.length > 0) {
      const less = small.pop()!;
      const more = large.pop()!;
      this.keep[less] = scaled[less];
      this.alias[less] = more;
      scaled[more] -= 1 - scaled[less];
      (scaled[more] < 1 ? small : large).push(more);
    }
  }

  draw(random: Random): number {
    const index = random.below(this.keep.length);
    return random.unit() < this.keep[index] ? index : this.alias[index];
  }
}
