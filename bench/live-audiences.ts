import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { startProduct } from '../test/product.ts';
import type { SenderOrder, SenderReport } from './input/batch-sender.ts';
import { prepareLive } from './input/prepare-live.ts';
import { watchProbes } from './input/probes.ts';
import type { Figure } from './run.ts';

interface Listed {
  rows: { audienceId: number; name: string; size: number; rule: unknown; freshAt: string | null; trouble: string | null }[];
  total: number;
}

/**
 * Live audiences of all kinds while events pour in through the tracking API: how long the first members take, how long
 * it is from an acknowledged event to the members that show it, and whether they are right in the end. A data folder that
 * was prepared before (`PERENNIAL_BENCH_FOLDER`) is used as it is.
 */
export async function* run({ customers = 1_000_000, lines = 5_000_000, events = lines / 5, audiences = 200, rate = 2_000, seconds = 120 }: Record<string, number>): AsyncGenerator<Figure> {
  const prepared = process.env.PERENNIAL_BENCH_FOLDER;
  const dataDir = prepared ?? mkdtempSync(join(tmpdir(), 'perennial-live-'));
  const shop = await prepareLive(dataDir, { customers, lines, events, audiences });
  const size = { customers, lines, events, audiences };
  const product = await startProduct(dataDir);
  try {
    const startedMs = performance.now();
    const list = () => product.ask<Listed>('GET', '/api/audiences?pageSize=200&kind=live');
    while (!(await list()).rows.every((row) => row.freshAt !== null)) await sleep(500);
    const filledSeconds = (performance.now() - startedMs) / 1000;
    yield { name: 'live.fill', value: Math.round(filledSeconds), unit: 's', target: 600, holds: filledSeconds < 600, ...size };
    const { secret } = await product.ask<{ secret: string }>('POST', '/api/write-keys', { name: 'bench' });
    const probes = watchProbes(product, secret, shop);
    const report = await send({ url: product.url, writeKey: secret, seconds, rate, connections: 4, shoppers: shop.shoppers });
    const freshness = await probes.stop();
    const figure = (name: string, value: number, unit: string, target: number): Figure => ({ name, value: Math.round(value * 100) / 100, unit, target, holds: value <= target, rate: Math.round(report.acknowledged / report.seconds), seconds: Math.round(report.seconds), ...size });
    for (const [name, sorted] of freshness) {
      yield figure(`live.fresh.${name}.p95`, at(sorted, 0.95), 's', 10);
      yield figure(`live.fresh.${name}.max`, at(sorted, 1), 's', 10);
    }
    yield figure('live.refused', report.refused + report.failed, 'events', 0);
    await untilFresh(product, Date.now());
    const { rows } = await list();
    yield figure('live.troubled', rows.filter((row) => row.trouble !== null).length, 'audiences', 0);
    yield figure('live.wrong', await countWrong(product, rows), 'audiences', 0);
  } finally {
    await product.stop();
    if (!prepared) rmSync(dataDir, { recursive: true, force: true });
  }
}

type Product = Awaited<ReturnType<typeof startProduct>>;

/** Until members are as new as a moment. */
async function untilFresh(product: Product, ms: number): Promise<void> {
  for (;;) {
    const { rows } = await product.ask<Listed>('GET', '/api/audiences?pageSize=200&kind=live');
    if (rows.every((row) => row.freshAt !== null && Date.parse(row.freshAt) > ms)) return;
    await sleep(300);
  }
}

/** How many of some audiences have other members than everybody asked at once would give them. */
async function countWrong(product: Product, rows: Listed['rows']): Promise<number> {
  let wrong = 0;
  for (const { size, rule, name } of rows.filter((row, i) => i % 8 === 0 && !JSON.stringify(row.rule).includes('hour'))) {
    const { size: count } = await product.ask<{ size: number }>('POST', '/api/audiences/preview', { rule });
    if (count === size) continue;
    console.error(`${name}: ${size} members, and ${count} by its rule`);
    wrong++;
  }
  return wrong;
}

async function send(order: SenderOrder): Promise<SenderReport> {
  const sender = join(import.meta.dirname, 'input', 'batch-sender.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', sender, JSON.stringify(order)], { maxBuffer: 2 ** 28 });
  return JSON.parse(stdout) as SenderReport;
}

const at = (sorted: number[], share: number): number => sorted[Math.ceil(sorted.length * share) - 1] ?? Number.POSITIVE_INFINITY;
