import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProduct } from '../test/product.ts';
import type { Figure } from './run.ts';

/** From the command to the printed "ready": on a fresh folder with the demonstration brand, and again on the same folder. */
export async function* run({ rounds = 3 }: Record<string, number>): AsyncGenerator<Figure> {
  const coldMs: number[] = [];
  const warmMs: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const dataDir = mkdtempSync(join(tmpdir(), 'perennial-start-'));
    try {
      for (const times of [coldMs, warmMs]) {
        const product = await startProduct(dataDir, { PERENNIAL_DEMO: '1' });
        times.push(product.readyMs);
        await product.stop();
      }
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  }
  yield figure('start.cold', coldMs, 15);
  yield figure('start.warm', warmMs, 5);
}

/** The slowest of the rounds, in seconds. */
function figure(name: string, timesMs: number[], target: number): Figure {
  const value = Math.round(Math.max(...timesMs) / 10) / 100;
  return { name, value, unit: 's', target, holds: value < target, rounds: timesMs.length };
}
