import type { ColumnMapping } from '../mapping.ts';
import type { GuessReason } from './candidates.ts';

/** What was guessed of one column, and why. */
export interface ColumnGuess {
  column: string;
  /** Null where nothing is guessed and the column is left out. */
  field: string | null;
  /** From 0 to 1. */
  confidence: number;
  reasons: GuessReason[];
}

export interface MappedGuess {
  guess: ColumnGuess;
  mapping: ColumnMapping | null;
}
