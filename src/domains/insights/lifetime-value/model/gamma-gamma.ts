import { logGamma } from '../numerics/special.ts';
import { distinctOf } from './cells.ts';

/** Customers alike in what they spend: on how many purchases, the mean of the logarithm of their averages, and how many they are. */
export interface SpendingCells {
  purchases: Float64Array;
  logAverage: Float64Array;
  people: Float64Array;
}

/**
 * The Gamma-Gamma model: P. S. Fader and B. G. S. Hardie, "The Gamma-Gamma Model of Monetary Value", 2013. What a purchase is worth
 * varies around the customer's mean (gamma, shape p), means vary between customers (gamma, shape q, scale gamma), and neither has to do with how often somebody buys.
 */
export const gammaGammaNames = ['p', 'q', 'gamma'] as const;

export const gammaGammaStarts = (typical: number): number[][] => [[6, 4, typical / 2], [1, 2, typical], [2, 10, 4 * typical]];

/** The sum over cells of ln of equation 1a, for x purchases of z on average. */
export function gammaGammaLikelihood({ purchases, logAverage, people }: SpendingCells) {
  const often = distinctOf(purchases);
  return ([p, q, gamma]: readonly number[]): number => {
    const fixed = q * Math.log(gamma) - logGamma(q);
    const common = often.values.map((x) => fixed + logGamma(p * x + q) - logGamma(p * x) + p * x * Math.log(x));
    let sum = 0;
    for (let i = 0; i < people.length; i++) {
      const x = purchases[i];
      const spent = x * Math.exp(logAverage[i]);
      sum += people[i] * (common[often.places[i]] + (p * x - 1) * logAverage[i] - (p * x + q) * Math.log(gamma + spent));
    }
    return sum;
  };
}

/** What a purchase of anybody is worth on average, p gamma / (q - 1); infinite where q is not above 1. */
export const meanSpend = ([p, q, gamma]: readonly number[]): number => (q > 1 ? (p * gamma) / (q - 1) : Infinity);

/** What a purchase of somebody is worth who spent so much on so many (equation 5): between their average and that of all, nearer to theirs the oftener they bought. */
export const expectedSpend = ([p, q, gamma]: readonly number[], purchases: number, spent: number): number =>
  (p * (gamma + Math.max(0, spent))) / (p * purchases + q - 1);
