import { commits } from './planning/commits.ts';
import { pages } from './planning/pages.ts';
import type { Figure } from './run.ts';

/** Pages of a plan of 200 goals, 500 tasks, 300 budget lines and 100 people, and a hundred clients on one budget line. */
export async function* run(options: Record<string, number>): AsyncGenerator<Figure> {
  yield* pages(options);
  yield* commits(options);
}
