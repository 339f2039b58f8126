import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDaily } from '../src/domains/campaigns/results/outcomes/daily.ts';
import { readOutcomes } from '../src/domains/campaigns/results/outcomes/outcomes.ts';
import { judge } from '../src/domains/campaigns/results/judge.ts';
import { Bitmap } from '../src/kernel/bitmap/bitmap.ts';
import { openPlatform } from './input/open-platform.ts';
import { insertOrderLines } from './input/order-lines.ts';
import type { Figure } from './run.ts';

const dayMs = 86_400_000;
const rounds = 5;
const heldOutEach = 10;
const target = 2_000;

/** What a campaign came to, worked out anew: its people in two groups, 28 days of orders after it began and 90 before. */
export async function* run({ customers = 10_000_000, lines = 50_000_000, recipients = 1_000_000 }: Record<string, number>): AsyncGenerator<Figure> {
  // A folder that is named is kept, and its data used again.
  const kept = process.env.PERENNIAL_DATA_DIR;
  const dataDir = kept ?? mkdtempSync(join(tmpdir(), 'perennial-campaigns-'));
  const { platform, close } = await openPlatform(dataDir);
  try {
    const readLast = async () => (await platform.reader.rows('select max(occurred_at) as last, count() > 0 as filled from order_line')) as { last: string; filled: number }[];
    if (!(await readLast())[0].filled) await insertOrderLines(platform.clickhouse, { customers, lines });
    const [{ last }] = await readLast();
    const until = new Date(last);
    const from = new Date(until.getTime() - 28 * dayMs);
    const before = new Date(from.getTime() - 90 * dayMs);
    const step = Math.floor(customers / recipients);
    const group = (isControl: boolean): Bitmap => Bitmap.fromSorted(Array.from({ length: recipients }, (_, i) => 1 + i * step).filter((_, i) => (i % heldOutEach === 0) === isControl));
    const groups = [group(true), group(false)] as const;
    const outcome = await median(async () => {
      const [control, reached] = await readOutcomes(platform, groups, { before, from, until }, 'CNY');
      judge({ segments: [], marginPercent: null, stopRule: null, arms: [{ key: 'control', name: '', isControl: true, share: 1_000, bySegment: [control] }, { key: 'a', name: '', isControl: false, share: 9_000, bySegment: [reached] }] });
    });
    yield { name: 'campaigns.result', value: outcome, unit: 'ms', target, holds: outcome <= target, customers, lines, recipients };
    const course = await median(() => readDaily(platform, [groups[1], groups[0]], { from, until, timeZone: 'Asia/Shanghai', count: 29 }, 'CNY'));
    yield { name: 'campaigns.course', value: course, unit: 'ms', target, holds: course <= target, customers, lines, recipients };
  } finally {
    await close();
    if (!kept) rmSync(dataDir, { recursive: true, force: true });
  }
}

async function median(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    await work();
    times.push(performance.now() - began);
  }
  return Math.round(times.sort((a, b) => a - b)[Math.floor(rounds / 2)]);
}
