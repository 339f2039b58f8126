import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { lineagesOf } from '../src/domains/customers/public.ts';
import { createRound } from '../src/domains/membership/earning/round/round.ts';
import { createLedger } from '../src/domains/membership/ledger/ledger.ts';
import { proveLedger } from '../src/domains/membership/ledger/store/proof.ts';
import { createMembers } from '../src/domains/membership/members/members.ts';
import { createProgramme } from '../src/domains/membership/programme/programme.ts';
import { inTransaction } from '../src/platform/postgres/pool.ts';
import type { Platform } from '../src/platform/platform.ts';
import { manyOrders } from '../test/many-orders.ts';
import { publishSample, sampleProgramme } from '../test/sample-programme.ts';
import { openPlatform } from './input/open-platform.ts';
import type { Figure } from './run.ts';

const targetPerSecond = 20_000;
const ticksMs = 20;

/** A first look at five years of orders: every order earns by the rules of its time, in points and growth. */
export async function* run({ customers = 40_000, each = 5 }: Record<string, number>): AsyncGenerator<Figure> {
  // A folder that is named is a copy of one with orders: of them those of its last customers are looked at.
  const kept = process.env.PERENNIAL_DATA_DIR;
  const dataDir = kept ?? mkdtempSync(join(tmpdir(), 'perennial-earning-'));
  const { platform, close } = await openPlatform(dataDir);
  try {
    const { pg } = platform;
    const expiry = { kind: 'duration' as const, months: 12, roundTo: 'month' as const };
    await publishSample(pg, sampleProgramme({ points: { expiry, takeBack: 'debt' } }), '2021-01-01T00:00:00Z');
    const orders = kept ? await lastOrders(platform, customers) : await manyOrders(platform, customers, each);
    await pg.query(`insert into membership_cursor (name, position) values ('joining', '{"after": null}') on conflict do nothing`);
    const programme = createProgramme(platform);
    const round = createRound({ platform, programme, members: createMembers(platform, programme), ledger: createLedger(platform, lineagesOf) });
    const lateMs = watchTurns();
    const startedMs = performance.now();
    while (await round());
    const perSecond = Math.round((orders / (performance.now() - startedMs)) * 1_000);
    const late = lateMs();
    const { rows: [{ earned }] } = await pg.query<{ earned: number }>('select count(*)::int as earned from order_earning');
    if (earned !== orders) throw new Error(`${earned} of ${orders} orders have earned.`);
    const { imbalances, wrongLots } = await proveLedger(pg);
    if (imbalances.length + wrongLots.length > 0) throw new Error('The ledger does not add up.');
    const size = { customers, orders };
    yield { name: 'earning.first_look', value: perSecond, unit: 'orders/s', target: targetPerSecond, holds: perSecond >= targetPerSecond, ...size };
    const memory = Math.round(process.resourceUsage().maxRSS / 1_024);
    yield { name: 'earning.memory', value: memory, unit: 'MiB', target: 1_024, holds: memory <= 1_024, ...size };
    // Whatever else the process answers meanwhile waits as long.
    yield { name: 'earning.turn.p99', value: late, unit: 'ms', target: 50, holds: late <= 50, ...size };
  } finally {
    await close();
    if (!kept) rmSync(dataDir, { recursive: true, force: true });
  }
}

/** How late turns of the event loop came, the slowest of a hundred. */
function watchTurns(): () => number {
  const late: number[] = [];
  let isOver = false;
  const watch = async (): Promise<void> => {
    while (!isOver) {
      const askedMs = performance.now();
      await sleep(ticksMs);
      late.push(performance.now() - askedMs - ticksMs);
    }
  };
  void watch();
  return () => {
    isOver = true;
    return Math.round((late.sort((a, b) => a - b)[Math.floor(late.length * 0.99)] ?? 0) * 10) / 10;
  };
}

/** Makes members of a folder's customers, and lets the look begin at the last so many of them; returns how many orders they have. */
async function lastOrders({ pg: pool, clickhouse }: Platform, customers: number): Promise<number> {
  const [{ last }] = (await clickhouse.rows('select toUInt32(max(customer_no)) as last from order_line')) as { last: number }[];
  const after = Math.max(0, last - customers);
  await inTransaction(pool, (client) => makeMembers(client, after, last));
  const { rows: [{ versionNo }] } = await pool.query<{ versionNo: number }>('select min(version_no) as "versionNo" from programme_version');
  const begun = { appliedBefore: new Date(), imports: [], firstVersion: versionNo, joinsUpTo: { transactionId: '0', changeNo: 0 }, passAfter: after };
  await pool.query("insert into membership_cursor (name, position) values ('earning', $1)", [begun]);
  const [{ orders }] = (await clickhouse.rows(
    `select toUInt32(uniqExact(order_key)) as orders from order_line where customer_no > {after:UInt32} and kind = 'sale'`, { after }, { timeoutMs: 600_000 })) as { orders: number }[];
  return orders;
}

async function makeMembers(client: pg.PoolClient, after: number, last: number): Promise<void> {
  await client.query("set local session_replication_role = 'replica'");
  await client.query("insert into customer (customer_no, created_at) select n, '2020-01-01' from generate_series($1::int + 1, $2::int) n on conflict do nothing", [after, last]);
  await client.query(
    `insert into member (customer_no, joined_at, joined_by, tier, tier_since, cycle_start, version_no)
      select n, '2020-01-01', 'policy', 'silver', '2020-01-01', '2020-01-01', (select min(version_no) from programme_version) from generate_series($1::int + 1, $2::int) n`, [after, last]);
}
