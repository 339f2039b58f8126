import type { Day } from '../../../../kernel/day.ts';
import type { PersonFacts } from '../person-facts.ts';

/** What decided: a number in ten-thousandths, a moment in epoch milliseconds, a day, words, or ids. */
export type Found = { number: bigint } | { moment: number } | { day: Day } | { words: readonly string[] } | { tags: readonly number[] };

/** Whether a condition holds for a person, and by what; null where there is nothing to name. */
export interface Checked {
  holds: boolean;
  found: Found | null;
}

/** A condition made ready to be asked of many people. */
export type Check = (facts: PersonFacts) => Checked;
