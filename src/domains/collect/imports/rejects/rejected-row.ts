import { z } from 'zod';

const fault = z.object({
  /** The column's name in the file; null where the fault is the row's. */
  column: z.string().nullable(),
  /** Name of a failure: the sentence is `row.<name>`. */
  failure: z.string(),
  value: z.string(),
});
export type Fault = z.infer<typeof fault>;

/** A row that did not go in: its cells, or its start where it has no cells, and why. */
export const rejectedRow = z.object({
  rowNumber: z.number().int(),
  cells: z.array(z.string()).nullable(),
  text: z.string().optional(),
  faults: z.array(fault),
});
export type RejectedRow = z.infer<typeof rejectedRow>;
