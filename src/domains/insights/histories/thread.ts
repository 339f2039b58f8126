import { workerData } from 'node:worker_threads';
import { type ClickHouseAddress, openClickHouse } from '../../../platform/clickhouse/client.ts';
import { readNativeBlocks } from '../../../platform/clickhouse/native-blocks.ts';
import { answerInThread } from '../../../platform/threads/answer-in-thread.ts';
import { walkCohorts } from '../cohorts/walk-cohorts.ts';
import { walkFlow } from '../funnels/flow/walk-flow.ts';
import { walkFunnel } from '../funnels/walk-funnel.ts';
import type { HistoryAnswer, HistoryQuestion } from './histories.ts';
import { readMerged } from './merged.ts';
import type { HistoryRows } from './question.ts';

// What runs in the thread: facts are taken out of the engine's blocks person by person, so that no request waits for it.
const reader = openClickHouse(workerData as ClickHouseAddress, true);

const doors = {
  blocks: ({ sql, params, limits }: HistoryRows) => readNativeBlocks(reader.bytes(sql, 'Native', params, limits)),
  merged: () => readMerged(reader),
};

answerInThread<HistoryQuestion, HistoryAnswer>(async (question) => {
  switch (question.kind) {
    case 'cohorts': return walkCohorts(question, doors);
    case 'funnel': return walkFunnel(question, doors);
    case 'flow': return walkFlow(question, doors);
  }
});
