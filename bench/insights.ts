import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemActor } from '../src/kernel/actor.ts';
import { createServer } from '../src/platform/http/server.ts';
import { createSay } from '../src/platform/i18n.ts';
import { fill } from './audiences.ts';
import type { InsightsBenchmark } from './input/insights-benchmark.ts';
import { openInsights } from './input/open-insights.ts';
import { openPlatform } from './input/open-platform.ts';
import { lastDay } from './input/order-lines.ts';
import type { Figure } from './run.ts';

/** Every part in `insights/`, or those that are named, over one brand: `npm run bench -- insights rfm cohorts`. */
export async function* run({ customers = 1_000_000, lines = 5_000_000, rounds = 5 }: Record<string, number>, named: string[] = []): AsyncGenerator<Figure> {
  // A folder that is named is kept, and its data used again.
  const kept = process.env.PERENNIAL_DATA_DIR;
  const dataDir = kept ?? mkdtempSync(join(tmpdir(), 'perennial-insights-'));
  const { platform, log, close } = await openPlatform(dataDir);
  try {
    platform.clock.now = () => new Date(`${lastDay}T08:00:00Z`);
    await fill(platform, customers, lines);
    const domains = openInsights(platform);
    const server = await createServer({ log, say: createSay(), routes: domains.insights.routes, authenticate: async () => systemActor });
    const ask = async (method: 'GET' | 'POST', url: string, payload?: object) => {
      const startedMs = performance.now();
      const reply = await server.inject({ method, url, payload });
      if (reply.statusCode >= 300) throw new Error(`${url}: ${reply.body}`);
      return { ms: performance.now() - startedMs, body: reply.json() as unknown };
    };
    const figure = (name: string, value: number, target: number, unit = 'ms', more: Record<string, number> = {}): Figure =>
      ({ name: `insights.${name}`, value: Math.round(value * 10) / 10, unit, target, holds: value <= target, customers, lines, ...more });
    const parts = readdirSync(join(import.meta.dirname, 'insights')).map((file) => file.replace(/\.ts$/, ''));
    for (const part of parts.filter((each) => named.length === 0 || named.includes(each))) {
      const { measure } = (await import(`./insights/${part}.ts`)) as InsightsBenchmark;
      yield* measure({ platform, ...domains, ask, figure, size: { customers, lines }, rounds });
    }
    await domains.insights.stop();
    await server.close();
  } finally {
    await close();
    if (!kept) rmSync(dataDir, { recursive: true, force: true });
  }
}
