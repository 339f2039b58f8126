import { gauss2F1Slope } from '../numerics/hypergeometric.ts';
import { logAddExp, logGamma } from '../numerics/special.ts';
import type { Buyer, BuyingModel } from './buying-model.ts';
import { type BuyingCells, distinctOf } from './cells.ts';

/**
 * The BG/NBD model: P. S. Fader, B. G. S. Hardie and K. L. Lee, "'Counting Your Customers' the Easy Way: An Alternative to
 * the Pareto/NBD Model", Marketing Science 24(2), 2005. While somebody is alive, purchases are Poisson with a rate that is
 * gamma distributed (shape r, scale alpha); after each purchase they drop out with a probability that is beta distributed (a, b).
 */
export const bgNbd: BuyingModel = {
  names: ['r', 'alpha', 'a', 'b'],
  starts: (typical) => [[1, typical, 1, 2], [0.3, typical / 3, 0.5, 2], [3, 3 * typical, 0.2, 4]],
  likelihood,
  alive,
  expected,
};

/** Equation 6, as a sum over cells: ln(A1 A2 (A3 + A4)) by the authors' implementation note "Implementing the BG/NBD Model in MATLAB". */
function likelihood({ repeats, recency, age, people }: BuyingCells) {
  const [often, last, end] = [distinctOf(repeats), distinctOf(recency), distinctOf(age)];
  return ([r, alpha, a, b]: readonly number[]): number => {
    const fixed = r * Math.log(alpha) - logGamma(r) + logGamma(a + b) - logGamma(b);
    const common = often.values.map((x) => fixed + logGamma(r + x) + logGamma(b + x) - logGamma(a + b + x));
    const dropped = often.values.map((x) => (x > 0 ? Math.log(a) - Math.log(b + x - 1) : -Infinity));
    const afterLast = last.values.map((time) => Math.log(alpha + time));
    const afterEnd = end.values.map((time) => Math.log(alpha + time));
    let sum = 0;
    for (let i = 0; i < people.length; i++) {
      const x = often.places[i];
      const purchases = r + repeats[i];
      const stays = -purchases * afterEnd[end.places[i]];
      sum += people[i] * (common[x] + logAddExp(stays, dropped[x] - purchases * afterLast[last.places[i]]));
    }
    return sum;
  };
}

/** P. S. Fader, B. G. S. Hardie and K. L. Lee, "Computing P(alive) Using the BG/NBD Model", 2008. Who never bought again cannot have dropped out. */
function alive([r, alpha, a, b]: readonly number[], { repeats, recency, age }: Buyer): number {
  if (repeats === 0) return 1;
  const odds = Math.log(a) - Math.log(b + repeats - 1) + (r + repeats) * (Math.log(alpha + age) - Math.log(alpha + recency));
  return 1 / (1 + Math.exp(odds));
}

/**
 * Equation 10; for a newcomer it is equation 9. Euler's transformation of its 2F1 (Abramowitz and Stegun, 15.3.3) leaves
 * (1 - z)^(a - 1) 2F1(a + b - 1 - r, a - 1; a + b + x - 1; z) with 1 - z = (alpha + T) / (alpha + T + t): nothing overflows, and
 * divided by a - 1 it has a limit where a is 1.
 */
function expected(parameters: readonly number[], buyer: Buyer, time: number): number {
  const [r, alpha, a, b] = parameters;
  const z = time / (alpha + buyer.age + time);
  const e = a - 1;
  const log = Math.log1p(-z);
  const power = e === 0 ? log : Math.expm1(e * log) / e;
  const above = a + b + buyer.repeats - 1;
  const slope = gauss2F1Slope(a + b - 1 - r, e, above, z);
  return Math.max(0, -above * (power + Math.exp(e * log) * slope)) * alive(parameters, buyer);
}
