import { parentPort, workerData } from 'node:worker_threads';
import { encodeBitmap } from '../../../../kernel/bitmap/portable-write.ts';
import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { Problem } from '../../../../kernel/problem.ts';
import { type ClickHouseAddress, openClickHouse } from '../../../../platform/clickhouse/client.ts';
import { readNativeBlocks } from '../../../../platform/clickhouse/native-blocks.ts';
import type { Answered, Asked, CountingQuestion, Failure } from './question.ts';
import { createTally } from './tally.ts';

// What runs in the thread: rows are taken out of the engine's blocks and counted here, so that no request waits for it.
const reader = openClickHouse(workerData as ClickHouseAddress, true);

async function count({ sql, params, limits, counted, compare, highest, mostRows }: CountingQuestion): Promise<Uint8Array | null> {
  const tally = createTally(counted, compare, highest);
  let rows = 0;
  for await (const { rowCount, columns: [numbers, values] } of readNativeBlocks(reader.bytes(sql, 'Native', params, limits))) {
    rows += rowCount;
    if (rows > mostRows) return null;
    tally.add(new Uint32Array(numbers.buffer), new Uint32Array((values ?? numbers).buffer));
  }
  return encodeBitmap(Bitmap.fromSorted(tally.unlikeNothing()));
}

const failure = (error: unknown): Failure => ({
  message: error instanceof Error ? error.message : String(error),
  problem: error instanceof Problem ? { code: error.code, status: error.status, retryAfterSeconds: error.retryAfterSeconds } : null,
});

parentPort?.on('message', async ({ id, question }: Asked) => {
  const answer: Answered = await count(question).then((found) => ({ id, found }), (error: unknown) => ({ id, failed: failure(error) }));
  parentPort?.postMessage(answer);
});
