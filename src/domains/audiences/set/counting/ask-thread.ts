import { Worker } from 'node:worker_threads';
import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { decodeBitmap } from '../../../../kernel/bitmap/portable-read.ts';
import { Problem } from '../../../../kernel/problem.ts';
import type { ClickHouseAddress } from '../../../../platform/clickhouse/client.ts';
import type { Answered, Asked, CountingQuestion } from './question.ts';

/** Customers whose number is told from nothing; null where there are too many rows to count. */
export type CountApart = (question: CountingQuestion) => Promise<Bitmap | null>;

/** Counts in a thread of its own, which starts with the first question and does not keep the process alive. */
export function createCountApart(address: ClickHouseAddress): CountApart {
  const waiting = new Map<number, PromiseWithResolvers<Bitmap | null>>();
  let thread: Worker | undefined;
  let lastId = 0;

  const settle = (answer: Answered): void => {
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (waiting.size === 0) thread?.unref();
    if ('found' in answer) asked?.resolve(answer.found && decodeBitmap(answer.found));
    else asked?.reject(answer.failed.problem ? new Problem(answer.failed.problem.code, answer.failed.problem) : new Error(answer.failed.message));
  };
  const start = (): Worker => {
    const started = new Worker(new URL('thread.ts', import.meta.url), { workerData: address });
    started.on('message', settle);
    // Whoever waits is told; the next question starts another.
    started.on('error', (error) => {
      if (thread === started) thread = undefined;
      for (const asked of waiting.values()) asked.reject(error);
      waiting.clear();
    });
    return started;
  };
  return (question) => {
    thread ??= start();
    thread.ref();
    const id = ++lastId;
    const asked = Promise.withResolvers<Bitmap | null>();
    waiting.set(id, asked);
    thread.postMessage({ id, question } satisfies Asked);
    return asked.promise;
  };
}
