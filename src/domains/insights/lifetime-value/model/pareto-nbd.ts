import { gauss2F1OfOne } from '../numerics/hypergeometric.ts';
import { logAddExp, logGamma, logSubtractExp } from '../numerics/special.ts';
import type { Buyer, BuyingModel } from './buying-model.ts';
import { type BuyingCells, distinctOf, distinctPairs } from './cells.ts';

/**
 * The Pareto/NBD model: D. C. Schmittlein, D. G. Morrison and R. Colombo, "Counting Your Customers: Who Are They and What Will
 * They Do Next?", Management Science 33(1), 1987. Purchases are Poisson with a gamma distributed rate (shape r, scale alpha);
 * somebody drops out at any moment, after a time that is exponential with a gamma distributed rate (shape s, scale beta).
 */
export const paretoNbd: BuyingModel = {
  names: ['r', 'alpha', 's', 'beta'],
  starts: (typical) => [[1, typical, 0.5, typical], [0.3, typical / 3, 0.5, 3 * typical], [2, 2 * typical, 1, 10 * typical]],
  likelihood,
  alive,
  expected,
};

/**
 * ln of what A0 of P. S. Fader and B. G. S. Hardie, "A Note on Deriving the Pareto/NBD Model and Related Expressions", 2005,
 * subtracts of one time from that of another: 2F1(r + s + x, s + 1; r + s + x + 1; (alpha - beta) / (alpha + t)) / (alpha + t)^(r + s + x)
 * where alpha >= beta, and otherwise with r + x, beta and alpha for s + 1, alpha and beta. Euler's transformation
 * (Abramowitz and Stegun, 15.3.3) takes it to 2F1(1, ...), all of whose terms are positive.
 */
function logTail([r, alpha, s, beta]: readonly number[], repeats: number, time: number): number {
  const all = r + s + repeats;
  const [a, b] = [alpha + time, beta + time];
  return alpha >= beta
    ? Math.log(gauss2F1OfOne(r + repeats, all + 1, (alpha - beta) / a)) - (r + repeats) * Math.log(a) - s * Math.log(b)
    : Math.log(gauss2F1OfOne(s + 1, all + 1, (beta - alpha) / b)) - (r + repeats - 1) * Math.log(a) - (s + 1) * Math.log(b);
}

/** The sum over cells of ln of the likelihood of that note: alive at the end, or dropped out between the last purchase and the end. */
function likelihood({ repeats, recency, age, people }: BuyingCells) {
  const [often, last, end] = [distinctOf(repeats), distinctPairs(repeats, recency), distinctPairs(repeats, age)];
  return (parameters: readonly number[]): number => {
    const [r, alpha, s, beta] = parameters;
    const fixed = r * Math.log(alpha) + s * Math.log(beta) - logGamma(r);
    const common = often.values.map((x) => fixed + logGamma(r + x));
    const share = often.values.map((x) => Math.log(s) - Math.log(r + s + x));
    const sinceLast = last.pairs.map(([x, time]) => logTail(parameters, x, time));
    const sinceEnd = end.pairs.map(([x, time]) => logTail(parameters, x, time));
    const stays = end.pairs.map(([x, time]) => -(r + x) * Math.log(alpha + time) - s * Math.log(beta + time));
    let sum = 0;
    for (let i = 0; i < people.length; i++) {
      const [x, at] = [often.places[i], end.places[i]];
      const left = share[x] + logSubtractExp(sinceLast[last.places[i]], sinceEnd[at]);
      sum += people[i] * (common[x] + logAddExp(stays[at], left));
    }
    return sum;
  };
}

/** 1 / (1 + s / (r + s + x) (alpha + T)^(r + x) (beta + T)^s A0), of the same note. */
function alive(parameters: readonly number[], { repeats, recency, age }: Buyer): number {
  const [r, alpha, s, beta] = parameters;
  const left = logSubtractExp(logTail(parameters, repeats, recency), logTail(parameters, repeats, age));
  return 1 / (1 + Math.exp(Math.log(s) - Math.log(r + s + repeats) + (r + repeats) * Math.log(alpha + age) + s * Math.log(beta + age) + left));
}

/** Schmittlein, Morrison and Colombo's conditional expectation, as that note gives it; it has a limit where s is 1. */
function expected(parameters: readonly number[], buyer: Buyer, time: number): number {
  const [r, alpha, s, beta] = parameters;
  const e = s - 1;
  const log = Math.log1p(time / (beta + buyer.age));
  const lasting = e === 0 ? log : -Math.expm1(-e * log) / e;
  return (((r + buyer.repeats) * (beta + buyer.age)) / (alpha + buyer.age)) * lasting * alive(parameters, buyer);
}
