import type { Failure } from './failure.ts';

/** A normalised text or why there is none. */
export type TextResult = { text: string } | { failure: Failure };
