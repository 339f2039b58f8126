import type { Counted } from './basket-rules.ts';

/** The figures of a rule A → B. */
export interface Measures {
  /** Share of all baskets that have both: P(A and B). */
  support: number;
  /** 关联率: share of the baskets with A that have B as well, P(B | A). */
  confidence: number;
  /** How many times as often as in all baskets B stands beside A: P(B | A) / P(B). */
  lift: number;
  /** How many times as often A would be without B if they were independent: (1 - P(B)) / (1 - P(B | A)); null where A never is without B (Brin et al. 1997). */
  conviction: number | null;
}

export function measuresOf({ base, withAntecedent, withConsequent, withBoth }: Counted): Measures {
  const confidence = withBoth / withAntecedent;
  return {
    support: withBoth / base,
    confidence,
    lift: (withBoth * base) / (withAntecedent * withConsequent),
    conviction: withBoth === withAntecedent ? null : (1 - withConsequent / base) / (1 - confidence),
  };
}
