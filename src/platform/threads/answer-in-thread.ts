import { parentPort } from 'node:worker_threads';
import { Problem } from '../../kernel/problem.ts';
import type { Answered, Asked, Failure } from './message.ts';

/** Answers what `createAskThread` asks; called once, by the module that runs in the thread. */
export function answerInThread<Q, A>(answer: (question: Q) => Promise<A>): void {
  parentPort?.on('message', async ({ id, question }: Asked<Q>) => {
    const answered: Answered<A> = await answer(question).then((given) => ({ id, answer: given }), (error: unknown) => ({ id, failed: failure(error) }));
    parentPort?.postMessage(answered);
  });
}

const failure = (error: unknown): Failure => ({
  message: error instanceof Error ? error.message : String(error),
  problem: error instanceof Problem ? { code: error.code, status: error.status, retryAfterSeconds: error.retryAfterSeconds } : null,
});
