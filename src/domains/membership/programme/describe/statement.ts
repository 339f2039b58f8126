import type { Param, Phrase } from '../words/phrase.ts';

/** What a statement is about, in the order in which a programme is told. */
export const statementParts = ['programme', 'joining', 'tiers', 'growth', 'cycle', 'earning', 'multipliers', 'ending', 'spending', 'returns', 'start'] as const;
export type StatementPart = (typeof statementParts)[number];

/** One thing a programme says. */
export interface Statement {
  /** Which of its settings it tells: the same in every version. */
  id: string;
  part: StatementPart;
  phrase: Phrase;
  /** Whether members are told; the rest is for those who work with it. */
  isPublic: boolean;
  /** A list of which the sentence shows only the beginning. */
  items?: readonly string[];
}

/** Makes statements of a part. */
export const statementsOf = (part: StatementPart) => ({
  told: (id: string, key: string, params?: Record<string, Param>, items?: readonly string[]): Statement => ({ id, part, phrase: { key: `says.${key}`, ...(params ? { params } : {}) }, isPublic: true, ...(items ? { items } : {}) }),
  inside: (id: string, key: string, params?: Record<string, Param>): Statement => ({ id, part, phrase: { key: `says.${key}`, ...(params ? { params } : {}) }, isPublic: false }),
});

/** A statement, or none. */
export const where = (holds: boolean, statement: () => Statement): Statement[] => (holds ? [statement()] : []);
