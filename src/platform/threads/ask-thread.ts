import { type ResourceLimits, Worker } from 'node:worker_threads';
import { Problem } from '../../kernel/problem.ts';
import type { Answered, Asked } from './message.ts';

/** Asks the thread; `end` ends it, and whoever still waits is told so. */
export interface AskThread<Q, A> {
  (question: Q): Promise<A>;
  end(): Promise<void>;
}

/**
 * Puts questions to a module that answers in a thread of its own (`answerInThread`), which starts with the first
 * question and does not keep the process alive. `data` is given to the thread once. Who makes very much that is soon forgotten collects it
 * less often with a larger young generation (`limits`).
 */
export function createAskThread<Q, A>(module: URL, data: unknown, limits: ResourceLimits = {}): AskThread<Q, A> {
  const waiting = new Map<number, PromiseWithResolvers<A>>();
  let thread: Worker | undefined;
  let lastId = 0;
  let isOver = false;

  const settle = (answered: Answered<A>): void => {
    const asked = waiting.get(answered.id);
    waiting.delete(answered.id);
    if (waiting.size === 0) thread?.unref();
    if ('answer' in answered) asked?.resolve(answered.answer);
    else asked?.reject(answered.failed.problem ? new Problem(answered.failed.problem.code, answered.failed.problem) : new Error(answered.failed.message));
  };
  const start = (): Worker => {
    const started = new Worker(module, { workerData: data, resourceLimits: limits });
    started.on('message', settle);
    // Whoever waits is told; the next question starts another.
    started.on('error', (error: Error) => {
      if (thread === started) thread = undefined;
      failAll(error);
    });
    return started;
  };
  const failAll = (error: Error): void => {
    for (const asked of waiting.values()) asked.reject(error);
    waiting.clear();
  };
  const ask = (question: Q): Promise<A> => {
    if (isOver) return Promise.reject(over());
    thread ??= start();
    thread.ref();
    const id = ++lastId;
    const asked = Promise.withResolvers<A>();
    waiting.set(id, asked);
    thread.postMessage({ id, question } satisfies Asked<Q>);
    return asked.promise;
  };
  const end = async (): Promise<void> => {
    isOver = true;
    failAll(over());
    await thread?.terminate();
  };
  return Object.assign(ask, { end });
}

const over = (): Error => new Error('the thread was ended');
