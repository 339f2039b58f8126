import { type Day, daysBetween } from '../../../../kernel/day.ts';
import { compareRatios, over, plus, type Ratio, ratio, rounded, times } from '../../../../kernel/ratio.ts';
import { type Curve, scoreAt } from './curve.ts';

/** Four kinds: what was achieved, the work that supports it, whether it came in time, and what a superior says. */
export const componentKinds = ['outcome', 'process', 'progress', 'subjective'] as const;
export type ComponentKind = (typeof componentKinds)[number];

/** A part of a scorecard with what is known of it; `score` null: not applicable in this period. */
export interface Component {
  key: string;
  /** Of 100, with up to four decimals. */
  weight: Ratio;
  score: Ratio | null;
}

export interface Scored {
  /** Null where nothing was applicable. */
  total: Ratio | null;
  /** The weight each part really had: those without a score give theirs to the others in proportion. */
  weights: Map<string, Ratio>;
}

const hundred = ratio(100n);

/** Whether the weights make a whole; a part of no weight, or less, is none. */
export const weightsFault = (components: readonly Pick<Component, 'weight'>[]): 'not_hundred' | 'not_positive' | null => {
  if (components.some(({ weight }) => weight.n <= 0n)) return 'not_positive';
  return compareRatios(components.reduce((sum, { weight }) => plus(sum, weight), ratio(0n)), hundred) === 0 ? null : 'not_hundred';
};

/** The score of a card. What is missing counts neither as zero nor as full: it is not there, and the rest weighs more. */
export function scoreCard(components: readonly Component[]): Scored {
  const applicable = components.filter((part): part is Component & { score: Ratio } => part.score !== null);
  const sum = applicable.reduce((all, { weight }) => plus(all, weight), ratio(0n));
  const weights = new Map(components.map(({ key, weight, score }) => [key, score === null ? ratio(0n) : over(times(weight, hundred), sum)]));
  if (applicable.length === 0) return { total: null, weights };
  return { total: over(applicable.reduce((all, { weight, score }) => plus(all, times(weight, score)), ratio(0n)), sum), weights };
}

/** A milestone of the period: when it was due, and when it was reached; null is not yet. */
export interface Milestone {
  dueOn: Day;
  doneOn: Day | null;
  weight: Ratio;
}

/**
 * The score of milestones by days late (early is below zero) along a curve. One that is not reached counts as late by `asOf`; one that is
 * neither reached nor due is not applicable yet. Null where none is.
 */
export function scoreProgress(milestones: readonly Milestone[], curve: Curve, asOf: Day): Ratio | null {
  const scored = milestones
    .filter(({ dueOn, doneOn }) => (doneOn !== null && doneOn <= asOf) || dueOn < asOf)
    .map(({ dueOn, doneOn, weight }, n) => ({ key: String(n), weight, score: scoreAt(curve, ratio(BigInt(daysBetween(dueOn, doneOn !== null && doneOn <= asOf ? doneOn : asOf)))) }));
  return scoreCard(scored).total;
}

/** Hundredths of a point, as scores are shown and kept. */
export const inHundredths = (score: Ratio): bigint => rounded(times(score, hundred));
