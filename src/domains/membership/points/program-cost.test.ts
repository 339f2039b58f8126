import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ActivityClub, createActivityClub } from '../../../../test/activity-club.ts';
import { prize, sampleLottery } from '../../../../test/sample-activity.ts';
import { Problem } from '../../../kernel/problem.ts';
import { seededRandom } from '../../../kernel/seeded-random.ts';
import { pointsGiver } from '../benefits/givers/points-giver.ts';
import type { Command } from '../ledger/command.ts';
import { createProgramme } from '../programme/programme.ts';
import { heldPoints } from './held-points.ts';
import { followPointsCost, pointsCost } from './program-cost.ts';

const dayMs = 86_400_000;
const people = 6;
/** Gives so many points to whoever takes part, as often as they do. */
const certain = (points: number) => sampleLottery({ cost: 0, prizes: [prize('points', 1_000, { kind: 'points', points }), prize('thanks', 0, { kind: 'nothing' })] });

describe('what points of activities and benefits cost', () => {
  let club: ActivityClub;
  let activityNos: number[];
  let benefitId: number;
  /** By their programs' keys. */
  let programs: string[];
  let now = Date.parse('2026-07-01T00:00:00Z');
  beforeAll(async () => {
    club = await createActivityClub({ people, points: 50 });
    club.setTime(new Date(now));
    activityNos = [await club.run(certain(30), { validDays: 20 }), await club.run(certain(8))];
    [{ benefitId }] = await club.rows<{ benefitId: number }>(`insert into benefit (kind, definition, starts_at, created_at, changed_at, changed_by) values ('joining', '{}', now(), now(), now(), 'test') returning benefit_id as "benefitId"`);
    programs = [...activityNos.map((no) => `activity:${no}`), `benefit:${benefitId}`];
  });
  afterAll(() => club.test.close());
  const advance = (ms: number): void => club.setTime(new Date((now += ms)));
  let made = 0;
  const base = (customerNo: number) => ({ key: `c${++made}`, customerNo, occurredAt: now, derivation: {} });
  const take = (activityNo: number, customerNo: number) => club.activities.takePart({ key: `p${++made}`, activityNo, customerNo });
  /** What a benefit gives, as its giver does; returns the key. */
  const give = async (customerNo: number, amount: number): Promise<string> => {
    const gift = { giver: 'points', of: '', amount };
    const [{ grantNo }] = await club.rows<{ grantNo: number }>(
      `insert into benefit_grant (key, benefit_id, benefit_version, customer_no, gifts, points, cost, derivation, occurred_at, recorded_at, state, is_spent)
        values ($1, $2, 1, $3, $4, $5, 0, '{}', $6, $6, 'given', true) returning grant_no as "grantNo"`, [`g${++made}`, benefitId, customerNo, JSON.stringify([gift]), amount, new Date(now)]);
    const key = `benefit ${grantNo} 0`;
    await pointsGiver(club.ledger, () => '').grant({ key, customerNo, gift, at: now, expiresAt: now + 30 * dayMs, title: 'Gift' });
    return key;
  };
  const follow = (): Promise<number> => followPointsCost({ platform: club.test.platform, programme: createProgramme(club.test.platform) });
  const earnKey = (participationNo: number): string => `activity ${participationNo} points`;
  const costs = async () => {
    const told = await pointsCost(club.test.platform.pg);
    return new Map(programs.map((key) => {
      const { given, redeemed, lapsed } = told.get(key) ?? { given: '0', redeemed: '0', lapsed: '0' };
      return [key, [given, redeemed, lapsed].map((money) => Math.round(Number(money) * 100))];
    }));
  };
  /** The same, of every entry there is, walked one after the other: what went into lots that stand for a program's, and what came out. */
  const walked = async () => {
    const lots = await club.rows<{ lotNo: number; restores: number | null }>('select lot_no as "lotNo", restores from points_lot order by lot_no');
    const moves = await club.rows<{ lotNo: number; amount: number; kind: string; of: string | null; program: string | null }>(
      `select lot_no as "lotNo", a.amount, e.kind, r.kind as of, case when e.command_key like 'benefit %' then 'benefit:${benefitId}' else 'activity:' || (e.derivation ->> 'activity') end as program
        from points_allocation a join points_entry e using (entry_no) left join points_entry r on r.entry_no = e.reverses order by allocation_no`);
    const owner = new Map(moves.flatMap(({ lotNo, kind, program }) => (kind === 'earn' && program !== null ? [[lotNo, program] as const] : [])));
    for (const { lotNo, restores } of lots) if (restores !== null && owner.has(restores)) owner.set(lotNo, owner.get(restores)!);
    const sums = new Map(programs.map((key) => [key, [0, 0, 0]]));
    for (const { lotNo, amount, kind, of } of moves) {
      const mine = sums.get(owner.get(lotNo) ?? '');
      if (!mine) continue;
      if (kind === 'earn') mine[0] += amount;
      else if (kind === 'spend') mine[1] += amount;
      else if (kind === 'give_back') mine[of === 'spend' ? 1 : 2] -= amount;
      else mine[2] += amount;
    }
    return sums;
  };

  it('is booked once as it is redeemed, given back, ended or taken back, whatever is done in whatever order and however often it is looked: 300 steps', async () => {
    const random = seededRandom(77);
    const below = (n: number): number => Math.floor(random() * n);
    const earned: { key: string; who: number }[] = [];
    const taken: { key: string; who: number }[] = [];
    const tried = async (command: Command): Promise<boolean> => club.ledger.execute(command).then(() => true, (error: unknown) => {
      if (error instanceof Problem) return false;
      throw error;
    });
    let counted = 0;
    for (let step = 0; step < 300; step++) {
      const who = 1 + below(people);
      const amount = 1 + below(40);
      const what = below(12);
      if (what > 9) earned.push({ key: await give(who, 1 + below(20)), who });
      else if (what < 4) earned.push({ key: earnKey((await take(activityNos[below(2)], who)).participationNo), who });
      else if (what < 7) {
        // Half of them spend all they have: what is taken back then is owed.
        const [{ all }] = await club.rows<{ all: number }>('select coalesce(sum(remaining), 0)::int as all from points_lot where customer_no = $1 and coalesce(expires_at > $2, true)', [who, new Date(now)]);
        const command: Command = { ...base(who), kind: 'spend', amount: below(2) === 0 && all > 0 ? all : amount };
        if (await tried(command)) taken.push({ key: command.key, who });
      } else if (what === 7 && taken.length > 0) await tried({ ...base(who), ...pick(taken), kind: 'give_back', amount: 1 + below(10), reinstatedUntil: now + 5 * dayMs });
      else if (what === 8 && earned.length > 0) {
        const command = { ...base(who), ...pick(earned), kind: 'take_back' as const, amount: 1 + below(20), policy: (['within_balance', 'debt'] as const)[below(2)], debtLimit: 100 };
        if (await tried(command)) taken.push({ key: command.key, who: command.customerNo });
      } else advance(below(3) * dayMs);
      if (below(3) > 0) continue;
      if (below(4) === 0) await club.ledger.settleDue();
      counted += await follow();
      expect(await costs(), `step ${step}`).toEqual(await walked());
      expect(await follow()).toBe(0);
    }
    function pick(of: { key: string; who: number }[]) {
      const { key, who } = of[below(of.length)];
      return { of: key, customerNo: who };
    }
    expect(counted).toBeGreaterThan(100);
    expect((await club.rows('select from points_debt')).length).toBeGreaterThan(1);
    const all = [...(await costs()).values()];
    for (const [given, redeemed, lapsed] of all) expect(Math.min(redeemed, lapsed, given - redeemed - lapsed), JSON.stringify(all)).toBeGreaterThan(0);
  });

  it('is seen although it was recorded long before it could be', async () => {
    const client = await club.test.platform.pg.connect();
    await follow();
    const [before] = (await costs()).get(programs[1])!;
    await client.query('begin');
    await club.ledger.carryOut(client, [{ ...base(1), key: 'activity 999 points', kind: 'earn', amount: 70, availableAt: now, expiresAt: null, derivation: { activity: activityNos[1] } }]);
    // Others are looked at meanwhile, minutes later by the clock that entries are recorded with and seconds later by the database's.
    await client.query('select pg_sleep(0.05)');
    advance(20);
    await follow();
    expect((await costs()).get(programs[1])![0]).toBe(before);
    await client.query('commit');
    client.release();
    await follow();
    expect((await costs()).get(programs[1])![0]).toBe(before + 70);
  });

  it('of who ever owed any is reckoned anew once a day as long as it is not used up', async () => {
    const [{ customerNo: who }] = await club.rows<{ customerNo: number }>('select customer_no as "customerNo" from points_debt order by 1');
    await club.ledger.execute({ ...base(who), kind: 'earn', amount: 1_000, availableAt: now, expiresAt: null });
    const { participationNo } = await take(activityNos[1], who);
    await club.ledger.execute({ ...base(who), kind: 'take_back', of: earnKey(participationNo), amount: 1, policy: 'within_balance', debtLimit: 0 });
    await follow();
    await club.rows('update program_points set lapsed = 0 where program = $1', [programs[1]]);
    await club.rows('update program_points_cost c set lapsed = 0 where program = $1', [programs[1]]);
    advance(dayMs);
    expect(await follow()).toBeGreaterThan(0);
    const fresh = await club.rows<{ lapsed: string }>('select lapsed from program_points join points_allocation using (lot_no) join points_entry using (entry_no) where command_key = $1', [earnKey(participationNo)]);
    expect(fresh).toEqual([{ lapsed: '0.0100' }]);
  });

  it('of people who are forgotten is released, and what they redeemed stays spent', async () => {
    await club.rows('delete from program_points');
    await club.rows('delete from program_points_cost');
    advance(dayMs);
    await take(activityNos[0], 3);
    await club.ledger.execute({ ...base(3), kind: 'spend', amount: 10 });
    await follow();
    const [given, redeemed] = (await costs()).get(programs[0])!;
    await heldPoints(club.test.platform.pg).erase({ customerNos: [3] } as never);
    expect((await costs()).get(programs[0])).toEqual([given, redeemed, given - redeemed]);
    advance(dayMs);
    expect(await follow()).toBe(0);
    expect((await costs()).get(programs[0])).toEqual([given, redeemed, given - redeemed]);
  });
});
