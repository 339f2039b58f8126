import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure } from './run.ts';

/** How many members, and order lines of all of them together. */
export interface MembershipSize {
  members: number;
  lines: number;
}

/** What every file in `membership/` exports. */
interface MembershipBenchmark {
  measure(size: MembershipSize): AsyncGenerator<Figure>;
}

/** Every part in `membership/`, or those that are named: `npm run bench -- membership simulation --members 10000000`. */
export async function* run({ members = 1_000_000, lines = members * 5 }: Record<string, number>, named: string[] = []): AsyncGenerator<Figure> {
  const parts = readdirSync(join(import.meta.dirname, 'membership')).map((file) => file.replace(/\.ts$/, ''));
  for (const part of parts.filter((each) => named.length === 0 || named.includes(each))) {
    yield* ((await import(`./membership/${part}.ts`)) as MembershipBenchmark).measure({ members, lines });
  }
}
