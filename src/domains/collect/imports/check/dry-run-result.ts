import { z } from 'zod';
import { importCounts } from '../run/counts.ts';
import { rejectedRow } from '../rejects/rejected-row.ts';

/** What an import would do, found by reading the file without writing anything. */
export const dryRun = z.object({
  counts: importCounts,
  /** False where only the beginning was read: `counts` are of those rows. */
  wholeFile: z.boolean(),
  /** The faults met, counted, the most frequent first. */
  faults: z.array(z.object({ column: z.string().nullable(), failure: z.string(), rows: z.number().int(), rejected: z.boolean() })),
  /** The first rows that would not go in. */
  firstRejected: z.array(rejectedRow),
  /** For order lines: refunds among the facts, and the net amount as a plain decimal. */
  refunds: z.number().int().optional(),
  net: z.string().optional(),
  from: z.iso.datetime().nullable(),
  to: z.iso.datetime().nullable(),
  at: z.iso.datetime(),
});
export type DryRun = z.infer<typeof dryRun>;
