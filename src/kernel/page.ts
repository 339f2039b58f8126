import { z } from 'zod';

export const maxPageSize = 200;

/** The query of every list: a page (1-based), its size, a sort as `field` or `-field`, a search. */
export const pageQuery = z.object({
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(maxPageSize).default(20),
  sort: z.string().max(64).optional(),
  q: z.string().trim().max(200).optional(),
});

/** The same for a list in an order of its own. */
export const plainPageQuery = pageQuery.omit({ sort: true });

/** The sorts that a list offers, each also with `-` before it for the other direction; any other is refused. */
export const sortOf = (...fields: string[]) =>
  z.string().max(64).refine((sort) => parseSort(sort, fields) !== null, { error: fields.flatMap((field) => [field, `-${field}`]).join(', ') })
    .describe(`One of ${fields.join(', ')}; with - before it from the last to the first`).optional();

/** The reply of every list. `total` counts all matching rows. */
export const pageOf = <T extends z.ZodType>(row: T) =>
  z.object({ rows: z.array(row), total: z.number().int(), computedAt: z.iso.datetime() });

/** Splits `-field` into a field of the allowed list and a direction, or null where it is not allowed. */
export function parseSort<F extends string>(
  sort: string | undefined,
  allowed: readonly F[],
): { field: F; descending: boolean } | null {
  if (!sort) return null;
  const descending = sort.startsWith('-');
  const name = descending ? sort.slice(1) : sort;
  const field = allowed.find((f) => f === name);
  return field ? { field, descending } : null;
}
