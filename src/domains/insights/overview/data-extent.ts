import { z } from 'zod';
import { ask, question } from '../../../platform/clickhouse/query.ts';
import type { Platform } from '../../../platform/platform.ts';

const extent = question({
  name: 'how far order lines reach',
  sql: 'select count() as lines, min(occurred_at) as firstAt, max(occurred_at) as lastAt from order_line',
  params: z.object({}),
  row: z.object({ lines: z.coerce.number(), firstAt: z.string(), lastAt: z.string() }),
});

/** How many order lines there are and from when to when; null while there are none. Read from the files' headers. */
export async function readDataExtent({ reader }: Platform) {
  const [found] = await ask(reader, extent, {});
  return found.lines > 0 ? found : null;
}
