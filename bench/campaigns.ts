import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../src/app.ts';
import { readDaily } from '../src/domains/campaigns/results/outcomes/daily.ts';
import { readOutcomes } from '../src/domains/campaigns/results/outcomes/outcomes.ts';
import { judge } from '../src/domains/campaigns/results/judge.ts';
import { Bitmap } from '../src/kernel/bitmap/bitmap.ts';
import type { Platform } from '../src/platform/platform.ts';
import { createTestServer } from '../test/harness.ts';
import { openPlatform } from './input/open-platform.ts';
import { fill } from './audiences.ts';
import type { Figure } from './run.ts';

const dayMs = 86_400_000;
const rounds = 5;
const heldOutEach = 10;
const target = 2_000;
const longestEstimate = 3_000;

/** What a campaign came to, worked out anew: its people in two groups, 28 days of orders after it began and 90 before. */
export async function* run({ customers = 10_000_000, lines = 50_000_000, recipients = 1_000_000 }: Record<string, number>): AsyncGenerator<Figure> {
  // A folder that is named is kept, and its data used again.
  const kept = process.env.PERENNIAL_DATA_DIR;
  const dataDir = kept ?? mkdtempSync(join(tmpdir(), 'perennial-campaigns-'));
  const { platform, close } = await openPlatform(dataDir);
  try {
    const readLast = async () => (await platform.reader.rows('select max(occurred_at) as last, count() > 0 as filled from order_line')) as { last: string; filled: number }[];
    if (!(await readLast())[0].filled) await fill(platform, customers, lines);
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
    const { ms, people } = await estimated(platform, customers, until);
    yield { name: 'campaigns.estimate', value: ms, unit: 'ms', target: longestEstimate, holds: ms <= longestEstimate, customers, lines, recipients: people };
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

/** What the editor of a campaign asks for: who bought lately, one in five of whom had three messages of marketing this week, by the rules of the first day. */
async function estimated(platform: Platform, customers: number, now: Date): Promise<{ ms: number; people: number }> {
  const { rowCount } = await platform.pg.query('select from customer limit 1');
  if (rowCount === 0) await fillPeople(platform, customers, now);
  platform.clock.now = () => now;
  const server = await createTestServer(platform, createApp(platform, randomBytes(16).toString('hex')).routes);
  const audience = { kind: 'measure', facts: { fact: 'order' }, measure: 'orders', period: { from: { ago: 30, unit: 'day' } }, compare: { is: 'at_least', value: 1 } };
  const definition = {
    name: '-', note: '', audience, exclude: [], channel: 'webhook', category: '', arms: [{ key: 'a', name: '', weight: 1, templateNo: 1, templateVersion: 1 }], holdout: { share: 1_000, reason: '' }, schedule: { when: 'once', at: null },
    bestHour: null, perMinute: null, usefulHours: null, expectedValue: '1', costPerMessage: '0.05', budget: null, stopRule: null, measureDays: 28, marginPercent: null,
  };
  let people = 0;
  const ms = await median(async () => {
    const reply = await server.inject({ method: 'POST', url: '/api/campaigns/estimate', payload: { definition }, headers: { 'x-test-permissions': 'campaigns.read', 'x-test-staff': '1' } });
    if (reply.statusCode !== 200) throw new Error(reply.body);
    ({ people } = reply.json<{ people: number }>());
  });
  await server.close();
  return { ms, people };
}

async function fillPeople({ pg: pool }: Platform, customers: number, now: Date): Promise<void> {
  const day = now.toISOString().slice(0, 10);
  for (const statement of [
    `insert into customer (customer_no, created_at) select n, '2025-01-01' from generate_series(1, ${customers}) n`,
    `insert into customer_profile (customer_no, birth_date, country) select n, date '1950-01-01' + n % 20000, '中国' from generate_series(1, ${customers}) n`,
    `insert into send_run (program_kind, program_no, step, occasion, occasion_on, channel, purpose, expected_value, arms, state, send_from, created_at, created_by)
      select 'campaign', n, '', '', date '${day}' - n, 'sms', 'marketing', 1, '[]', 'done', now(), now(), 'bench' from generate_series(1, 3) n`,
    `select make_send_month((date '${day}' - n * interval '1 month')::date) from generate_series(0, 1) n`,
    `insert into send_claim (customer_no, run_no, occasion_on, state, at) select n * 5, run_no, occasion_on, 2, occasion_on + n % 20 * interval '1 hour' from send_run, generate_series(1, ${Math.floor(customers / 5)}) n`,
    `insert into send_suppression (reason, stops_service, customer_no, added_at, added_by) select 'by_hand', false, n * 500, now(), 'bench' from generate_series(1, ${Math.floor(customers / 500)}) n`,
  ]) await pool.query(statement);
  await pool.query('vacuum analyze');
}
