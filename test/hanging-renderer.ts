import { parentPort } from 'node:worker_threads';
import type { RenderQuestion } from '../src/domains/messaging/templates/render/apart/question.ts';

/** A thread with a fault: people who are called so hang it for ever, or take all of its memory. */
parentPort?.on('message', ({ people, at }: RenderQuestion) => {
  const answer = people.map(({ fields }, place) => {
    Atomics.store(at, 0, place);
    const name = String(fields.name);
    if (name === 'hangs') for (;;) Math.sqrt(2);
    const held: unknown[] = [];
    while (name === 'swallows')
      held.push(Array.from({ length: 100_000 }, (_, n) => ({ n })));
    return { message: { text: name }, html: null, urls: [] };
  });
  parentPort?.postMessage(answer);
});
