import { Problem } from '../../../kernel/problem.ts';

/** Lets a fixed number of tasks run at once and a bounded number wait; who comes after is told to come again. */
export function createTurnstile(running: number, waiting: number): <T>(task: () => Promise<T>) => Promise<T> {
  let free = running;
  const queue: (() => void)[] = [];
  return async (task) => {
    if (free > 0) free--;
    else if (queue.length >= waiting) throw new Problem('access.busy', { status: 503, retryAfterSeconds: 2 });
    else await new Promise<void>((resolve) => queue.push(resolve));
    try {
      return await task();
    } finally {
      const next = queue.shift();
      if (next) next();
      else free++;
    }
  };
}
