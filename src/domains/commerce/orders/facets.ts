import { ask } from '../../../platform/clickhouse/query.ts';
import type { Platform } from '../../../platform/platform.ts';
import { type Facet, facets, facetValues } from '../analytics/facets.ts';

/** The values that order lines can be filtered by. */
export async function readFacets({ reader }: Platform): Promise<Record<Facet, string[]>> {
  const found = await Promise.all(
    facets.map(async (facet) => [facet, (await ask(reader, facetValues(facet), {})).map((row) => row.value)] as const),
  );
  return Object.fromEntries(found) as Record<Facet, string[]>;
}
