/** A statement that finds people: one column `no`, any number of times each. */
export interface Printed {
  sql: string;
  /** Everybody but those found is meant. */
  isComplement: boolean;
}
