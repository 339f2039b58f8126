import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLedger } from '../../src/domains/membership/ledger/ledger.ts';
import { pointsRoutes } from '../../src/domains/membership/points/routes.ts';
import { systemActor } from '../../src/kernel/actor.ts';
import { createServer } from '../../src/platform/http/server.ts';
import { createSay } from '../../src/platform/i18n.ts';
import { lineagesOf } from '../../src/domains/customers/public.ts';
import { openPlatform } from '../input/open-platform.ts';
import type { MembershipSize } from '../membership.ts';
import type { Figure } from '../run.ts';

const rounds = 500;
const atOnce = 500_000;

/** What somebody has, and the lines that say why, over HTTP, with a ledger of two earnings each. */
export async function* measure({ members }: MembershipSize): AsyncGenerator<Figure> {
  const dataDir = mkdtempSync(join(tmpdir(), 'perennial-balance-'));
  const { platform, log, close } = await openPlatform(dataDir);
  try {
    for (let from = 1; from <= members; from += atOnce) await earn(platform.pg, from, Math.min(members, from + atOnce - 1));
    await platform.pg.query('analyze points_entry, points_lot, points_account, customer');
    const routes = pointsRoutes(platform, createLedger(platform, lineagesOf), createSay());
    const server = await createServer({ log, say: createSay(), routes, authenticate: async () => systemActor });
    for (const [name, path] of [['balance', 'points'], ['explanation', 'points/entries']]) {
      const took: number[] = [];
      for (let i = 0; i < rounds; i++) {
        const startedMs = performance.now();
        const reply = await server.inject({ method: 'GET', url: `/api/members/${1 + ((i * 7_919 * 104_729) % members)}/${path}` });
        if (reply.statusCode !== 200) throw new Error(reply.body);
        took.push(performance.now() - startedMs);
      }
      const p95 = Math.round((took.sort((a, b) => a - b)[Math.floor(rounds * 0.95)] ?? 0) * 10) / 10;
      yield { name: `membership.${name}.p95`, value: p95, unit: 'ms', target: 30, holds: p95 <= 30, members };
    }
    await server.close();
  } finally {
    await close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

type Pool = Parameters<typeof createLedger>[0]['pg'];

/** Written in bulk: what is measured is reading. */
async function earn(pool: Pool, from: number, to: number): Promise<void> {
  const each = 'generate_series($1::int, $2::int) as n, generate_series(0, 1) as k';
  await pool.query('insert into customer (customer_no, created_at) select n, now() from generate_series($1::int, $2::int) as n', [from, to]);
  await pool.query('insert into points_account (customer_no) select n from generate_series($1::int, $2::int) as n', [from, to]);
  await pool.query(`insert into points_entry (entry_no, customer_no, kind, amount, occurred_at, recorded_at, derivation) select 2 * n::bigint + k, n, 'earn', 100, now(), now(), '{"rate": "1"}' from ${each}`, [from, to]);
  await pool.query(`insert into points_lot (lot_no, customer_no, amount, remaining, earned_at, available_at, expires_at) select 2 * n::bigint + k, n, 100, 100, now(), now(), now() + interval '1 year' from ${each}`, [from, to]);
  await pool.query(`insert into points_allocation (entry_no, lot_no, amount) select 2 * n::bigint + k, 2 * n::bigint + k, 100 from ${each}`, [from, to]);
}
