import { workerData } from 'node:worker_threads';
import { encodeBitmap } from '../../../../kernel/bitmap/portable-write.ts';
import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { type ClickHouseAddress, openClickHouse } from '../../../../platform/clickhouse/client.ts';
import { readNativeBlocks } from '../../../../platform/clickhouse/native-blocks.ts';
import { answerInThread } from '../../../../platform/threads/answer-in-thread.ts';
import type { CountingQuestion } from './question.ts';
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

answerInThread(count);
