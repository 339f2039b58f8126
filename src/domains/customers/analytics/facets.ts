import { z } from 'zod';
import { question } from '../../../platform/clickhouse/query.ts';

const mostValues = 200;

/** The values of a column of active customers, the most frequent first. */
export const facetValues = (column: 'channel' | 'province') => question({
  name: `${column}s of customers`,
  sql: `select ${column} as value from customer final where status = 'active' and ${column} != '' group by value order by count() desc, value limit ${mostValues}`,
  params: z.object({}),
  row: z.object({ value: z.string() }),
});
