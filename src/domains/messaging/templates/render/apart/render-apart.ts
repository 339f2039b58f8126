import { availableParallelism } from 'node:os';
import { Problem } from '../../../../../kernel/problem.ts';
import type { RenderedMessage, ToRender } from '../../../part.ts';
import type { CompiledTemplate } from '../compiled.ts';
import { finishMessage } from '../finish.ts';
import { RenderThread } from './render-thread.ts';

type Rendered = RenderedMessage | Problem;

/** Renders many messages beside everything else. */
export interface RenderApart {
  (compiled: CompiledTemplate, messages: readonly ToRender[]): Promise<Rendered[]>;
  end(): Promise<void>;
}

/** How long one message may take before its thread is ended. What the engine counts stops a message long before. */
const stuckAfterMs = 3_000;
const batch = 100;

/**
 * A few threads, started when there is something to do. A thread that hangs in one person's message, or has no memory left for it, is ended: that
 * person has a Problem, everybody else of the batch is written by another.
 */
export function createRenderApart({ threads = Math.min(4, availableParallelism()), limitMs = stuckAfterMs, module = new URL('./thread.ts', import.meta.url) } = {}): RenderApart {
  const idle: RenderThread[] = [];
  const busy = new Set<RenderThread>();
  const waiting: ((thread: RenderThread) => void)[] = [];
  let isOver = false;
  const lend = (): RenderThread => {
    let thread = idle.pop();
    while (thread?.isDead) thread = idle.pop();
    thread ??= new RenderThread(module);
    busy.add(thread);
    return thread;
  };
  const take = (): Promise<RenderThread> => (busy.size < threads ? Promise.resolve(lend()) : new Promise((resolve) => waiting.push(resolve)));
  const giveBack = (thread: RenderThread): void => {
    busy.delete(thread);
    if (!thread.isDead) idle.push(thread);
    waiting.shift()?.(lend());
  };
  const writeBatch = async (compiled: CompiledTemplate, messages: readonly ToRender[]): Promise<Rendered[]> => {
    if (messages.length === 0) return [];
    const thread = await take();
    if (isOver) throw new Error('the threads that render were ended');
    const answer = await thread.ask(compiled, messages, limitMs).finally(() => giveBack(thread));
    if ('stuckAt' in answer) {
      const { stuckAt, code } = answer;
      return [...(await writeBatch(compiled, messages.slice(0, stuckAt))), new Problem(code), ...(await writeBatch(compiled, messages.slice(stuckAt + 1)))];
    }
    return answer.map((one, n) => ('failed' in one ? new Problem(one.failed.code, one.failed) : finishMessage(compiled, messages[n].person.locale, one, messages[n].links)));
  };
  const render = async (compiled: CompiledTemplate, messages: readonly ToRender[]): Promise<Rendered[]> => {
    const batches = Array.from({ length: Math.ceil(messages.length / batch) }, (_, n) => messages.slice(n * batch, (n + 1) * batch));
    return (await Promise.all(batches.map((one) => writeBatch(compiled, one)))).flat();
  };
  const end = async (): Promise<void> => {
    isOver = true;
    await Promise.all([...idle, ...busy].map((thread) => thread.end()));
  };
  return Object.assign(render, { end });
}
