import fc from 'fast-check';
import { expect } from 'vitest';
import { proveLedger } from '../../src/domains/membership/ledger/store/proof.ts';
import { dayBoundaryOn } from '../day-closer.ts';
import { createEarningShop, type EarningShop } from '../earning-shop.ts';
import { LiveClub } from './live-club.ts';
import { randomClub, type RandomClub, stepsOfLife } from './random-club.ts';

const addsUp = async ({ platform: { pg } }: EarningShop): Promise<void> => expect(await proveLedger(pg)).toEqual({ imbalances: [], wrongLots: [], overReversed: [] });

/** All that is written of people, but for when a look was made. */
async function written({ platform: { pg } }: EarningShop): Promise<unknown[]> {
  const rows = async (sql: string) => (await pg.query<object>(sql)).rows;
  return Promise.all([
    rows('select customer_no, sum(amount) as points, count(*) from points_entry group by 1 order by 1'), rows('select lot_no, remaining, expires_at from points_lot order by 1'),
    rows('select count(*), sum(amount) as taken from points_allocation'), rows('select customer_no, sum(amount) as growth, count(*) from growth_entry group by 1 order by 1'),
    rows('select customer_no, tier, tier_since, cycle_start, review_at, grace_until from member order by 1'), rows('select customer_no, count(*) from tier_change group by 1 order by 1'),
  ]);
}

/** Days that are closed again, orders that are looked at again and commands that are sent again change nothing. */
async function changesNothingAgain(shop: EarningShop, live: LiveClub): Promise<void> {
  const before = await written(shop);
  await shop.platform.pg.query('delete from day_boundary where day = (select max(day) from day_boundary)');
  await dayBoundaryOn(shop.platform).run();
  await shop.platform.pg.query("delete from membership_cursor where name = 'earning'");
  await shop.round();
  await Promise.all(live.lives.flatMap(({ commands }) => commands).map(async ({ command, done }) => expect(await shop.ledger.execute(command)).toEqual({ ...done, isReplay: true })));
  expect(await written(shop)).toEqual(before);
}

/** What was spent says of which lots, each point of them once, and none before it counted or after its end. */
async function spentOnce({ platform: { pg } }: EarningShop): Promise<void> {
  const { rows } = await pg.query(
    `select (select count(*)::int from points_entry e where kind in ('spend', 'expire') and -amount <> (select coalesce(sum(a.amount), 0) from points_allocation a where a.entry_no = e.entry_no)) as unexplained,
      (select count(*)::int from points_entry e join points_allocation a using (entry_no) join points_lot l using (lot_no) where e.kind = 'spend' and (e.occurred_at >= l.expires_at or e.occurred_at < l.available_at)) as late,
      (select count(*)::int from (select lot_no from points_lot l join points_allocation a using (lot_no) join points_entry e using (entry_no)
        group by lot_no, l.amount having sum(case when kind in ('earn', 'give_back') then 0 else a.amount end) - sum(case when kind = 'give_back' then a.amount else 0 end) > l.amount) t) as twice`);
  expect(rows).toEqual([{ unexplained: 0, late: 0, twice: 0 }]);
}

async function prove(club: RandomClub, seen: Map<string, number>): Promise<void> {
  const shop = await createEarningShop();
  try {
    const live = await LiveClub.open(shop, club);
    for (let step = 0; step < stepsOfLife; step++) {
      await live.step();
      await addsUp(shop);
    }
    await spentOnce(shop);
    await changesNothingAgain(shop, live);
    for (const [what, times] of live.seen) seen.set(what, (seen.get(what) ?? 0) + times);
  } finally {
    await shop.close();
  }
}

/**
 * Random people of random brands live half a year on the real engine, and in a plain computation beside it; returns how often what
 * happened. A failure tells the seed, and the one life that went another way.
 */
export async function proveClubs({ clubs, people, seed }: { clubs: number; people: number; seed: number }): Promise<Map<string, number>> {
  const seen = new Map<string, number>();
  await fc.assert(fc.asyncProperty(randomClub(people), (club) => prove(club, seen)), {
    numRuns: clubs, seed, endOnFailure: true,
    // All lives of a brand would be printed otherwise.
    asyncReporter: async ({ failed, seed: of, counterexamplePath, errorInstance }) => {
      if (failed) throw new Error(`seed ${of}, path ${counterexamplePath}`, { cause: errorInstance });
    },
  });
  return seen;
}
