import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ActivityClub, createActivityClub } from '../../../../test/activity-club.ts';
import { killWriter } from '../../../../test/kill-writer.ts';
import { played } from '../../../../test/played.ts';
import { prize, sampleLottery } from '../../../../test/sample-activity.ts';
import { proveLedger } from '../ledger/store/proof.ts';

describe('activities, when the one who carries them out dies', () => {
  let club: ActivityClub;
  beforeAll(async () => {
    club = await createActivityClub({ people: 40, points: 1_000 });
    const itemNo = await club.addItem({ points: 0, delivery: { kind: 'made_codes', prefix: '' } }, null);
    // A draw with few of its best prizes, a draw of things of the mall, and an exchange of which there are not many.
    await club.run(sampleLottery({ cost: 2, prizes: [
      prize('grand', 500, { kind: 'points', points: 9 }, 25),
      prize('small', 400, { kind: 'points', points: 1 }),
      prize('thanks', 100, { kind: 'nothing' }),
    ] }), { budget: 4_000 });
    await club.run(sampleLottery({ cost: 1, prizes: [
      prize('code', 1, { kind: 'item', itemNo }, 40),
      prize('thanks', 1, { kind: 'points', points: 1 }),
    ] }));
    await club.run({ kind: 'exchange', itemNo, points: 3, stock: 60 });
  });
  afterAll(() => club.test.close());

  /** What must never be found, each as a question for rows. */
  const faults = {
    'a participation that nobody finishes': "select participation_no from activity_participation where state <> 'done'",
    'a cost that was not paid once': `select participation_no from activity_participation p where activity_no < 3
      and (select coalesce(sum(amount), 0) from points_entry where command_key = 'activity ' || participation_no || ' cost') <> -p.cost`,
    'points that were not given once': `select participation_no from activity_participation p
      where (select coalesce(sum(amount), 0) from points_entry where command_key = 'activity ' || participation_no || ' points') <> p.points`,
    'points that were paid or given for nothing': `select command_key from points_entry e where command_key like 'activity %'
      and not exists (select from activity_participation where participation_no = split_part(e.command_key, ' ', 2)::bigint)`,
    'prizes that say something else than participations': `select activity_no, prize_key from activity_prize z
      where given <> (select count(*) from activity_participation p where p.activity_no = z.activity_no and p.prize_key = z.prize_key)`,
    'a budget that says something else than participations': `select activity_no from activity a
      where budget is not null and promised <> (select sum(points) from activity_participation p where p.activity_no = a.activity_no)`,
    'an order of the mall that belongs to no participation': `select order_no from mall_order o
      where not exists (select from activity_participation p where p.order_no = o.order_no)`,
  };

  it('are finished or gone after a kill at any moment: paid once, drawn once, given once, and never more than there is', async () => {
    for (const [round, ms] of [150, 400, 800].entries()) {
      club.setTime(new Date());
      const acknowledged = await killWriter('activity-player.ts', club.test.connections, `run ${round}`, ms);
      club.setTime(new Date(Date.now() + 16_000));
      while ((await club.mall.tidyUp()) + (await club.activities.tidyUp()) > 0);
      for (const [fault, sql] of Object.entries(faults)) expect(await club.rows(sql), fault).toEqual([]);
      const again = await Promise.all(acknowledged.map((n) => club.activities.takePart(played(`run ${round}`, n))));
      expect(again.filter(({ isReplay }) => !isReplay)).toEqual([]);
      expect(await proveLedger(club.test.platform.pg)).toEqual({ imbalances: [], wrongLots: [], overReversed: [] });
    }
    const [{ n }] = await club.rows<{ n: number }>('select count(*)::int as n from activity_participation');
    expect(n).toBeGreaterThan(20);
  });
});
