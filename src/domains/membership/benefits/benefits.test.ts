import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BenefitsShop, createBenefitsShop } from '../../../../test/benefits-shop.ts';
import {
  type BenefitDefinition, changeBenefit, claimBenefit, createBenefit, createCodePool, grantBenefit, listBenefits, listCodePools, readBenefit, readBenefitMatrix, readMemberBenefits, stopBenefit, useBenefit,
} from '../contract.ts';

const points = (amount: number) => ({ giver: 'points', of: '', amount });

describe('benefits', () => {
  let shop: BenefitsShop;
  let people: number[];
  beforeAll(async () => {
    shop = await createBenefitsShop({ joined: ['gold', 'silver'] });
    ({ people } = shop);
  });
  afterAll(() => shop.close());
  const read = async (benefitId: number) => (
    await shop.ask(readBenefit, { params: { benefitId } })
  ).body;
  const change = async (benefitId: number, changes: Partial<BenefitDefinition>, version?: number) => {
    const { definition, version: current } = await read(benefitId);
    return shop.ask(
      changeBenefit,
      {
        params: { benefitId },
        body: { ...definition, ...changes, version: version ?? current },
      },
    );
  };

  it('are told in a sentence, in the language of who reads', async () => {
    const says = async (promise: BenefitDefinition['promise'], locale = 'zh-CN') => {
      const benefitId = await shop.benefit(promise);
      const { body } = await shop.ask(
        readBenefit,
        { params: { benefitId } },
        { locale },
      );
      await shop.ask(
        stopBenefit,
        { params: { benefitId }, body: { stopped: true } },
      );
      return body.sentence;
    };
    const off = (percent: string) => ({
      on: { kind: 'everything' as const },
      by: { kind: 'percent' as const, percent },
    });
    expect(
      await says({ kind: 'joining', gifts: [points(1_200)] }),
    ).toBe('1,200 积分');
    expect(
      await says({ kind: 'member_price', prices: [off('5')] }),
    ).toBe('全场 9.5 折');
    expect(
      await says({ kind: 'member_price', prices: [off('5')] }, 'en'),
    ).toBe('5% off everything');
    expect(
      await says({
        kind: 'member_price',
        prices: [
          off('20'),
          off('10'),
          {
            on: { kind: 'product', key: 'T1' },
            by: { kind: 'price', price: '9.9' },
          },
        ],
      }),
    ).toBe('全场 8 折，全场 9 折 等 3 条');
    expect(
      await says({ kind: 'free_shipping', from: '49' }),
    ).toBe('满 ¥49 包邮');
    expect(await says({ kind: 'free_shipping', from: '0' })).toBe('无门槛包邮');
    expect(
      await says({ kind: 'service', lane: 'VIP', answerMinutes: 3 }),
    ).toBe('VIP 专线，3 分钟内回复');
    expect(
      await says(
        {
          kind: 'exclusive',
          products: ['A', 'B'],
          membersFrom: null,
          everybodyFrom: null,
        },
        'en',
      ),
    ).toBe('2 exclusive products');
  });

  it('are refused where a tier, a giver or an end makes no sense', async () => {
    const wrong = (changes: object) => shop.ask(createBenefit, { body: {
      names: { en: 'x' }, notes: '', tiers: ['gold'], promise: { kind: 'joining', gifts: [points(1)] }, cost: '0', validDays: null, limits: { perMember: null, inAll: null }, startsAt: '2026-06-01T00:00:00Z', endsAt: null, ...changes } as never });
    expect(await wrong({ tiers: ['gold', 'diamond'] })).toMatchObject({
      status: 422,
      code: 'membership.benefit_tier',
    });
    expect(await wrong({ endsAt: '2026-06-01T00:00:00Z' })).toMatchObject({
      status: 422,
      code: 'membership.benefit_ends_first',
    });
    expect(
      await wrong({
        promise: {
          kind: 'joining',
          gifts: [{ giver: 'moon', of: '', amount: 1 }],
        },
      }),
    ).toMatchObject({ status: 409, code: 'membership.giver_unknown' });
    for (const percent of ['0', '101', '-5', '1e1']) expect(
      (
        await wrong({
          promise: {
            kind: 'member_price',
            prices: [
              {
                on: { kind: 'everything' },
                by: { kind: 'percent', percent },
              },
            ],
          },
        })
      ).status,
      percent,
    ).toBe(400);
    expect((await wrong({ cost: '-1' })).status).toBe(400);
    expect(
      (
        await shop.ask(
          createBenefit,
          { body: undefined as never },
          { permissions: 'membership.read' },
        )
      ).status,
    ).toBe(403);
  });

  it('change under their version, keep what was given, and every version is in the audit log', async () => {
    const benefitId = await shop.benefit(
      { kind: 'free_shipping', from: '49' },
      { limits: { perMember: null, inAll: 10 } },
    );
    await shop.ask(
      useBenefit,
      { body: { key: 'v1', customerNo: people[0], benefitId } },
    );
    expect(
      (
        await change(
          benefitId,
          { cost: '7', limits: { perMember: null, inAll: 5 } },
        )
      ).body.version,
    ).toBe(2);
    expect(await read(benefitId)).toMatchObject({
      cost: '7',
      left: 4,
      version: 2,
      counts: { used: 1, cost: '5.0000' },
    });
    expect(await change(benefitId, { cost: '8' }, 1)).toMatchObject({
      status: 409,
      code: 'membership.benefit_changed',
    });
    expect(
      await change(
        benefitId,
        { promise: { kind: 'service', lane: 'x', answerMinutes: null } },
      ),
    ).toMatchObject({ status: 409, code: 'membership.benefit_kind' });
    const { rows } = await shop.platform.pg.query("select action, details -> 'definition' ->> 'cost' as cost, details -> 'before' ->> 'cost' as before from audit_log where subject = $1 order by seq", [`benefit:${benefitId}`]);
    expect(rows).toEqual([
      { action: 'membership.create_benefit', cost: '5', before: null },
      { action: 'membership.change_benefit', cost: '7', before: '5' },
    ]);
    await shop.ask(
      stopBenefit,
      { params: { benefitId }, body: { stopped: true } },
    );
    expect(
      (
        await shop.ask(
          useBenefit,
          { body: { key: 'v2', customerNo: people[0], benefitId } },
        )
      ).code,
    ).toBe('membership.benefit_not_running');
    expect((await read(benefitId)).state).toBe('stopped');
  });

  it('are listed by kind, tier and state with what became of them in a period, and lie in a matrix of tiers', async () => {
    const gold = await shop.benefit(
      { kind: 'service', lane: 'VIP', answerMinutes: null },
      { tiers: ['gold'], startsAt: '2027-01-01T00:00:00Z' },
    );
    const list = async (query: object) => (
      await shop.ask(listBenefits, { query })
    ).body;
    expect(
      (
        await list({ state: 'planned' })
      ).rows.map(({ benefitId }) => benefitId),
    ).toEqual([gold]);
    expect(
      (
        await list({ kind: 'service', tier: 'silver', state: 'planned' })
      ).total,
    ).toBe(0);
    expect(
      (await list({ sort: '-used', pageSize: 1 })).rows[0],
    ).toMatchObject({ kind: 'free_shipping', counts: { used: 1 } });
    expect(
      (
        await list({
          kind: 'free_shipping',
          from: '2026-01-01',
          to: '2026-01-31',
          sort: '-used',
        })
      ).rows[0].counts.used,
    ).toBe(0);
    expect(
      (
        await shop.ask(
          listBenefits,
          { query: { from: '2026-02-01', to: '2026-01-31' } },
        )
      ).status,
    ).toBe(400);
    const { body } = await shop.ask(readBenefitMatrix);
    expect(
      body.tiers.map(({ key }) => key),
    ).toEqual(['silver', 'gold', 'black']);
    expect(
      body.benefits.find(({ benefitId }) => benefitId === gold),
    ).toMatchObject({ tiers: ['gold'], state: 'planned' });
  });

  it('are given by hand once a key, with a reason that stays', async () => {
    const benefitId = await shop.benefit(
      { kind: 'joining', gifts: [points(30)] },
      { startsAt: '2026-06-18T00:00:00Z' },
    );
    const sent = {
      params: { benefitId },
      body: { key: 'sorry', customerNo: people[1], reason: '发货延误' },
    };
    const [first, again] = [
      await shop.ask(grantBenefit, sent),
      await shop.ask(grantBenefit, sent),
    ];
    expect(first.body).toMatchObject({
      isReplay: false,
      grant: {
        state: 'used',
        sentence: 'Given by test staff: 发货延误',
        gifts: [{ sentence: '30 points' }],
      },
    });
    expect([
      again.body.isReplay,
      again.body.grant.grantNo,
    ]).toEqual([true, first.body.grant.grantNo]);
    expect(
      await shop.ask(
        grantBenefit,
        { ...sent, body: { ...sent.body, reason: 'other' } },
      ),
    ).toMatchObject({ status: 409, code: 'membership.key_used' });
    expect(
      await shop.ask(
        grantBenefit,
        {
          ...sent,
          body: { ...sent.body, key: 'n', customerNo: people[5] },
        },
      ),
    ).toMatchObject({ status: 409, code: 'membership.no_member' });
    expect(
      await shop.ask(
        claimBenefit,
        { body: { key: 'c', customerNo: people[1], benefitId } },
      ),
    ).toMatchObject({ status: 409, code: 'membership.benefit_not_claimable' });
  });

  it('of partners are claimed, within their limits, also by two hundred at once', async () => {
    const { body: { poolId } } = await shop.ask(
      createCodePool,
      { body: { kind: 'generated', name: '影城券' } },
    );
    const benefitId = await shop.benefit(
      {
        kind: 'partner',
        gifts: [{ giver: 'coupon', of: String(poolId), amount: 1 }],
      },
      {
        tiers: ['gold'],
        limits: { perMember: { times: 2, period: 'month' }, inAll: 100 },
      },
    );
    const all = await Promise.all(Array.from({ length: 200 }, (_, n) => shop.ask(claimBenefit, { body: { key: `claim ${n}`, customerNo: people[0], benefitId } })));
    const through = all.filter(({ status }) => status === 200);
    expect(
      new Set(
        through.flatMap(({ body }) => body.grant.gifts.flatMap(({ codes }) => codes)),
      ).size,
    ).toBe(2);
    expect(through).toHaveLength(2);
    expect(
      (
        await shop.ask(
          claimBenefit,
          { body: { key: 'z', customerNo: people[1], benefitId } },
        )
      ).code,
    ).toBe('membership.benefit_not_of_tier');
    for (const member of people.slice(2, 4)) await shop.move(
      member,
      'join',
      null,
      'gold',
      '2026-05-01T00:00:00Z',
    );
    const others = await Promise.all(Array.from({ length: 80 }, (_, n) => shop.ask(claimBenefit, { body: { key: `other ${n % 4}`, customerNo: people[2 + (n % 2)], benefitId } })));
    expect(
      new Set(others.map(({ status }) => status)),
    ).toEqual(new Set([200]));
    expect(
      others.filter(({ body: claimed }) => !claimed.isReplay),
    ).toHaveLength(4);
    const { body } = await shop.ask(
      readMemberBenefits,
      { params: { customerNo: people[0] } },
    );
    expect(
      body.has.find((each) => each.benefitId === benefitId),
    ).toMatchObject({ left: 0, leftUntil: '2026-06-30T16:00:00.000Z' });
    expect((await shop.ask(listCodePools, { query: { q: '影' } })).body.rows).toEqual([
      expect.objectContaining({ poolId, issued: 6, used: 0, left: null }),
    ]);
  }, 60_000);

  it('come with the next tier, of which is told what is missing', async () => {
    await shop.benefit(
      { kind: 'service', lane: 'black', answerMinutes: 1 },
      { tiers: ['black'] },
    );
    await shop.platform.pg.query(
      `insert into growth_entry (customer_no, amount, kind, occurred_at, recorded_at, entry_key, derivation) values ($1, 1200, 'order', '2026-06-02', '2026-06-02', 'g', '{}')`,
      [people[0]],
    );
    const { body } = await shop.ask(
      readMemberBenefits,
      { params: { customerNo: people[0] } },
    );
    expect(body).toMatchObject({
      tier: { key: 'gold' },
      next: {
        key: 'black',
        missing: 3_800,
        benefits: [
          {
            kind: 'service',
            sentence: 'black lane, answered within 1 minutes',
          },
        ],
      },
    });
    expect(
      (
        await shop.ask(
          readMemberBenefits,
          { params: { customerNo: people[5] } },
        )
      ).body,
    ).toMatchObject({ tier: null, has: [], next: null });
  });
});
