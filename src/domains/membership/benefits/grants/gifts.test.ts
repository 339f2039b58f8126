import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BenefitsShop, createBenefitsShop } from '../../../../../test/benefits-shop.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { createCodePool, listGrants, readMemberBenefits, readPoints, retryGrant, stopBenefit, addCodes, takeGrantBack } from '../../contract.ts';
import { proveLedger } from '../../ledger/store/proof.ts';

const points = (amount: number) => ({ giver: 'points', of: '', amount });

describe('gifts of members', () => {
  let shop: BenefitsShop;
  let people: number[];
  beforeAll(async () => {
    shop = await createBenefitsShop({
      tierRules: { giftsOnRefund: 'take_back' },
    });
    ({ people } = shop);
  });
  afterAll(() => shop.close());
  const work = () => shop.membership.benefits.work();
  const followed = () => shop.followed();
  const available = async (customerNo: number) => (
    await shop.ask(readPoints, { params: { customerNo } })
  ).body.balance.available;

  it('of joining come once, also to who leaves and joins again, and never for what was before the benefit', async () => {
    const welcome = await shop.benefit(
      { kind: 'joining', gifts: [points(100)] },
      { names: { 'zh-CN': '入会礼包', en: 'Welcome pack' } },
    );
    await shop.move(
      people[0],
      'join',
      null,
      'silver',
      '2026-06-10T00:00:00Z',
    );
    await shop.move(
      people[1],
      'join',
      null,
      'silver',
      '2026-05-10T00:00:00Z',
    );
    await followed();
    expect([
      await shop.given(people[0], welcome),
      await shop.given(people[1], welcome),
    ]).toEqual([[['silver', 'given', null]], []]);
    expect(await available(people[0])).toBe(100);
    await shop.move(
      people[0],
      'join',
      null,
      'silver',
      '2026-06-12T00:00:00Z',
    );
    await shop.move(
      people[1],
      'join',
      null,
      'silver',
      '2026-06-12T00:00:00Z',
    );
    await followed();
    expect(
      (await shop.given(people[0], welcome)).at(-1),
    ).toEqual(['silver', 'refused', 'already_given']);
    expect(await shop.given(people[1], welcome)).toEqual([
      ['silver', 'refused', 'joined_before'],
    ]);
    expect(await available(people[0])).toBe(100);
  });

  it('of a tier come once a cycle: up, down by a return and up again brings nothing more, and is told (case 27)', async () => {
    const upgrade = await shop.benefit(
      { kind: 'upgrade', gifts: [points(50)] },
      { tiers: ['gold'] },
    );
    const [, , member] = people;
    await shop.move(member, 'join', null, 'silver', '2026-06-01T00:00:00Z');
    await shop.move(
      member,
      'rise',
      'silver',
      'gold',
      '2026-06-02T00:00:00Z',
    );
    await followed();
    expect(await available(member)).toBe(150);
    await shop.move(
      member,
      'drop',
      'gold',
      'silver',
      '2026-06-05T00:00:00Z',
      { reason: 'refund' },
    );
    await followed();
    expect(await available(member)).toBe(100);
    await shop.move(
      member,
      'rise',
      'silver',
      'gold',
      '2026-06-08T00:00:00Z',
    );
    await shop.move(
      member,
      'drop',
      'gold',
      'silver',
      '2026-06-09T00:00:00Z',
    );
    await shop.move(
      member,
      'rise',
      'silver',
      'gold',
      '2026-06-10T00:00:00Z',
    );
    await followed();
    expect(await shop.given(member, upgrade)).toEqual([
      ['gold', 'taken_back', null],
      ['gold', 'refused', 'already_given'],
      ['gold', 'refused', 'already_given'],
    ]);
    expect(await available(member)).toBe(100);
    const { body } = await shop.ask(
      listGrants,
      { params: { benefitId: upgrade }, query: { state: 'refused' } },
    );
    expect(body).toMatchObject({
      total: 2,
      rows: [
        { sentence: 'For reaching the tier, given before in this cycle' },
        {},
      ],
    });
    shop.setTime('2027-06-20T04:00:00Z');
    await shop.move(
      member,
      'rise',
      'silver',
      'gold',
      '2027-06-19T00:00:00Z',
    );
    await followed();
    expect(
      (await shop.given(member, upgrade)).at(-1),
    ).toEqual(['gold', 'given', null]);
    shop.setTime('2026-06-18T04:00:00Z');
  });

  it('of several tiers passed in one go come together, and going down by two brings none (case 30)', async () => {
    const each = await shop.benefit(
      { kind: 'upgrade', gifts: [points(7)] },
      { tiers: ['gold', 'black'] },
    );
    const [, , , member] = people;
    await shop.move(member, 'join', null, 'silver', '2026-06-01T00:00:00Z');
    await shop.move(
      member,
      'rise',
      'silver',
      'black',
      '2026-06-02T00:00:00Z',
    );
    await shop.move(
      member,
      'drop',
      'black',
      'silver',
      '2026-06-03T00:00:00Z',
      { reason: 'review' },
    );
    await followed();
    expect(await shop.given(member, each)).toEqual([
      ['gold', 'given', null],
      ['black', 'given', null],
    ]);
  });

  it('are given once although three follow at the same time, and a transaction ends later than one after it', async () => {
    const gift = await shop.benefit(
      { kind: 'upgrade', gifts: [points(1)] },
      { tiers: ['black'] },
    );
    const [late, early] = people.slice(4, 6);
    const rise = {
      kind: 'rise' as const,
      from: 'gold',
      to: 'black',
      at: '2026-06-15T00:00:00Z',
    };
    const client = await shop.platform.pg.connect();
    await client.query('begin');
    await client.query(`insert into tier_change (customer_no, kind, from_tier, to_tier, cycle_start, occurred_at, recorded_at, version_no, derivation)
      select $1, 'rise', 'gold', 'black', $2, $2, $2, min(version_no), '{}' from programme_version`, [late, rise.at]);
    await shop.move(early, rise.kind, rise.from, rise.to, rise.at);
    await Promise.all([work(), work(), work()]);
    expect([
      await shop.given(late, gift),
      await shop.given(early, gift),
    ]).toEqual([[], []]);
    await client.query('commit');
    client.release();
    await Promise.all([followed(), followed(), followed()]);
    expect([
      await shop.given(late, gift),
      await shop.given(early, gift),
    ]).toEqual([[['black', 'given', null]], [['black', 'given', null]]]);
    await shop.ask(
      stopBenefit,
      { params: { benefitId: gift }, body: { stopped: true } },
    );
  });

  it('are as many as there are, of those that are limited', async () => {
    const few = await shop.benefit(
      { kind: 'upgrade', gifts: [points(3)] },
      { tiers: ['black'], limits: { perMember: null, inAll: 2 } },
    );
    for (const member of people.slice(6, 9)) await shop.move(
      member,
      'rise',
      'gold',
      'black',
      '2026-06-16T00:00:00Z',
    );
    await followed();
    const states = await Promise.all(
      people.slice(6, 9).map(async (member) => (await shop.given(member, few)).map(([, state, refusal]) => refusal ?? state)),
    );
    expect(states.flat().sort()).toEqual(['given', 'given', 'none_left']);
  });

  it('out of an empty pool are refused, told, and given once there are codes again', async () => {
    const { body: { poolId } } = await shop.ask(
      createCodePool,
      { body: { kind: 'uploaded', name: '春茶券' } },
    );
    const coupon = await shop.benefit(
      {
        kind: 'joining',
        gifts: [{ giver: 'coupon', of: String(poolId), amount: 1 }],
      },
      { validDays: 10 },
    );
    await shop.move(
      people[9],
      'join',
      null,
      'silver',
      '2026-06-17T00:00:00Z',
    );
    await followed();
    const { body: { rows: [grant] } } = await shop.ask(
      listGrants,
      { params: { benefitId: coupon } },
    );
    expect(grant).toMatchObject({
      state: 'refused',
      gifts: [
        { codes: [], refusal: expect.stringContaining('has no code left') },
      ],
    });
    expect(
      (
        await shop.ask(
          addCodes,
          {
            params: { poolId },
            body: { codes: ['SPRING-1', 'SPRING-1', 'SPRING-2'] },
          },
        )
      ).body,
    ).toEqual({ added: 2, known: 1 });
    const retried = await shop.ask(
      retryGrant,
      { params: { grantNo: grant.grantNo } },
    );
    expect(retried.body).toMatchObject({
      state: 'given',
      gifts: [{ codes: ['SPRING-1'], refusal: null }],
      expiresAt: '2026-06-28T04:00:00.000Z',
    });
    expect(
      await shop.ask(retryGrant, { params: { grantNo: grant.grantNo } }),
    ).toMatchObject({ status: 409, code: 'membership.grant_complete' });
    const back = await shop.ask(
      takeGrantBack,
      { params: { grantNo: grant.grantNo }, body: { reason: '误发' } },
    );
    expect(back.body).toMatchObject({
      state: 'taken_back',
      sentence: 'For joining, taken back by test staff: 误发',
    });
    expect(
      (
        await shop.platform.pg.query(
          "select state from coupon_code where code = 'SPRING-1'",
        )
      ).rows,
    ).toEqual([{ state: 'void' }]);
  });

  it('count for all numbers of a person: a gift that one number had is none for another of the cycle', async () => {
    const gift = await shop.benefit(
      { kind: 'upgrade', gifts: [points(9)] },
      { tiers: ['gold'] },
    );
    const [kept, gone] = people.slice(10, 12);
    await shop.move(gone, 'rise', 'silver', 'gold', '2026-06-10T00:00:00Z');
    await followed();
    await shop.platform.pg.query(
      'update customer set status = 1, merged_into = $1, merged_at = now() where customer_no = $2',
      [kept, gone],
    );
    await shop.move(kept, 'rise', 'silver', 'gold', '2026-06-12T00:00:00Z');
    await followed();
    expect([await shop.given(gone, gift), await shop.given(kept, gift)]).toEqual([
      [['gold', 'given', null]],
      [['gold', 'refused', 'already_given']],
    ]);
    const { body } = await shop.ask(
      readMemberBenefits,
      { params: { customerNo: gone } },
    );
    expect(body.customerNo).toBe(kept);
    expect(
      body.grants.filter(({ benefitId }) => benefitId === gift),
    ).toHaveLength(2);
  });

  it('leave the ledger whole', async () => {
    expect(await proveLedger(shop.platform.pg)).toEqual({
      imbalances: [],
      wrongLots: [],
      overReversed: [],
    });
    expect(
      await inTransaction(
        shop.platform.pg,
        async (client) => (
          await client.query(
            "select 1 from benefit_grant where state = 'waiting' or is_return_due",
          )
        ).rowCount,
      ),
    ).toBe(0);
  });
});
