/** Where a mapped column's values come from, and how badly a bad one hurts. */
export interface ColumnSource {
  /** The column's index in the file. */
  index: number;
  field: string;
  /** A bad value rejects the row instead of being left out. */
  essential: boolean;
}
