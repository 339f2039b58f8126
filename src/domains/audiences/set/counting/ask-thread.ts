import type { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { decodeBitmap } from '../../../../kernel/bitmap/portable-read.ts';
import type { ClickHouseAddress } from '../../../../platform/clickhouse/client.ts';
import { createAskThread } from '../../../../platform/threads/ask-thread.ts';
import type { CountingQuestion } from './question.ts';

/** Customers whose number is told from nothing; null where there are too many rows to count. */
export type CountApart = (question: CountingQuestion) => Promise<Bitmap | null>;

/** Counts in a thread of its own. */
export function createCountApart(address: ClickHouseAddress): CountApart {
  const ask = createAskThread<CountingQuestion, Uint8Array | null>(new URL('thread.ts', import.meta.url), address);
  return async (question) => {
    const found = await ask(question);
    return found && decodeBitmap(found);
  };
}
