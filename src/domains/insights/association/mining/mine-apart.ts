import { Worker } from 'node:worker_threads';
import { Problem } from '../../../../kernel/problem.ts';
import type { Mined } from './mine-level.ts';
import type { MiningNews, MiningOrder } from './thread.ts';

/** Mines in a thread of its own, which ends with it, or when somebody wants it to end. `tell` hears how many lines were read. */
export async function mineApart(order: MiningOrder, { signal, tell }: { signal: AbortSignal; tell: (read: number) => Promise<void> }): Promise<Mined> {
  const thread = new Worker(new URL('thread.ts', import.meta.url), { workerData: order, resourceLimits: { maxOldGenerationSizeMb: 3_072 } });
  const mined = Promise.withResolvers<Mined>();
  const stop = (): void => mined.reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  thread.on('error', mined.reject);
  thread.on('exit', () => mined.reject(new Error('The mining thread ended without an answer.')));
  thread.on('message', (news: MiningNews) => {
    if ('mined' in news) mined.resolve(news.mined);
    else if ('failed' in news) mined.reject(asError(news.failed));
    else tell(news.read).catch(mined.reject);
  });
  try {
    signal.throwIfAborted();
    return await mined.promise;
  } finally {
    signal.removeEventListener('abort', stop);
    await thread.terminate();
  }
}

const asError = ({ code, status, message }: Extract<MiningNews, { failed: unknown }>['failed']): Error =>
  (code === null ? new Error(message) : new Problem(code, { status, cause: new Error(message) }));
