import { Worker } from 'node:worker_threads';
import { Problem } from '../../kernel/problem.ts';
import type { Answered, Asked } from './message.ts';

/**
 * Puts questions to a module that answers in a thread of its own (`answerInThread`), which starts with the first
 * question and does not keep the process alive. `data` is given to the thread once.
 */
export function createAskThread<Q, A>(module: URL, data: unknown): (question: Q) => Promise<A> {
  const waiting = new Map<number, PromiseWithResolvers<A>>();
  let thread: Worker | undefined;
  let lastId = 0;

  const settle = (answered: Answered<A>): void => {
    const asked = waiting.get(answered.id);
    waiting.delete(answered.id);
    if (waiting.size === 0) thread?.unref();
    if ('answer' in answered) asked?.resolve(answered.answer);
    else asked?.reject(answered.failed.problem ? new Problem(answered.failed.problem.code, answered.failed.problem) : new Error(answered.failed.message));
  };
  const start = (): Worker => {
    const started = new Worker(module, { workerData: data });
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
    const asked = Promise.withResolvers<A>();
    waiting.set(id, asked);
    thread.postMessage({ id, question } satisfies Asked<Q>);
    return asked.promise;
  };
}
