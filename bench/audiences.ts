import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAudiences } from '../src/domains/audiences/public.ts';
import { createCommerce } from '../src/domains/commerce/public.ts';
import { createCustomers } from '../src/domains/customers/public.ts';
import { Bitmap } from '../src/kernel/bitmap/bitmap.ts';
import { systemActor } from '../src/kernel/actor.ts';
import { createServer } from '../src/platform/http/server.ts';
import { createSay } from '../src/platform/i18n.ts';
import type { Platform } from '../src/platform/platform.ts';
import { openPlatform } from './input/open-platform.ts';
import { insertOrderLines, lastDay } from './input/order-lines.ts';
import { insertCopies } from './input/people.ts';
import type { Figure } from './run.ts';

/** Two orders lately, so much spent ever, and nothing of a category in a month; every round another rule. */
const parts = (round: number) => [
  measure('orders', { from: { ago: 90 - round, unit: 'day' } }, { is: 'at_least', value: 2 }),
  measure('amount', {}, { is: 'more_than', value: 500 + round }),
  measure('orders', { from: { ago: 30, unit: 'day' } }, { is: 'equals', value: 0 }, [{ field: 'category', test: 'any_of', values: [`品类 ${round % 30}`] }]),
];
const measure = (name: string, period: object, compare: object, where: object[] = []) => ({ kind: 'measure', facts: { fact: 'order', where }, measure: name, period, compare });
const all = (of: object[]) => ({ kind: 'group', match: 'all', parts: of });

/** What one would write by hand, in one statement each. */
const bySql = {
  rule: `select customer_no from order_line where customer_no > 0 group by customer_no
    having uniqExactIf(order_key, kind = 'sale' and occurred_at >= '2026-08-22 00:00:00') >= 2
      and sumIf(amount, kind = 'sale') > 500
      and countIf(kind = 'sale' and category = '品类 7' and occurred_at >= '2026-10-21 00:00:00') = 0`,
  edited: `select customer_no from order_line where customer_no > 0 and kind = 'sale' and occurred_at >= '2026-08-22 00:00:00' group by customer_no having uniqExact(order_key) >= 2`,
  lately: "select distinct customer_no from order_line where customer_no > 0 and kind = 'sale' and occurred_at >= '2026-10-21 00:00:00'",
  both: "select customer_no from customer final where status = 'active' and gender = 'male' intersect select customer_no from customer final where status = 'active' and channel = '官网'",
};
const count = (sql: string): string => `select count() from (${sql})`;
/** Two traits only: as many statements as there are traits would take minutes. */
const makeUpBySql = [
  `with people as (${bySql.rule}) select city, count() as base, countIf(customer_no in people) as audience from customer final where status = 'active' group by city`,
  `with people as (${bySql.rule}) select category, uniqExact(customer_no) as base, uniqExactIf(customer_no, customer_no in people) as audience from order_line where kind = 'sale' and customer_no > 0 group by category`,
];

/** Rules of three conditions among many customers: as a whole, one condition edited, and what their people are like. */
export async function* run({ customers = 1_000_000, lines = 5_000_000, rounds = 12 }: Record<string, number>): AsyncGenerator<Figure> {
  // A folder that is named is kept, and its data used again.
  const kept = process.env.PERENNIAL_DATA_DIR;
  const dataDir = kept ?? mkdtempSync(join(tmpdir(), 'perennial-audiences-'));
  const { platform, log, close } = await openPlatform(dataDir);
  const figure = (name: string, value: number, target: number, more: Record<string, number> = {}): Figure =>
    ({ name, value: Math.round(value * 10) / 10, unit: 'ms', target, holds: value < target, customers, lines, ...more });
  try {
    const now = (): Date => new Date(`${lastDay}T08:00:00Z`);
    platform.clock.now = now;
    await fill(platform, customers, lines);
    const server = await createServer({ log, say: createSay(), routes: createAudiences(platform, createCustomers(platform)).routes, authenticate: async () => systemActor });
    const post = async (path: string, rule: object): Promise<number> => {
      const startedMs = performance.now();
      const reply = await server.inject({ method: 'POST', url: path, payload: { rule } });
      if (reply.statusCode !== 200) throw new Error(reply.body);
      return performance.now() - startedMs;
    };
    const preview = (of: object[]) => post('/api/audiences/preview', all(of));
    const byHand = (name: string, measured: number, ...statements: string[]): Promise<Figure> => askByHand(platform, statements).then((hand) =>
      figure(`${name}.by_hand`, hand, Number.MAX_SAFE_INTEGER, { ratio: Math.round((hand / measured) * 10) / 10 }));
    await preview([]);
    const cold = await times(rounds, (round) => preview(parts(round)));
    yield figure('audience.preview.p95', p95(cold), lines > 50_000_000 ? 1_000 : 500, { median: Math.round(median(cold)) });
    yield await byHand('audience.preview', median(cold), count(bySql.rule));
    const edited = await times(rounds, (round) => preview([...parts(0).slice(0, round % 3), parts(round + 40)[round % 3], ...parts(0).slice((round % 3) + 1)]));
    yield figure('audience.preview.edit.p95', p95(edited), 250, { median: Math.round(median(edited)) });
    yield await byHand('audience.preview.edit', median(edited), count(bySql.edited));
    const sets = [3, 5].map((step) => Bitmap.fromSorted(Uint32Array.from({ length: Math.floor(customers / 2) }, (_, i) => 1 + ((i * step) % customers)).sort()));
    const algebra = median(await times(9, async () => timed(() => [sets[0].or(sets[1]), sets[0].and(sets[1]), sets[0].andNot(sets[1])])));
    yield figure('audience.algebra', algebra, 50);
    yield await byHand('audience.algebra', algebra, count(bySql.both));
    const frozen = await freeze(server, `freeze ${Date.now()}`);
    yield figure('audience.freeze', frozen.tookMs, 5_000, { members: frozen.size });
    yield await byHand('audience.freeze', frozen.tookMs, bySql.lately);
    platform.clock.now = () => new Date(`${lastDay}T20:00:00Z`);
    yield figure('audience.past', p95(await times(rounds, () => pastOf(server, frozen.audienceId))), 300, { members: frozen.size });
    platform.clock.now = now;
    const madeUp = await post('/api/audiences/make-up', all(parts(0)));
    yield figure('audience.make_up', madeUp, 3_000);
    yield await byHand('audience.make_up', madeUp, ...makeUpBySql);
    await server.close();
  } finally {
    await close();
    if (!kept) rmSync(dataDir, { recursive: true, force: true });
  }
}

export async function fill(platform: Platform, customers: number, lines: number): Promise<void> {
  const [{ found }] = (await platform.clickhouse.rows('select count() as found from order_line')) as { found: string }[];
  if (Number(found) === lines) return;
  if (Number(found) > 0) throw new Error(`The folder holds ${found} order lines, not ${lines}: name an empty one.`);
  await insertCopies(platform.clickhouse, customers);
  await insertOrderLines(platform.clickhouse, { customers, lines });
  await createCommerce(platform).refreshSummaries('all');
  await untilMerged(platform);
}

/** What was just loaded is merged for minutes on the same two cores. */
async function untilMerged({ clickhouse }: Platform): Promise<void> {
  for (let quiet = 0; quiet < 3;) {
    const [{ merges }] = (await clickhouse.rows('select toUInt32(count()) as merges from system.merges')) as { merges: number }[];
    quiet = merges === 0 ? quiet + 1 : 0;
    await sleep(2_000);
  }
}

async function askByHand({ reader }: Platform, statements: string[]): Promise<number> {
  const startedMs = performance.now();
  for (const sql of statements) for await (const _ of reader.bytes(sql, 'RowBinary', {}, { timeoutMs: 300_000 }));
  return performance.now() - startedMs;
}

type Server = Awaited<ReturnType<typeof createServer>>;

/** Everybody who ordered in a month becomes a fixed audience, and the first hundred of its list are shown. */
async function freeze(server: Server, name: string): Promise<{ audienceId: number; size: number; tookMs: number }> {
  const startedMs = performance.now();
  const rule = measure('orders', { from: { ago: 30, unit: 'day' } }, { is: 'at_least', value: 1 });
  const made = await server.inject({ method: 'POST', url: '/api/audiences', payload: { name, kind: 'fixed', rule } });
  const { audienceId, size } = made.json<{ audienceId: number; size: number }>();
  const people = await server.inject({ method: 'GET', url: `/api/audiences/${audienceId}/members?pageSize=100` });
  if (made.statusCode !== 201 || people.json<{ total: number }>().total !== size) throw new Error(made.body + people.body);
  return { audienceId, size, tookMs: performance.now() - startedMs };
}

/** Its people as they were at the end of a day. */
async function pastOf(server: Server, audienceId: number): Promise<number> {
  const startedMs = performance.now();
  const reply = await server.inject({ method: 'GET', url: `/api/audiences/${audienceId}/members?on=${lastDay}&pageSize=100` });
  if (reply.statusCode !== 200) throw new Error(reply.body);
  return performance.now() - startedMs;
}

function timed(work: () => unknown): number {
  const startedMs = performance.now();
  work();
  return performance.now() - startedMs;
}

/** Milliseconds of each round; the first warms up and does not count. */
async function times(rounds: number, work: (round: number) => Promise<number>): Promise<number[]> {
  const found: number[] = [];
  for (let round = 0; round <= rounds; round++) found.push(await work(round));
  return found.slice(1).sort((a, b) => a - b);
}

const p95 = (sorted: number[]): number => sorted[Math.ceil(sorted.length * 0.95) - 1];
const median = (sorted: number[]): number => sorted[Math.floor(sorted.length / 2)];
