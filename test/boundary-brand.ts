import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTestPlatform, type TestPlatform } from './harness.ts';
import { plainItem } from './mall-shop.ts';
import { publishSample, sampleProgramme } from './sample-programme.ts';
import { addMembers } from './tier-brand.ts';

/** Members with growth, tiers and points, of whom very many have something due on the same day. */
export async function createBoundaryBrand(people: number, gifts: number): Promise<TestPlatform> {
  const test = await createTestPlatform();
  const { pg } = test.platform;
  await publishSample(
    pg,
    sampleProgramme({
      tierRules: { clock: { kind: 'calendar', months: 12, startMonth: 1 }, drop: 'recompute' },
      autoRedeem: { points: 60, itemNo: 1, perMonth: 1 },
    }),
    '2025-01-01T00:00:00+08:00',
  );
  await addMembers(
    pg,
    Array.from({ length: people }, (_, i) => i + 1),
    '2025-01-01T00:00:00+08:00',
  );
  await pg.query(
    `insert into growth_entry (customer_no, amount, kind, occurred_at, recorded_at, entry_key, derivation)
      select n, case n % 4 when 0 then 6000 else 1200 end, 'order', at, at, 'seed ' || n, '{}' from (select n, timestamptz '2025-02-01T12:00:00+08:00' + n % 200 * interval '1 day' as at from generate_series(1, $1::int) n) s`,
    [people],
  );
  await pg.query("update member set due_at = '2025-02-01'");
  await pg.query(
    'insert into points_account (customer_no, due_at) select n, $2 from generate_series(1, $1::int) n where n % 3 = 0',
    [people, '2027-01-01T00:00:00+08:00'],
  );
  await pg.query(
    `with entry as (insert into points_entry (entry_no, customer_no, kind, amount, shortfall, occurred_at, recorded_at, derivation)
        select n, n, 'earn', 50, 0, '2025-03-01', '2025-03-01', '{}' from generate_series(1, $1::int) n where n % 3 = 0 returning entry_no, customer_no),
      lot as (insert into points_lot (lot_no, customer_no, amount, remaining, earned_at, available_at, expires_at)
        select customer_no, customer_no, 50, 50, '2025-03-01', '2025-03-01', '2027-01-01T00:00:00+08:00' from entry returning lot_no)
      insert into points_allocation (entry_no, lot_no, amount) select entry_no, entry_no, 50 from entry`,
    [people],
  );
  // Every third has points from that moment on, enough to exchange; there is less than they would take.
  await pg.query(
    'insert into points_account (customer_no, due_at) select n, $2 from generate_series(1, $1::int) n where n % 3 = 1',
    [people, '2027-01-02T00:00:00+08:00'],
  );
  await pg.query(
    `with entry as (insert into points_entry (entry_no, customer_no, kind, amount, shortfall, occurred_at, recorded_at, derivation)
        select n, n, 'earn', 60, 0, '2026-12-01', '2026-12-01', '{}' from generate_series(1, $1::int) n where n % 3 = 1 returning entry_no, customer_no),
      lot as (insert into points_lot (lot_no, customer_no, amount, remaining, earned_at, available_at, expires_at)
        select customer_no, customer_no, 60, 60, '2026-12-01', '2027-01-01T00:00:00+08:00', '2027-01-02T00:00:00+08:00' from entry returning lot_no)
      insert into points_allocation (entry_no, lot_no, amount) select entry_no, entry_no, 60 from entry`,
    [people],
  );
  await pg.query(
    "insert into mall_item (definition, state, stock, edited_by, edited_at) values ($1, 'listed', $2, 'test', now())",
    [{ ...plainItem, points: 40, delivery: { kind: 'made_codes', prefix: '' } }, gifts],
  );
  await pg.query("select setval('points_no', 1000000)");
  return test;
}

/** Everything that is the same however often and wherever the boundary was interrupted. */
export async function stateOf({ platform: { pg } }: TestPlatform): Promise<unknown> {
  const [members, changes, points, orders] = await Promise.all([
    pg.query(
      'select customer_no, tier, tier_since, cycle_start, review_at, grace_until, due_at, version_no, life from member order by 1',
    ),
    pg.query(
      'select customer_no, kind, from_tier, to_tier, cycle_start, occurred_at, derivation from tier_change order by customer_no, occurred_at, kind',
    ),
    pg.query('select customer_no, kind, sum(amount) as amount from points_entry group by 1, 2 order by 1, 2'),
    pg.query('select customer_no, command_key, state from mall_order order by 1'),
  ]);
  // How far a look went in time is when it was made.
  return {
    members: members.rows.map(({ life, ...row }) => ({ ...row, life: { ...life, at: null } })),
    changes: changes.rows,
    points: points.rows,
    orders: orders.rows,
  };
}

/** Whether all steps of a day are done. */
const closedSql = "select coalesce(bool_and(ended_at is not null), false) as closed from day_boundary where day = $1";

export interface Kills {
  /** How long a process is let work, by how many were killed before it. */
  delayMs(kills: number): number;
  /** After so many nobody is killed any more. */
  most: number;
}

/**
 * Closes the day of a moment by two processes at once, of which the one that began first is killed again and again, and another begins, until the
 * day is closed; returns how many were killed.
 */
export async function closeUnderKills({ platform, connections }: TestPlatform, at: string, { delayMs, most }: Kills): Promise<number> {
  const begin = (): ChildProcess => fork(join(import.meta.dirname, 'day-closer.ts'), [JSON.stringify(connections), at], { stdio: 'inherit' });
  const isClosed = async (): Promise<boolean> => (await platform.pg.query<{ closed: boolean }>(closedSql, [at.slice(0, 10)])).rows[0].closed;
  const ready = new WeakMap<ChildProcess, Promise<unknown>>();
  const start = (): ChildProcess => {
    const child = begin();
    ready.set(child, once(child, 'message'));
    return child;
  };
  const children = [start(), start()];
  let kills = 0;
  for (;;) {
    const [first] = children;
    await ready.get(first);
    await sleep(delayMs(kills));
    if (await isClosed()) break;
    // Those who are left finish.
    if (kills === most) continue;
    children.shift();
    kills += Number(first.kill('SIGKILL'));
    children.push(start());
  }
  for (const child of children) {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
  // The database may still be ending what the dead had sent.
  await sleep(200);
  return kills;
}
