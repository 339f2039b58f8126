import { z } from 'zod';

const count = z.number().int().nonnegative();

/** What became of the rows of a file. `rows` = accepted + rejected + unpaid + repeated. */
export const importCounts = z.object({
  rows: count,
  accepted: count,
  rejected: count,
  /** Orders placed but not paid: no sale and no fault. */
  unpaid: count,
  /** Rows equal to an earlier one that the mapping says to skip. */
  repeated: count,
  /** Accepted rows that name no customer. */
  withoutCustomer: count,
  /** Values that were left out of accepted rows. */
  valuesLeftOut: count,
  /** Order lines and events made of the rows. */
  facts: count,
});
export type ImportCounts = z.infer<typeof importCounts>;

export const noCounts = (): ImportCounts => ({
  rows: 0, accepted: 0, rejected: 0, unpaid: 0, repeated: 0, withoutCustomer: 0, valuesLeftOut: 0, facts: 0,
});
