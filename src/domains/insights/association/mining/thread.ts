import { parentPort, workerData } from 'node:worker_threads';
import { Problem } from '../../../../kernel/problem.ts';
import { type ClickHouseAddress, openClickHouse } from '../../../../platform/clickhouse/client.ts';
import { readLines, type LineBlock, type Span } from '../reading/order-stream.ts';
import { TooManyBaskets } from './basket-store.ts';
import { TooManyItemsets } from './frequent-itemsets.ts';
import { mineLevel, type Mined, type MiningTask } from './mine-level.ts';

/** What the thread is started with: where the lines are, and what is to be found in them. */
export interface MiningOrder {
  address: ClickHouseAddress;
  span: Span;
  task: MiningTask;
}

/** What it tells: lines that were read so far, and in the end what was found or why nothing was. */
export type MiningNews = { read: number } | { mined: Mined } | { failed: MiningFailure };
export interface MiningFailure {
  code: string | null;
  status: number;
  message: string;
}

const tellEvery = 2_000_000;

// Baskets are gathered and counted here, so that nothing else of the process waits for it.
const { address, span, task } = workerData as MiningOrder;
const reader = openClickHouse(address, true);
const tell = (news: MiningNews): void => parentPort?.postMessage(news);

async function* toldLines(): AsyncGenerator<LineBlock & { ofNobody: boolean }> {
  let read = 0;
  let told = 0;
  for await (const block of readLines(reader, span)) {
    read += block.count;
    if (read - told >= tellEvery) tell({ read: told = read });
    yield block;
  }
  tell({ read });
}

function failureOf(error: unknown): MiningFailure {
  if (error instanceof TooManyItemsets) return { code: 'insights.association_too_many_sets', status: 422, message: error.message };
  if (error instanceof TooManyBaskets) return { code: 'insights.association_too_many_orders', status: 422, message: error.message };
  if (error instanceof Problem) return { code: error.code, status: error.status, message: error.message };
  return { code: null, status: 500, message: error instanceof Error ? error.message : String(error) };
}

await mineLevel(toldLines(), task).then((mined) => tell({ mined }), (error: unknown) => tell({ failed: failureOf(error) }));
await reader.close();
