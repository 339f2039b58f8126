import { z } from 'zod';
import { canonicalNo } from '../../../platform/clickhouse/merge-dictionary.ts';
import { ask, question } from '../../../platform/clickhouse/query.ts';
import type { ClickHouse } from '../../../platform/clickhouse/client.ts';

const merged = question({
  name: 'who is part of a merge',
  sql: `select no, ${canonicalNo('no')} as root from (select distinct arrayJoin([absorbed_no, survivor_no]) as no from merge_pair)`,
  params: z.object({}),
  row: z.object({ no: z.coerce.number(), root: z.coerce.number() }),
});

/** Under which number everybody counts who is part of a merge, the survivors too. */
export const readMerged = async (reader: ClickHouse): Promise<ReadonlyMap<number, number>> =>
  new Map((await ask(reader, merged, {})).map(({ no, root }) => [no, root]));
