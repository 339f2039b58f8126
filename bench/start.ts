import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startProduct } from '../test/product.ts';
import type { Figure } from './run.ts';

/** From the command to the printed "ready": on a fresh folder with the demonstration brand, and again on the same folder. What other domains show of the brand follows. */
export async function* run({ rounds = 3 }: Record<string, number>): AsyncGenerator<Figure> {
  const coldMs: number[] = [];
  const warmMs: number[] = [];
  const wholeMs: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const dataDir = mkdtempSync(join(tmpdir(), 'perennial-start-'));
    try {
      for (const times of [coldMs, warmMs]) {
        const product = await startProduct(dataDir, { PERENNIAL_DEMO: '1' });
        times.push(product.readyMs);
        const since = Date.now();
        while ((await product.ask<{ state: string }>('GET', '/api/demo')).state !== 'done') await sleep(50);
        if (times === coldMs) wholeMs.push(Date.now() - since);
        await product.stop();
      }
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  }
  yield figure('start.cold', coldMs, 15);
  yield figure('start.warm', warmMs, 5);
  yield figure('start.whole', wholeMs, 10);
}

/** The slowest of the rounds, in seconds. */
function figure(name: string, timesMs: number[], target: number): Figure {
  const value = Math.round(Math.max(...timesMs) / 10) / 100;
  return { name, value, unit: 's', target, holds: value < target, rounds: timesMs.length };
}
