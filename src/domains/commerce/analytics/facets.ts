import { z } from 'zod';
import { question } from '../../../platform/clickhouse/query.ts';

const facetColumns = { channels: 'channel', regions: 'region', categories: 'category', brands: 'brand' } as const;
export type Facet = keyof typeof facetColumns;
export const facets = Object.keys(facetColumns) as Facet[];

/** The values that occur in a column of order lines, the most frequent first, at most 500. */
export const facetValues = (facet: Facet) =>
  question({
    name: `${facet} that occur`,
    sql: `select ${facetColumns[facet]} as value from order_line where value != '' group by value order by count() desc, value limit 500`,
    params: z.object({}),
    row: z.object({ value: z.string() }),
  });
