import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Says in one JSON line what a check did: its counts, the seed where chance played, the verdict. */
export const report = (check: string, result: object): void => console.log(JSON.stringify({ check, ...result }));

/** A folder for one check; `remove` takes it away again. */
export function checkFolder(name: string, below = tmpdir()): { path: string; remove(): void } {
  const path = mkdtempSync(join(below, `perennial-${name}-`));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Numbers from 0 to 1 that come again for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The seed of this run: PERENNIAL_SEED, or one of the clock. */
export const runSeed = (): number => Number(process.env.PERENNIAL_SEED ?? Date.now() % 1_000_000_000);

/** How often a check repeats itself: the variable's number, or the usual one. */
export const rounds = (variable: string, usual: number): number => Number(process.env[variable] ?? usual);
