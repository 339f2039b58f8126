import { workerData } from 'node:worker_threads';
import { type ClickHouseAddress, openClickHouse } from '../../../../platform/clickhouse/client.ts';
import { answerInThread } from '../../../../platform/threads/answer-in-thread.ts';
import { birthDatesOf, ordersInOrder } from '../orders/found-orders.ts';
import { asksFor } from '../reckon/person.ts';
import { Histories } from './histories.ts';
import type { HistoryAnswer, HistoryQuestion, HistorySetting } from './question.ts';

// What runs in the thread: orders are read, lived through and made into rows here, so that nobody else waits for it.
const { address, ...setting } = workerData as HistorySetting & { address: ClickHouseAddress };
const clickhouse = openClickHouse(address);
const histories = new Histories(setting, ordersInOrder(clickhouse, setting.after));

answerInThread<HistoryQuestion, HistoryAnswer>(async (question) => {
  if (question.kind === 'next') return histories.next();
  const births = asksFor(setting.terms.versions, 'birthday') ? await birthDatesOf(clickhouse, [...question.newcomers.keys()]) : new Map<number, string>();
  return histories.live(question, births);
});
