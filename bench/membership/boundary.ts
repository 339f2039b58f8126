import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { createDayBoundary } from '../../src/domains/membership/boundary/boundary.ts';
import { stepsOf } from '../../src/domains/membership/boundary/steps.ts';
import { lineagesOf } from '../../src/domains/customers/public.ts';
import { createLedger } from '../../src/domains/membership/ledger/ledger.ts';
import { createMall } from '../../src/domains/membership/mall/mall.ts';
import { createMembers } from '../../src/domains/membership/members/members.ts';
import { createProgramme } from '../../src/domains/membership/programme/programme.ts';
import { createTierKeeper } from '../../src/domains/membership/tiers/keep/keeper.ts';
import { createVersionStart } from '../../src/domains/membership/tiers/keep/version-start.ts';
import { plainItem } from '../../test/mall-shop.ts';
import { publishSample, sampleProgramme } from '../../test/sample-programme.ts';
import { openPlatform } from '../input/open-platform.ts';
import type { Figure } from '../run.ts';

const targetSeconds = 300;
const dueShare = 0.03;
const day = '2027-01-01T00:00:00+08:00';
const dayAfter = '2027-01-02T00:00:00+08:00';

/**
 * Members of whom some had a good year and no other: all of these are reviewed on the same day, half of them lose points on it as well. As many
 * others have points from the day after on, enough to be exchanged by themselves.
 */
async function fill(pool: pg.Pool, members: number, due: number): Promise<void> {
  await publishSample(pool, sampleProgramme({ tierRules: { clock: { kind: 'calendar', months: 12, startMonth: 1 }, drop: 'one_level' }, autoRedeem: { points: 60, itemNo: 1, perMonth: 1 } }), '2025-01-01T00:00:00+08:00');
  await pool.query("insert into customer (customer_no, created_at) select n, '2025-01-01' from generate_series(1, $1::int) n", [members]);
  await pool.query("insert into member (customer_no, joined_at, joined_by, tier, tier_since, cycle_start, version_no) select n, '2025-01-01', 'order', 'silver', '2025-01-01', '2025-01-01', 1 from generate_series(1, $1::int) n", [members]);
  await pool.query(
    `insert into growth_entry (customer_no, amount, kind, occurred_at, recorded_at, entry_key, derivation)
      select n, 400, 'order', at, at, 'order ' || n || ' ' || k, '{"reason": "order"}' from generate_series(1, $1::int) n, generate_series(1, 3) k, lateral (select timestamptz '2025-03-01' + (n % 90 + 60 * k) * interval '1 day' as at) w`, [due]);
  await pool.query("update member set due_at = '2025-03-01' where customer_no <= $1", [due]);
  await giveLots(pool, `n % 2 = 0 and n <= ${due}`, { amount: 50, from: '2025-03-01', until: day });
  await giveLots(pool, `n > ${due} and n <= ${2 * due}`, { amount: 60, from: dayAfter, until: null });
  await pool.query("insert into mall_item (definition, state, edited_by, edited_at) values ($1, 'listed', 'bench', now())", [{ ...plainItem, points: 50, delivery: { kind: 'made_codes', prefix: '' } }]);
  await pool.query("select setval('points_no', $1::int)", [members]);
  await pool.query('vacuum analyze member, growth_entry, points_lot, points_account');
}

async function giveLots(pool: pg.Pool, who: string, { amount, from, until }: { amount: number; from: string; until: string | null }): Promise<void> {
  const people = `from generate_series(1, (select max(customer_no) from customer)) n where ${who}`;
  await pool.query(`insert into points_account (customer_no, due_at) select n, $1 ${people}`, [until]);
  await pool.query(`insert into points_entry (entry_no, customer_no, kind, amount, shortfall, occurred_at, recorded_at, derivation) select n, n, 'earn', $1, 0, '2025-03-01', '2025-03-01', '{}' ${people}`, [amount]);
  await pool.query(`insert into points_lot (lot_no, customer_no, amount, remaining, earned_at, available_at, expires_at) select n, n, $1, $1, '2025-03-01', $2, $3 ${people}`, [amount, from, until]);
  await pool.query(`insert into points_allocation (entry_no, lot_no, amount) select n, n, $1 ${people}`, [amount]);
}

/** The boundary of a day on which many of very many members have something due. */
export async function* measure({ members }: { members: number }): AsyncGenerator<Figure> {
  const due = Math.ceil(members * dueShare);
  const dataDir = mkdtempSync(join(tmpdir(), 'perennial-boundary-'));
  const { platform, close } = await openPlatform(dataDir);
  try {
    await fill(platform.pg, members, due);
    const programme = createProgramme(platform);
    const ledger = createLedger(platform, lineagesOf);
    const mall = createMall({ platform, ledger, programme, members: createMembers(platform, programme) });
    const closing = createDayBoundary(platform, stepsOf(ledger, createTierKeeper(platform, programme), createVersionStart(platform, programme), mall.autoRedeem));
    const closeAt = async (moment: string): Promise<number> => {
      platform.clock.now = () => new Date(moment);
      const startedMs = performance.now();
      await closing.run();
      return Math.round((performance.now() - startedMs) / 100) / 10;
    };
    // The first time everybody who ever grew is looked at: they rise, and are due at the end of the year.
    const first = await closeAt('2026-12-31T00:00:01+08:00');
    yield { name: 'membership.boundary.first', value: first, unit: 's', target: targetSeconds, holds: first <= targetSeconds, members, due };
    const seconds = await closeAt(day.replace('00:00:00', '00:00:01'));
    const { rows: [{ dropped, ended }] } = await platform.pg.query<{ dropped: number; ended: number }>(
      "select (select count(*) from tier_change where kind = 'drop') as dropped, (select count(*) from points_entry where kind = 'expire') as ended");
    yield { name: 'membership.boundary', value: seconds, unit: 's', target: targetSeconds, holds: seconds <= targetSeconds && dropped === due, members, due, dropped, ended };
    const redeeming = await closeAt(dayAfter.replace('00:00:00', '00:00:01'));
    const { rows: [{ exchanged }] } = await platform.pg.query<{ exchanged: number }>("select count(*) as exchanged from mall_order where state = 'fulfilled'");
    yield { name: 'membership.boundary.redeem', value: redeeming, unit: 's', target: targetSeconds, holds: redeeming <= targetSeconds && exchanged === due, members, due, exchanged };
  } finally {
    await close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
