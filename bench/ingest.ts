import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { DataQuality } from '../src/domains/collect/intake/desk/data-quality.ts';
import { descendants, type Product, startProduct } from '../test/product.ts';
import type { SenderOrder, SenderReport } from './input/batch-sender.ts';
import type { Figure } from './run.ts';

/**
 * Batches of 100 events through `/v1/batch`, sent by a process of its own while the worker makes facts of them on
 * the same machine. Throughput counts from the first batch sent to the last event in ClickHouse.
 */
export async function* run({ seconds = 60, rate = 22_000, connections = 8 }: Record<string, number>): AsyncGenerator<Figure> {
  const dataDir = mkdtempSync(join(tmpdir(), 'perennial-ingest-'));
  const product = await startProduct(dataDir);
  try {
    const { secret } = await product.ask<{ secret: string }>('POST', '/api/write-keys', { name: 'bench' });
    await sendFor(product, secret, { seconds: 5, rate, connections });
    await untilDrained(product);
    const before = (await quality(product)).intake.accepted;
    const memory = watchMemory(product);
    const startedMs = performance.now();
    const report = await sendFor(product, secret, { seconds, rate, connections });
    const behind = (await quality(product)).intake.backlogEvents;
    await untilDrained(product);
    const elapsedSeconds = (performance.now() - startedMs) / 1000;
    const growthMb = memory.stop();
    const applied = (await quality(product)).intake.accepted - before;
    const size = { seconds: Math.round(report.seconds), events: report.acknowledged };
    yield figure('ingest.events', Math.round(applied / elapsedSeconds), 'events/s', 20_000, 'least', size);
    yield figure('ingest.acknowledged', Math.round(report.acknowledged / report.seconds), 'events/s', 20_000, 'least', size);
    yield figure('ingest.batch.p99', at(report.latenciesMs, 0.99), 'ms', 250, 'most', size);
    yield figure('ingest.batch.p50', at(report.latenciesMs, 0.5), 'ms', 250, 'most', size);
    yield figure('ingest.behind', behind, 'events', 200_000, 'most', size);
    yield figure('ingest.lost', report.acknowledged - applied, 'events', 0, 'most', size);
    yield figure('ingest.refused', report.refused + report.failed, 'events', 0, 'most', size);
    yield figure('ingest.memory.growth', growthMb, 'MB', 200, 'most', size);
  } finally {
    await product.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const figure = (name: string, value: number, unit: string, target: number, sense: 'least' | 'most', size: Record<string, number>): Figure =>
  ({ name, value, unit, target, holds: sense === 'least' ? value >= target : value <= target, ...size });

const at = (sorted: number[], share: number): number => Math.round((sorted[Math.ceil(sorted.length * share) - 1] ?? 0) * 10) / 10;

const quality = (product: Product): Promise<DataQuality> => product.ask('GET', '/api/data-quality');

async function sendFor(product: Product, writeKey: string, order: Omit<SenderOrder, 'url' | 'writeKey'>): Promise<SenderReport> {
  const told: SenderOrder = { url: product.url, writeKey, ...order };
  const sender = join(import.meta.dirname, 'input', 'batch-sender.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', sender, JSON.stringify(told)], { maxBuffer: 2 ** 28 });
  return JSON.parse(stdout) as SenderReport;
}

/** Until everything acknowledged is in ClickHouse. */
async function untilDrained(product: Product): Promise<void> {
  for (;;) {
    const metrics = await (await fetch(`${product.url}/metrics`)).text();
    const value = (name: string): number => Number(new RegExp(`^${name} (.+)$`, 'm').exec(metrics)?.[1] ?? Number.NaN);
    if (value('perennial_intake_backlog_events') === 0 && value('perennial_facts_unapplied_batches') === 0) return;
    await sleep(200);
  }
}

/** Watches the memory of the program's own processes; `stop` answers with how many MB they grew after their first fifth. */
function watchMemory(product: Product): { stop(): number } {
  const samples: number[] = [];
  const own = [product.process.pid ?? 0, ...descendants(product.process.pid ?? 0)].filter(isProgram);
  const timer = setInterval(() => samples.push(own.map(residentMb).reduce((a, b) => a + b, 0)), 1_000);
  return {
    stop() {
      clearInterval(timer);
      const fifth = Math.ceil(samples.length / 5);
      const mean = (some: number[]): number => some.reduce((a, b) => a + b, 0) / Math.max(1, some.length);
      return Math.round(mean(samples.slice(-fifth)) - mean(samples.slice(fifth, 2 * fifth)));
    },
  };
}

const isProgram = (pid: number): boolean => readProc(pid, 'cmdline').includes('main.ts');
const residentMb = (pid: number): number => Number(/VmRSS:\s+(\d+)/.exec(readProc(pid, 'status'))?.[1] ?? 0) / 1024;

function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
