import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import type { Command } from '../src/domains/membership/ledger/command.ts';
import { createLedger } from '../src/domains/membership/ledger/ledger.ts';
import { openPlatform } from './input/open-platform.ts';
import type { Figure } from './run.ts';

const dayMs = 86_400_000;

/** Points earned and redeemed by many at once, each answered when it is on disk; and the same rows written by hand, a transaction a command. */
export async function* run({ customers = 100_000, clients = 64, seconds = 20 }: Record<string, number>): AsyncGenerator<Figure> {
  const dataDir = mkdtempSync(join(tmpdir(), 'perennial-points-'));
  const { platform, close } = await openPlatform(dataDir);
  const size = { customers, clients, seconds };
  try {
    const ledger = createLedger(platform, async (_, numbers) => new Map(numbers.map((no) => [no, [no]])));
    let sent = 0;
    const command = (): Command => {
      const no = ++sent;
      const now = Date.now();
      const base = { key: `bench ${no}`, customerNo: 1 + ((no * 7_919) % customers), occurredAt: now, derivation: { order: `O${no}`, rate: '1', base: '99.00' } };
      return no % 2 === 0 ? { ...base, kind: 'spend', amount: 1 } : { ...base, kind: 'earn', amount: 100, availableAt: now, expiresAt: now + 365 * dayMs };
    };
    const measured = await load(clients, seconds, () => ledger.execute(command()).catch(() => undefined));
    yield { name: 'points.commands', value: measured.perSecond, unit: '/s', target: 3_000, holds: measured.perSecond >= 3_000, ...size };
    yield { name: 'points.command.p99', value: measured.p99, unit: 'ms', target: 100, holds: measured.p99 <= 100, ...size };
    await platform.pg.query('create table by_hand_account (no int primary key, balance bigint not null); create table by_hand_entry (no bigint primary key, account int, amount bigint, at timestamptz, derivation jsonb); create table by_hand_command (key text primary key, hash bytea, outcome jsonb)');
    await platform.pg.query('insert into by_hand_account select n, 1000000 from generate_series(1, $1) n', [customers]);
    const bare = await load(clients, seconds, () => byHand(platform.pg, command()));
    yield { name: 'points.by_hand', value: bare.perSecond, unit: '/s', target: 0, holds: true, ...size, ratio: Math.round((measured.perSecond / bare.perSecond) * 100) / 100 };
  } finally {
    await close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** What one would write by hand: an update that cannot go below zero, an entry and the key, in a transaction of their own. */
async function byHand(pool: pg.Pool, { key, customerNo, kind, derivation }: Command): Promise<void> {
  const amount = kind === 'spend' ? -1 : 100;
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query({ name: 'hand-account', text: 'update by_hand_account set balance = balance + $2 where no = $1 and balance + $2 >= 0', values: [customerNo, amount] });
    await client.query({ name: 'hand-entry', text: 'insert into by_hand_entry values ($1, $2, $3, now(), $4)', values: [Number(key.slice(6)), customerNo, amount, JSON.stringify(derivation)] });
    await client.query({ name: 'hand-command', text: "insert into by_hand_command values ($1, sha256($1::text::bytea), '{}')", values: [key] });
    await client.query('commit');
  } finally {
    client.release();
  }
}

async function load(clients: number, seconds: number, work: () => Promise<unknown>): Promise<{ perSecond: number; p99: number }> {
  const times: number[] = [];
  const startedMs = performance.now();
  const untilMs = startedMs + seconds * 1_000;
  await Promise.all(Array.from({ length: clients }, async () => {
    while (performance.now() < untilMs) {
      const begunMs = performance.now();
      await work();
      times.push(performance.now() - begunMs);
    }
  }));
  times.sort((a, b) => a - b);
  return { perSecond: Math.round(times.length / ((performance.now() - startedMs) / 1_000)), p99: Math.round(times[Math.floor(times.length * 0.99)] * 10) / 10 };
}
