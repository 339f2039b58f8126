import { type Difference, usualLevel, variancesOf } from './difference.ts';
import type { Sample } from './sample.ts';

/** At about so many people the sequence is as narrow as it can be for their number. It is wide for all others, and right for every one. */
const tunedTo = 5_000;

/** ρ² of the mixture: the approximate optimum of the paper, (-2 ln α + ln(1 - 2 ln α)) / n. */
const mixture = (alpha: number): number => (-2 * Math.log(alpha) + Math.log(1 - 2 * Math.log(alpha))) / tunedTo;

/**
 * Difference of two means that may be looked at as often as one likes, and acted upon at any look: the asymptotic confidence sequence
 * of I. Waudby-Smith, D. Arbour, R. Sinha, E. H. Kennedy, A. Ramdas, "Time-uniform central limit theory and asymptotic confidence
 * sequences", Annals of Statistics 52 (2024), equation 9 of arXiv 2103.06476:
 * d ± σ √( 2 (nρ² + 1) / (n²ρ²) · ln( √(nρ² + 1) / α ) ), n all people, σ² n times the variance of d.
 * With chance 1 - α the true difference is inside at all looks together. p is the smallest α at which 0 is outside.
 */
export function sequentialDifference(treated: Sample, control: Sample, level = usualLevel): Difference {
  const difference = treated.mean - control.mean;
  const n = treated.n + control.n;
  const [ofTreated, ofControl] = variancesOf(treated, control);
  if (treated.n < 2 || control.n < 2 || ofTreated === 0) return { difference, low: -Infinity, high: Infinity, p: null };
  const alpha = 1 - level;
  const variance = n * (ofTreated / treated.n + ofControl / control.n);
  const rho = mixture(alpha);
  const grown = n * rho + 1;
  const reach = Math.sqrt(((2 * variance * grown) / (n * n * rho)) * Math.log(Math.sqrt(grown) / alpha));
  const p = Math.min(1, Math.sqrt(grown) * Math.exp((-(difference ** 2) * n * n * rho) / (2 * variance * grown)));
  return { difference, low: difference - reach, high: difference + reach, p };
}

export interface StopRule {
  /** Nothing is decided before every arm has so many people. */
  leastPeople: number;
  level: number;
}

/**
 * Which of several arms is better than all others, if that can be said now: the best one must be apart from each other one, each
 * comparison at the level that C. E. Bonferroni's inequality leaves it, since any pair may come to be the one that decides.
 */
export function decidedArm(arms: readonly Sample[], { leastPeople, level }: StopRule): number | null {
  if (arms.length < 2 || arms.some(({ n }) => n < leastPeople)) return null;
  const best = arms.reduce((found, { mean }, i) => (mean > arms[found].mean ? i : found), 0);
  const pairs = (arms.length * (arms.length - 1)) / 2;
  const isApart = (other: Sample): boolean => sequentialDifference(arms[best], other, 1 - (1 - level) / pairs).low > 0;
  return arms.every((other, i) => i === best || isApart(other)) ? best : null;
}
