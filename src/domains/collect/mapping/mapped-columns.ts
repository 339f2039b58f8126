import type { Failure } from '../values/failure.ts';
import type { OrderLineField } from './fields.ts';

/** Texts as ranges of the batch's bytes. An absent value is an empty range. */
export interface TextColumn {
  type: 'text';
  starts: Int32Array;
  ends: Int32Array;
}

/**
 * Decimals as ten-thousandths, times as epoch milliseconds, days as days since 1970-01-01: all
 * whole numbers. An absent value is NaN.
 */
export interface NumberColumn {
  type: 'number';
  values: Float64Array;
}

/** Numbers of words in `genders`, `booleans` or `kinds` (values/words.ts). An absent value is 0. */
export interface WordColumn {
  type: 'word';
  values: Uint8Array;
}

export type MappedColumn = TextColumn | NumberColumn | WordColumn;
/** The columns of a batch of order lines, as far as they are mapped. */
export type OrderColumns = Partial<Record<OrderLineField, MappedColumn>>;

/** What is wrong with one value of one row. */
export interface ValueError {
  rowNumber: number;
  /** The row's index in its batch, for `rowTexts`. */
  row: number;
  /** The column's name in the file; null where the fault is the row's. */
  column: string | null;
  field: string;
  failure: Failure;
  /** What stands in the cell, at most 200 characters. Personal where the field is. */
  value: string;
  /** The row did not go in; otherwise only the value was left out. */
  rejected: boolean;
}
