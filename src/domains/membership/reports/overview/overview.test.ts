import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createMembershipServer,
  type MembershipServer,
} from '../../../../../test/membership-server.ts';
import { publishSample, sampleProgramme } from '../../../../../test/sample-programme.ts';
import { readMembersOverview } from '../../contract.ts';
import { breakageOf } from './breakage.ts';
import { computeReport } from './compute-report.ts';
import { keepReport } from './kept-report.ts';

describe('points that will never be spent', () => {
  const lots = (count: number, each: number) => ({
    count,
    amount: count * each,
    squares: count * each ** 2,
  });
  it('are all that ended, where everything is over', () => {
    const steps = [
      { age: 0, redeemed: 60, expired: 0, censored: 0 },
      { age: 3, redeemed: 0, expired: 40, censored: 0 },
    ];
    const found = breakageOf(steps, lots(100, 1));
    expect(found?.share).toBeCloseTo(0.4, 12);
    // 1.96 times the square root of 0.4 · 0.6 / 100.
    expect(found?.low).toBeCloseTo(0.4 - 0.096, 3);
    expect(found?.high).toBeCloseTo(0.4 + 0.096, 3);
  });
  it('are reckoned of those whose age is known where others are still young', () => {
    // Half are too young to have ended: of the others half were spent early and half ended.
    const steps = [
      { age: 0, redeemed: 50, expired: 0, censored: 100 },
      { age: 5, redeemed: 0, expired: 50, censored: 0 },
    ];
    // 50 of 200 at risk left first; all that were left then ended.
    expect(breakageOf(steps, lots(200, 1))?.share).toBeCloseTo(0.75, 12);
  });
  it('are less certain where few lots hold them, and unknown where nothing ever left', () => {
    const steps = [{ age: 1, redeemed: 50, expired: 50, censored: 0 }];
    const [many, few] = [breakageOf(steps, lots(100, 1)), breakageOf(steps, lots(4, 25))];
    expect((few?.high ?? 0) - (few?.low ?? 0)).toBeGreaterThan(
      4 * ((many?.high ?? 0) - (many?.low ?? 0)),
    );
    expect(breakageOf([{ age: 0, redeemed: 0, expired: 5, censored: 10 }], lots(15, 1))).toBeNull();
    expect(breakageOf([], lots(0, 1))).toBeNull();
  });
});

describe('the overview of members', () => {
  let shop: MembershipServer;
  beforeAll(async () => {
    shop = await createMembershipServer('membership.read');
    const { pg } = shop.platform;
    await pg.query(
      'insert into customer (customer_no, created_at) select no, now() from generate_series(1, 4) as n (no)',
    );
  });
  afterAll(() => shop.close());

  const overview = async () => (await shop.ask(readMembersOverview)).body.overview;

  it('says what it waits for: a programme in force, somebody who is a member, numbers to be added up', async () => {
    const { pg } = shop.platform;
    const waits = async () => (await shop.ask(readMembersOverview)).body;
    expect(await waits()).toEqual({ overview: null, waitsFor: 'programme' });
    await publishSample(pg, sampleProgramme(), '2026-01-01T00:00:00Z');
    await expect.poll(waits, { timeout: 5_000 }).toEqual({ overview: null, waitsFor: 'members' });
    await pg.query("insert into member (customer_no, joined_at, joined_by, tier, tier_since, cycle_start, version_no) values (4, now(), 'staff', 'silver', now(), now(), 1)");
    expect(await waits()).toEqual({ overview: null, waitsFor: 'sums' });
    await pg.query('delete from member');
    expect(
      (await shop.ask(readMembersOverview, {}, { permissions: 'customers.read' })).status,
    ).toBe(403);
  });

  it('adds up members, joinings, tiers by month, points by month and what is owed for them', async () => {
    const { pg } = shop.platform;
    await pg.query(`insert into member (customer_no, joined_at, joined_by, tier, tier_since, cycle_start, version_no, left_at) values
      (1, '2026-02-10', 'order:天猫', 'gold', '2026-03-10', '2026-03-10', 1, null), (2, '2026-02-28T17:00:00Z', 'staff', 'silver', '2026-03-01', '2026-03-01', 1, null),
      (3, '2026-03-05', 'order:天猫', 'silver', '2026-03-05', '2026-03-05', 1, '2026-04-01')`);
    const change = (no: number, kind: string, from: string | null, to: string | null, at: string) =>
      pg.query(
        'insert into tier_change (customer_no, kind, from_tier, to_tier, cycle_start, occurred_at, recorded_at, version_no, derivation) values ($1, $2, $3, $4, $5, $5, $5, 1, $6)',
        [no, kind, from, to, at, {}],
      );
    await change(1, 'join', null, 'silver', '2026-02-10');
    await change(2, 'join', null, 'silver', '2026-02-28T17:00:00Z');
    await change(3, 'join', null, 'silver', '2026-03-05');
    await change(1, 'rise', 'silver', 'gold', '2026-03-10');
    await change(1, 'renew', 'gold', 'gold', '2026-03-11');
    await change(3, 'leave', 'silver', null, '2026-04-01');
    const day = (text: string): number => Date.parse(`${text}T04:00:00Z`);
    const { ledger } = shop.membership;
    const earn = (
      key: string,
      customerNo: number,
      amount: number,
      at: string,
      expiresAt: string | null,
    ) =>
      ledger.execute({
        kind: 'earn',
        key,
        customerNo,
        amount,
        occurredAt: day(at),
        availableAt: day(at),
        expiresAt: expiresAt === null ? null : day(expiresAt),
        derivation: {},
      });
    await earn('a', 1, 100, '2026-02-10', null);
    await earn('b', 2, 60, '2026-03-02', null);
    await ledger.execute({
      kind: 'spend',
      key: 'c',
      customerNo: 1,
      amount: 40,
      occurredAt: day('2026-06-10'),
      derivation: {},
    });
    await keepReport(pg, await computeReport(shop.platform), new Date('2026-06-18T04:00:00Z'));
    const shown = await overview();
    expect(shown).toMatchObject({
      members: 2,
      outstanding: 120,
      faceValue: '1.2',
      computedAt: '2026-06-18T04:00:00.000Z',
    });
    expect(shown?.tiers.map(({ key, members }) => [key, members])).toEqual([
      ['silver', 1],
      ['gold', 1],
      ['black', 0],
    ]);
    expect(shown?.joined).toEqual([
      { month: '2026-02-01', way: 'order:天猫', people: 1 },
      { month: '2026-03-01', way: 'order:天猫', people: 1 },
      { month: '2026-03-01', way: 'staff', people: 1 },
    ]);
    expect(shown?.makeUp).toEqual([
      { month: '2026-02-01', members: { silver: 1 } },
      { month: '2026-03-01', members: { silver: 2, gold: 1 } },
      { month: '2026-04-01', members: { silver: 1, gold: 1 } },
    ]);
    expect(
      shown?.points.reduce(
        (sum, { issued, spent, expired, takenBack }) => sum + issued - spent - expired - takenBack,
        0,
      ),
    ).toBe(120);
    expect(shown?.points.at(-1)).toMatchObject({ month: '2026-06-01', spent: 40 });
    // Points were first spent eight days ago: nobody knows yet what comes of the rest.
    expect([shown?.breakage, shown?.liability]).toEqual([null, '1.2']);
    shop.setTime('2026-12-20T04:00:00Z');
    await keepReport(pg, await computeReport(shop.platform), new Date('2026-12-20T04:00:00Z'));
    // Of 160 points that got to be four months old 40 were spent.
    const known = await overview();
    expect(known?.breakage?.share).toBeCloseTo(0.75, 6);
    expect(known?.liability).toBe('0.3');
  });
});
