import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemActor } from '../src/kernel/actor.ts';
import { addDays, type Day } from '../src/kernel/day.ts';
import { createServer } from '../src/platform/http/server.ts';
import { createSay } from '../src/platform/i18n.ts';
import { openInsights } from './input/open-insights.ts';
import { openPlatform } from './input/open-platform.ts';
import { insertOrderLines, lastDay } from './input/order-lines.ts';
import type { Figure } from './run.ts';

const since = (days: number): { from: Day; to: Day } => ({ from: addDays(lastDay, 1 - days), to: lastDay });

const questions = [
  { name: 'overview.30days', path: '/api/insights/overview', by: 'day', ...since(30), targetMs: 1_000 },
  { name: 'overview.90days', path: '/api/insights/overview', by: 'week', ...since(90), targetMs: 1_000 },
  { name: 'overview.year', path: '/api/insights/overview', by: 'month', ...since(365), targetMs: 3_000 },
  { name: 'overview.30days.channel', path: '/api/insights/overview', by: 'day', channel: '天猫旗舰店', ...since(30), targetMs: 1_000 },
  { name: 'breakdown.category', path: '/api/insights/breakdowns/category', ...since(30), targetMs: 1_000 },
  { name: 'breakdown.product', path: '/api/insights/breakdowns/product', ...since(30), targetMs: 2_000 },
  { name: 'orders.page', path: '/api/orders', ...since(30), targetMs: 1_000 },
  { name: 'products.page', path: '/api/products', ...since(30), targetMs: 2_000 },
];

/** Reports and lists over generated orders, each answer computed: the best of some rounds, and the totals of customers. */
export async function* run({ customers = 1_000_000, lines = 5_000_000, rounds = 5 }: Record<string, number>): AsyncGenerator<Figure> {
  const dataDir = mkdtempSync(join(tmpdir(), 'perennial-overview-'));
  const { platform, log, close } = await openPlatform(dataDir);
  const size = { customers, lines };
  try {
    const { commerce, insights } = openInsights(platform);
    const server = await createServer({
      log, say: createSay(), routes: [...commerce.routes, ...insights.routes], authenticate: async () => systemActor,
    });
    await insertOrderLines(platform.clickhouse, size);
    const summaries = await elapsedMs(() => commerce.refreshSummaries('all'));
    yield { name: 'summaries.all', value: summaries, unit: 'ms', target: 15_000, holds: summaries <= 15_000, ...size };
    for (const { name, path, targetMs, ...query } of questions) {
      const url = `${path}?${new URLSearchParams({ ...query, ...(path.includes('insights') ? { fresh: '1' } : {}) })}`;
      const times: number[] = [];
      for (let round = 0; round < rounds; round++) {
        times.push(await elapsedMs(async () => {
          const reply = await server.inject({ url });
          if (reply.statusCode !== 200) throw new Error(reply.body);
        }));
      }
      const value = Math.min(...times);
      yield { name, value, unit: 'ms', target: targetMs, holds: value <= targetMs, ...size };
    }
    await server.close();
  } finally {
    await close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function elapsedMs(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return Math.round(performance.now() - startedMs);
}
