import { z } from 'zod';

/** What was found out about a file by looking at its beginning. */
export const inspection = z.object({
  format: z.enum(['csv', 'json_lines', 'parquet']),
  gzipped: z.boolean(),
  encoding: z.string().nullable(),
  delimiter: z.string().nullable(),
  columns: z.array(z.string()),
  renamings: z.array(z.object({ column: z.number().int(), reason: z.enum(['name_empty', 'name_repeated']), name: z.string(), renamedTo: z.string() })),
});
export type Inspection = z.infer<typeof inspection>;
