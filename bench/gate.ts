import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { createAudiences } from '../src/domains/audiences/public.ts';
import { createCustomers, lineageOf } from '../src/domains/customers/public.ts';
import { firstRules } from '../src/domains/messaging/contract/gate-rules.ts';
import { createGate } from '../src/domains/messaging/gate/gate.ts';
import { decisionsOf } from '../src/domains/messaging/gate/ledger/of-person.ts';
import { createPrograms } from '../src/domains/messaging/gate/ledger/programs.ts';
import { writeRules } from '../src/domains/messaging/gate/settings/store.ts';
import type { GatedRun, MessagingDoors } from '../src/domains/messaging/part.ts';
import { createSay } from '../src/platform/i18n.ts';
import { inTransaction } from '../src/platform/postgres/pool.ts';
import { openPlatform } from './input/open-platform.ts';
import type { Figure } from './run.ts';

const batch = 10_000;

/** `gate`: decisions and last words; `gate ledger`: what was decided about one person, among as many rows as there are of months. */
export async function* run(options: Record<string, number>, parts: string[]): AsyncGenerator<Figure> {
  yield* parts.includes('ledger') ? ledger(options) : decisions(options);
}

/** Everybody decided about by the rules a shop begins with, after months in which each of them was reached now and then; and asked again before handing over. */
async function* decisions({ people = 1_000_000, runs = 16 }: Record<string, number>): AsyncGenerator<Figure> {
  const dataDir = mkdtempSync(join(tmpdir(), 'perennial-gate-'));
  const { platform, close } = await openPlatform(dataDir);
  try {
    const now = new Date('2026-06-18T04:00:00Z');
    await fill(platform.pg, people, runs);
    const customers = createCustomers(platform);
    const gate = createGate({ platform, say: createSay(), customers, audiences: createAudiences(platform, customers) } as MessagingDoors);
    await inTransaction(platform.pg, (client) => writeRules(client, { ...firstRules, quotas: [] }, 'bench', now));
    const gated: GatedRun = { runNo: runs + 1, occasionOn: '2026-06-18', programKind: 'campaign', programNo: runs + 1, channel: 'sms', purpose: 'marketing', category: '', expectedValue: '1', sendUntil: null };
    const size = { people, history: people * runs };
    const going: { customerNo: number; occasion: string }[] = [];
    const decidedMs = await timed(people, async (nos) => {
      const decided = await inTransaction(platform.pg, (client) => gate.decide(client, gated, nos.map((customerNo) => ({ customerNo, occasion: '', arm: 0, isControl: customerNo % 10 === 0 })), now));
      for (const { customerNo, verdict } of decided) if (verdict === 'send') going.push({ customerNo, occasion: '' });
    });
    yield rate('gate.decisions', people, decidedMs, 20_000, { ...size, going: going.length });
    const askedMs = await timed(going.length, async (_, from, to) => void (await inTransaction(platform.pg, (client) => gate.stillMay(client, gated, going.slice(from, to), now))));
    yield rate('gate.last_words', going.length, askedMs, 20_000, size);
  } finally {
    await close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const rate = (name: string, count: number, ms: number, target: number, size: Record<string, number>): Figure => {
  const value = Math.round(count / (ms / 1_000));
  return { name, value, unit: '/s', target, holds: value >= target, ...size };
};

async function timed(count: number, work: (nos: number[], from: number, to: number) => Promise<void>): Promise<number> {
  const startedMs = performance.now();
  for (let from = 0; from < count; from += batch) {
    const to = Math.min(count, from + batch);
    await work(Array.from({ length: to - from }, (_, index) => from + index + 1), from, to);
  }
  return performance.now() - startedMs;
}

/** People who agreed, with an address, and what they were sent in the last two months. */
async function fill(pool: pg.Pool, people: number, runs: number): Promise<void> {
  const statements = [
    `insert into customer (customer_no, created_at) select n, '2025-01-01' from generate_series(1, ${people}) n`,
    `insert into identifier (kind, hash, customer_no, value) select 2, md5(n::text)::uuid, n, '\\x00' from generate_series(1, ${people}) n`,
    `insert into customer_profile (customer_no, birth_date, country, name_key) select n, date '1950-01-01' + n % 20000, '中国', null from generate_series(1, ${people}) n`,
    `insert into consent (customer_no, channel, purpose, granted, at, source, actor)
      select n, 'sms', 'marketing', n % 20 <> 0, '2025-01-01', 'bench', 'bench' from generate_series(1, ${people}) n`,
    `insert into send_run (program_kind, program_no, step, occasion, occasion_on, channel, purpose, expected_value, arms, state, send_from, created_at, created_by)
      select 'campaign', n, '', '', timestamptz '2026-06-18 04:00Z' - n * interval '90 hours', 'sms', 'marketing', 1, '[]', 'done', now(), now(), 'bench' from generate_series(${runs}, 1, -1) n`,
    `insert into send_run (program_kind, program_no, step, occasion, occasion_on, channel, purpose, expected_value, arms, state, send_from, created_at, created_by)
      values ('campaign', ${runs + 1}, '', '', '2026-06-18', 'sms', 'marketing', 1, '[]', 'running', now(), now(), 'bench')`,
    `select make_send_month((date '2026-06-01' - n * interval '1 month')::date) from generate_series(0, 3) n`,
    `insert into send_claim (customer_no, run_no, occasion_on, state, at)
      select n, run_no, occasion_on, 2, occasion_on + n % 20 * interval '1 hour' from send_run, generate_series(1, ${people}) n where state = 'done' order by run_no, n`,
    `insert into send_decision (occasion_on, run_no, customer_no, arm, verdict, reason, decided_at)
      select occasion_on, run_no, n, 0, 0, 0, occasion_on + n % 20 * interval '1 hour' from send_run, generate_series(1, ${people}) n where state = 'done' order by run_no, n`,
  ];
  for (const statement of statements) await pool.query(statement);
  await pool.query('vacuum analyze');
}

/**
 * One person's page of the ledger, over HTTP's handler, among rows of four months. With PERENNIAL_DATA_DIR the rows stay there for the next time:
 * making them takes longer than all looks at them.
 */
async function* ledger({ rows = 100_000_000, people = 1_000_000, looks = 400 }: Record<string, number>): AsyncGenerator<Figure> {
  const kept = process.env.PERENNIAL_DATA_DIR;
  const dataDir = kept ?? mkdtempSync(join(tmpdir(), 'perennial-ledger-'));
  const { platform, close } = await openPlatform(dataDir);
  try {
    const { rowCount } = await platform.pg.query('select from send_decision limit 1');
    if (rowCount === 0) await fillLedger(platform.pg, rows, people);
    const times: number[] = [];
    for (let look = 0; look < looks; look++) {
      const person = 1 + ((look * 7_919) % people);
      const begunMs = performance.now();
      await decisionsOf(platform.pg, createPrograms(), await lineageOf(platform.pg, person), { limit: 30 });
      times.push(performance.now() - begunMs);
    }
    times.sort((a, b) => a - b);
    const value = Math.round(times[Math.floor(looks * 0.95)] * 10) / 10;
    yield { name: 'gate.ledger.p95', value, unit: 'ms', target: 50, holds: value <= 50, rows, people, looks };
  } finally {
    await close();
    if (kept === undefined) rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Runs that meant everybody, one after the other in four months; two in three got theirs. Indexes that the page reads are made after the rows, as a restore makes them. */
async function fillLedger(pool: pg.Pool, rows: number, people: number): Promise<void> {
  const runs = Math.round(rows / people);
  const ofRun = [
    `insert into send_decision (occasion_on, run_no, customer_no, arm, verdict, reason, decided_at)
      select occasion_on, run_no, n, 0, case when n % 3 = 0 then 2 else 0 end, case when n % 3 = 0 then 3 else 0 end, occasion_on + n % 20 * interval '1 hour'
      from send_run, generate_series(1, $2::int) n where run_no = $1`,
    `insert into send_delivery (occasion_on, run_no, customer_no, state, account_no, attempts, not_before, handed_at)
      select occasion_on, run_no, n, 'handed', 1, 1, occasion_on, occasion_on + n % 20 * interval '1 hour' from send_run, generate_series(1, $2::int) n where run_no = $1 and n % 3 > 0`,
  ];
  const client = await pool.connect();
  try {
    const all = async (statements: readonly string[]): Promise<void> => {
      for (const statement of statements) await client.query(statement);
    };
    await all([
      `insert into customer (customer_no, created_at) select n, '2025-01-01' from generate_series(1, ${people}) n`,
      `insert into send_run (program_kind, program_no, step, occasion, occasion_on, channel, purpose, expected_value, arms, state, send_from, created_at, created_by)
        select 'campaign', n, '', '', date '2026-03-01' + n * 120 / ${runs}, 'sms', 'marketing', 1, '[{"key": "A", "isControl": false}]', 'done', now(), now(), 'bench' from generate_series(0, ${runs - 1}) n`,
      `select make_send_month((date '2026-03-01' + n * interval '1 month')::date) from generate_series(0, 3) n`,
      'alter table send_decision drop constraint send_decision_pkey',
      'alter table send_delivery drop constraint send_delivery_pkey',
      'drop index send_decision_customer, send_decision_next, send_decision_deferred, send_decision_decided, send_delivery_customer, send_delivery_waiting, send_delivery_provider',
    ]);
    for (let run = 1; run <= runs; run++) for (const statement of ofRun) await client.query(statement, [run, people]);
    await all([
      "set maintenance_work_mem = '512MB'",
      'create index send_decision_customer on send_decision (customer_no, decided_at desc)',
      'alter table send_delivery add constraint send_delivery_pkey primary key (occasion_on, run_no, customer_no, occasion)',
      'vacuum analyze send_decision',
      'vacuum analyze send_delivery',
    ]);
  } finally {
    client.release();
  }
}
