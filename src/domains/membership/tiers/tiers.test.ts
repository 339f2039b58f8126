import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { staff } from '../../../../test/harness.ts';
import { createMembershipServer, type MembershipServer } from '../../../../test/membership-server.ts';
import { publishSample, sampleProgramme } from '../../../../test/sample-programme.ts';
import { grow } from '../../../../test/tier-brand.ts';
import { readWaiting } from '../../insights/contract.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import {
  askTierGrant,
  decideTierGrant,
  decideTierReview,
  endTierGrant,
  keepTierPeople,
  listGrowth,
  listTierGrants,
  listTierPeople,
  readTierBoard,
  readTierMovement,
  readTierOf,
  readTierReview,
} from '../contract/tiers.ts';
import { createProgramme } from '../programme/programme.ts';
import { heldTiers } from './held-tiers.ts';
import { createTierKeeper } from './keep/keeper.ts';
import { carryOutDecision } from './review/decide-all.ts';

const everything = 'membership.read membership.approve membership.grant audiences.edit audiences.read';

describe('tiers, as staff see and decide them', () => {
  let shop: MembershipServer;
  let people: number[];
  beforeAll(async () => {
    shop = await createMembershipServer(everything);
    const { platform, customers } = shop;
    people = await inTransaction(platform.pg, (client) =>
      customers.identities.resolve(
        client,
        Array.from({ length: 8 }, (_, n) => ({
          identifiers: [{ kind: 'phone' as const, namespace: '', value: `+861390013900${n}` }],
          at: new Date('2025-01-01'),
          channel: '官网',
        })),
      ),
    );
    await customers.copier.drain();
    await publishSample(
      platform.pg,
      sampleProgramme({
        tierRules: { clock: { kind: 'calendar', months: 12, startMonth: 1 }, review: 'approved', drop: 'one_level' },
      }),
      '2025-01-01T00:00:00+08:00',
    );
    await platform.pg.query(
      `insert into member (customer_no, joined_at, joined_by, tier, tier_since, cycle_start, version_no) select n, $2, 'staff', 'silver', $2, $2, 1 from unnest($1::int[]) n`,
      [people, '2025-01-01T00:00:00+08:00'],
    );
    // 0 and 1 became gold in 2025 and grew too little in 2026; 2 kept it; 3 is near it; 4 rises in June 2026.
    for (const i of [0, 1, 2]) await grow(platform.pg, people[i], 1_500, '2025-06-01T12:00:00+08:00');
    await grow(platform.pg, people[2], 900, '2026-02-01T12:00:00+08:00');
    await grow(platform.pg, people[0], 300, '2026-02-01T12:00:00+08:00');
    await grow(platform.pg, people[3], 950, '2026-05-20T12:00:00+08:00');
    await grow(platform.pg, people[4], 1_200, '2026-06-02T12:00:00+08:00');
    await at('2026-06-18T12:00:00+08:00');
  });
  afterAll(() => shop.close());
  /** The clock at a moment, and everybody looked at who is due. */
  const at = async (moment: string): Promise<void> => {
    shop.setTime(moment);
    const keeper = createTierKeeper(shop.platform, createProgramme(shop.platform));
    while ((await keeper.settleDue()) > 0);
  };
  const names = (rows: { customerNo: number }[]): number[] => rows.map(({ customerNo }) => people.indexOf(customerNo));
  const group = async (which: 'near' | 'soon' | 'falling' | 'grace' | 'awaiting', more: object = {}) =>
    names((await shop.ask(listTierPeople, { query: { group: which, ...more } })).body.rows);

  it('are a board of who is about to move, counted and listed', async () => {
    const { body } = await shop.ask(readTierBoard, { query: { days: 300 } });
    expect(body).toMatchObject({
      groups: { near: 1, falling: 2, grace: 0, awaiting: 0 },
      review: 'approved',
      isPaused: false,
    });
    expect(body.tiers.map(({ tier, members }) => [tier.key, members])).toEqual([
      ['silver', 4],
      ['gold', 4],
      ['black', 0],
    ]);
    expect([
      await group('near'),
      await group('falling', { days: 300 }),
      await group('falling', { days: 30 }),
      await group('falling', { days: 300, tier: 'black' }),
    ]).toEqual([[3], [0, 1], [], []]);
    expect(await group('soon', { days: 30 })).toEqual([3]);
    const {
      body: {
        rows: [row],
      },
    } = await shop.ask(listTierPeople, { query: { group: 'falling', days: 300 } });
    expect(row).toMatchObject({ toKeep: 500, reviewAt: '2026-12-31T16:00:00.000Z', tier: { key: 'gold' } });
    expect(row.phone).toMatch(/\*/);
  });

  it('are audiences by one click, which say what they were found as; nobody is no audience', async () => {
    const kept = await shop.ask(keepTierPeople, {
      body: { group: 'falling', days: 300, name: '将降级', reason: '挽留' },
    });
    expect(kept, kept.text).toMatchObject({ status: 200, body: { size: 2 } });
    expect([...(await shop.audiences.membersOf(kept.body.audienceId))].map((no) => people.indexOf(no))).toEqual([0, 1]);
    expect(await shop.ask(keepTierPeople, { body: { group: 'grace', name: 'x', reason: 'x' } })).toMatchObject({
      status: 409,
      code: 'membership.nobody_in_group',
    });
    expect(
      await shop.ask(
        keepTierPeople,
        { body: { group: 'grace', name: 'x', reason: 'x' } },
        { permissions: 'membership.read' },
      ),
    ).toMatchObject({ status: 403 });
  });

  it('are told of a person: why this one, until when, how far the next, every change and every growth', async () => {
    const { body } = await shop.ask(readTierOf, { params: { customerNo: people[0] } });
    expect(body.tier).toMatchObject({
      tier: { key: 'gold' },
      keep: { needed: 800, total: 300, missing: 500 },
      next: { missing: 4_700 },
      reviewAt: '2026-12-31T16:00:00.000Z',
    });
    expect(body.tier?.sentences).toEqual([
      'gold is good until Dec 31, 2026. It takes 800 growth to keep it: 300 so far, 500 to go.',
      '4,700 more growth to black (300 of 5,000 since Jan 1, 2026).',
    ]);
    expect(body.history.map(({ kind, sentence }) => [kind, sentence])).toEqual([
      ['renew', 'Growth of 1,500 in the cycle met the 800 it takes: gold goes on. Good until Dec 31, 2026.'],
      [
        'rise',
        'Growth of 1,500 from Jan 1, 2025 to Jun 1, 2025 reached the 1,000 of gold: up from silver. Good until Dec 31, 2025.',
      ],
    ]);
    const chinese = await shop.ask(readTierOf, { params: { customerNo: people[3] } }, { locale: 'zh-CN' });
    expect(chinese.body.tier?.sentences).toEqual([
      'silver会员不会因时间降级。',
      '距gold会员还差 50 成长值（2026/01/01 起已得 950，升级需 1,000）。',
    ]);
    const growth = await shop.ask(listGrowth, { params: { customerNo: people[0] }, query: { limit: 1 } });
    expect(growth.body).toMatchObject({
      total: 1_800,
      entries: [{ amount: 300, kind: 'order' }],
      next: expect.any(Number),
    });
    expect((await shop.ask(readTierOf, { params: { customerNo: 999_999 } })).status).toBe(404);
  });

  it('are reviewed: prepared before the day, dropped only when somebody approves, or kept with a reason', async () => {
    const before = await shop.ask(readTierReview, { query: { until: '2026-12-31' } });
    expect(before.body.tiers).toMatchObject([
      { tier: { key: 'gold' }, due: 4, kept: 2, missed: 2 },
      { tier: { key: 'black' }, due: 0 },
    ]);
    expect((await shop.ask(listTierPeople, { query: { group: 'falling', tier: 'gold', until: '2026-12-31' } })).body).toMatchObject({ total: 2, rows: [{ toKeep: expect.any(Number) }, {}] });
    expect((await shop.ask(listTierPeople, { query: { group: 'falling', until: '2026-12-30' } })).body.total).toBe(0);
    await at('2027-01-02T00:00:00+08:00');
    expect([await group('awaiting'), (await shop.ask(readTierBoard, {})).body.groups.awaiting]).toEqual([[0, 1], 2]);
    expect((await shop.ask(listTierPeople, { query: { group: 'awaiting' } })).body.rows[0]).toMatchObject({
      tier: { key: 'gold' },
      dropsTo: { key: 'silver' },
    });
    expect((await shop.ask(readTierOf, { params: { customerNo: people[1] } })).body.tier?.sentences[0]).toBe(
      'The 800 it takes to keep gold were missed (0); the drop waits for approval since Jan 1, 2027.',
    );
    const one = await shop.ask(decideTierReview, {
      body: { verdict: 'keep', reason: '住院', customerNos: [people[1]] },
    });
    expect(one.body).toEqual({ people: 1 });
    const all = { body: { verdict: 'drop' as const, reason: '2026 年评定' } };
    expect((await shop.ask(decideTierReview, all)).body).toEqual({ people: 1 });
    expect(await shop.ask(decideTierReview, all)).toMatchObject({ status: 409, code: 'membership.review_is_decided' });
    const running = async () => (await shop.ask(readTierReview, { query: { until: '2027-12-31' } })).body.running;
    expect(await running()).toMatchObject({ verdict: 'drop', people: 1, decided: 0, by: 'test staff' });
    const keeper = createTierKeeper(shop.platform, createProgramme(shop.platform));
    while (await carryOutDecision(shop.platform, keeper));
    expect(await running()).toBeNull();
    expect(
      await shop.ask(decideTierReview, { body: { verdict: 'drop', reason: 'x' } }, { permissions: 'membership.read' }),
    ).toMatchObject({ status: 403 });
    const { rows } = await shop.platform.pg.query(
      'select customer_no, verdict, from_tier, to_tier, reason from tier_decision order by decision_no',
    );
    expect(rows).toEqual([
      { customer_no: people[1], verdict: 'keep', from_tier: 'gold', to_tier: 'gold', reason: '住院' },
      { customer_no: people[0], verdict: 'drop', from_tier: 'gold', to_tier: 'silver', reason: '2026 年评定' },
    ]);
    expect((await shop.ask(readTierOf, { params: { customerNo: people[0] } })).body.history[0]).toMatchObject({
      kind: 'drop',
      sentence: 'Growth of 300 missed the 800 it takes to keep gold; the drop to silver was approved.',
    });
  });

  it('move between each other in a period: by what somebody was before it and after it', async () => {
    const { body } = await shop.ask(readTierMovement, { query: { from: '2026-01-02', to: '2027-12-31' } });
    expect(body.moves).toEqual(
      expect.arrayContaining([
        { from: 'silver', to: 'gold', people: 1 },
        { from: 'gold', to: 'silver', people: 1 },
      ]),
    );
    expect(body.moves).toHaveLength(2);
    expect((await shop.ask(readTierMovement, { query: { from: '2027-01-02', to: '2026-12-31' } })).status).toBe(400);
  });

  it('case 28: are given by hand with a reason and an end, by one who asks and another who approves', async () => {
    const ask = (body: object) =>
      shop.ask(askTierGrant, {
        params: { customerNo: people[5] },
        body: { tier: 'black', reason: '品牌大使', from: '2027-01-02', ...body },
      });
    expect(await ask({ tier: 'none' })).toMatchObject({ status: 400, code: 'membership.no_tier' });
    expect(await ask({ until: '2027-01-01' })).toMatchObject({ status: 400, code: 'membership.grant_period' });
    const {
      body: { grantNo },
    } = await ask({ until: '2027-03-31' });
    const waiting = { sentence: '1 tier given by hand waits for approval', to: '/members/tiers?tab=grants', isProblem: false };
    expect((await shop.ask(readWaiting)).body.waiting).toContainEqual(waiting);
    expect((await shop.ask(readWaiting, {}, { permissions: 'membership.read membership.grant' })).body.waiting).toEqual([]);
    expect(await shop.ask(decideTierGrant, { params: { grantNo }, body: { isApproved: true } })).toMatchObject({
      status: 409,
      code: 'membership.second_person',
    });
    expect((await shop.ask(listTierGrants, {})).body.rows).toMatchObject([
      { grantNo, state: 'waiting', approvedBy: null, endsAt: '2027-03-31T16:00:00.000Z' },
    ]);
    // Somebody else asked for it.
    await shop.platform.pg.query('update tier_grant set asked_by_no = $2 where grant_no = $1', [
      grantNo,
      (staff().id as number) + 1,
    ]);
    expect((await shop.ask(decideTierGrant, { params: { grantNo }, body: { isApproved: true } })).status).toBe(200);
    expect(await shop.ask(decideTierGrant, { params: { grantNo }, body: { isApproved: true } })).toMatchObject({
      status: 409,
      code: 'membership.grant_decided',
    });
    const { body } = await shop.ask(readTierOf, { params: { customerNo: people[5] } });
    expect(body.tier).toMatchObject({
      tier: { key: 'black' },
      earned: { key: 'silver' },
      sentences: [
        expect.stringContaining('black was given by hand until Mar 31, 2027; silver was earned.'),
        expect.anything(),
      ],
    });
    expect((await shop.ask(endTierGrant, { params: { grantNo }, body: { reason: '合作终止' } })).status).toBe(200);
    expect((await shop.ask(readTierOf, { params: { customerNo: people[5] } })).body).toMatchObject({
      tier: { tier: { key: 'silver' }, earned: null },
      history: [{ kind: 'grant_end' }, { kind: 'grant' }],
    });
    expect(await shop.ask(endTierGrant, { params: { grantNo }, body: { reason: 'x' } })).toMatchObject({
      status: 409,
      code: 'membership.grant_ended',
    });
    expect((await shop.ask(listTierGrants, { query: { customerNo: people[5] } })).body).toMatchObject({
      total: 1,
      rows: [{ state: 'ended', endedBy: 'test staff' }],
    });
    expect(await shop.ask(decideTierGrant, { params: { grantNo: 999 }, body: { isApproved: true } })).toMatchObject({
      status: 404,
    });
  });

  it('go with a person who is erased', async () => {
    const sources = heldTiers(shop.platform.pg);
    const person = { customerNos: [people[5], people[0]], identifiers: [] };
    expect(await Promise.all(sources.map((source) => source.count(person)))).toEqual([1, 1]);
    for (const source of sources) {
      const rows = [];
      for await (const row of source.export(person)) rows.push(row);
      expect(rows).toHaveLength(1);
      expect(await source.erase(person)).toBe(1);
      expect(await source.count(person)).toBe(0);
    }
  });
});
