import { parentPort } from 'node:worker_threads';
import { Problem } from '../../../../../kernel/problem.ts';
import { createRenderer, type Renderer } from '../renderer.ts';
import type { RenderAnswer, RenderQuestion } from './question.ts';

/** Versions that are sent at the same time; the oldest makes room. */
const mostKnown = 20;
const known = new Map<number, Renderer>();

parentPort?.on('message', ({ templateId, compiled, people, at }: RenderQuestion) => {
  if (compiled) {
    known.delete(templateId);
    known.set(templateId, createRenderer(compiled));
    for (const oldest of known.keys()) if (known.size > mostKnown) known.delete(oldest);
  }
  const renderer = known.get(templateId);
  const answer: RenderAnswer = people.map(({ fields, locale }, place) => {
    Atomics.store(at, 0, place);
    try {
      if (!renderer) throw new Error('a template this thread was never given');
      return renderer.write(fields, locale);
    } catch (error) {
      const { code, status, params } = error instanceof Problem ? error : new Problem('messaging.message_cannot_be_made');
      return { failed: { code, status, params } };
    }
  });
  parentPort?.postMessage(answer);
});
