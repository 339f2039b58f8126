import { Worker } from 'node:worker_threads';
import type { Histories } from './histories.ts';
import type { HistoriesOrder } from './thread.ts';

/** Reads everybody's history in a thread of its own, which ends with it and does not keep the process alive. */
export function loadHistories(order: HistoriesOrder): Promise<Histories> {
  const thread = new Worker(new URL('thread.ts', import.meta.url), { workerData: order });
  thread.unref();
  return new Promise((resolve, reject) => {
    thread.on('message', resolve);
    thread.on('error', reject);
    thread.on('exit', () => reject(new Error('The thread that reads histories ended without an answer.')));
  });
}
