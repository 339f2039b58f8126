import { workerData } from 'node:worker_threads';
import { z } from 'zod';
import { type ClickHouseAddress, openClickHouse } from '../../../../platform/clickhouse/client.ts';
import { readNativeBlocks } from '../../../../platform/clickhouse/native-blocks.ts';
import { ask, question } from '../../../../platform/clickhouse/query.ts';
import { answerInThread } from '../../../../platform/threads/answer-in-thread.ts';
import { readMerged } from '../../../insights/public.ts';
import type { TrialFigures } from './tally.ts';
import { type TrialPart, walkPart } from './walk-part.ts';

// What runs in the thread: orders are taken out of the engine's blocks person by person, so that no request waits for it.
const reader = openClickHouse(workerData as ClickHouseAddress, true);
const limits = { timeoutMs: 120_000 };

const births = question({
  name: 'birthdays, for a trial of a programme',
  sql: `select customer_no as customerNo, formatDateTime(assumeNotNull(birth_date), '2000-%m-%d') as born from customer final
    where customer_no > {after:UInt32} and customer_no <= {until:UInt32} and isNotNull(birth_date)`,
  params: z.object({ after: z.number(), until: z.number() }),
  row: z.object({ customerNo: z.number(), born: z.string() }),
  limits,
});

answerInThread<TrialPart, TrialFigures>((part) => walkPart(part, {
  blocks: (sql, params) => readNativeBlocks(reader.bytes(sql, 'Native', params, limits)),
  merged: () => readMerged(reader),
  birthDates: async (after, until) => new Map((await ask(reader, births, { after, until })).map(({ customerNo, born }) => [customerNo, born])),
}));
