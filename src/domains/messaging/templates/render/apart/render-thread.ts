import { Worker } from 'node:worker_threads';
import type { ToRender } from '../../../part.ts';
import type { CompiledTemplate } from '../compiled.ts';
import type { RenderAnswer, RenderQuestion } from './question.ts';

/** A message at which a thread had to be ended. */
export interface Stuck {
  stuckAt: number;
  code: 'messaging.message_too_slow' | 'messaging.message_too_much';
}

/** Of a thread: what the program itself needs, and messages. */
const resourceLimits = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 };
/** As many versions as the thread keeps. */
const mostKnown = 20;
const notBegun = -1;

const ids = new WeakMap<CompiledTemplate, number>();
let lastId = 0;
function idOf(compiled: CompiledTemplate): number {
  const id = ids.get(compiled) ?? ++lastId;
  ids.set(compiled, id);
  return id;
}

/** One thread that writes messages, one batch at a time. */
export class RenderThread {
  isDead = false;
  readonly #worker: Worker;
  /** The place of the person the thread works on, as far as it is. */
  readonly #at = new Int32Array(new SharedArrayBuffer(4));
  #known: number[] = [];

  constructor(module: URL) {
    this.#worker = new Worker(module, { resourceLimits });
    this.#worker.on('error', () => (this.isDead = true)).on('exit', () => (this.isDead = true)).unref();
  }

  ask(compiled: CompiledTemplate, messages: readonly ToRender[], limitMs: number): Promise<RenderAnswer | Stuck> {
    const templateId = idOf(compiled);
    const isKnown = this.#known.includes(templateId);
    this.#known = [...this.#known.filter((id) => id !== templateId), templateId].slice(-mostKnown);
    return new Promise((resolve, reject) => {
      let seen = notBegun;
      const end = (code: Stuck['code'], error?: Error): void => {
        finish();
        void this.end();
        const stuckAt = Atomics.load(this.#at, 0);
        if (stuckAt === notBegun) reject(error ?? new Error('a thread that renders ended before it began'));
        else resolve({ stuckAt, code });
      };
      const watch = setInterval(() => {
        const place = Atomics.load(this.#at, 0);
        if (place !== notBegun && place === seen) end('messaging.message_too_slow');
        seen = place;
      }, limitMs);
      const answered = (answer: RenderAnswer): void => {
        finish();
        resolve(answer);
      };
      const died = (error: unknown): void => end('messaging.message_too_much', error instanceof Error ? error : undefined);
      const finish = (): void => {
        clearInterval(watch);
        this.#worker.off('message', answered).off('error', died).off('exit', died).unref();
      };
      Atomics.store(this.#at, 0, notBegun);
      this.#worker.on('message', answered).on('error', died).on('exit', died).ref();
      const people = messages.map(({ person: { fields, locale } }) => ({ fields, locale }));
      this.#worker.postMessage({ templateId, compiled: isKnown ? null : compiled, people, at: this.#at } satisfies RenderQuestion);
    });
  }

  async end(): Promise<void> {
    this.isDead = true;
    await this.#worker.terminate();
  }
}
