import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BenefitsShop, createBenefitsShop } from '../../../../../test/benefits-shop.ts';
import { createCodePool, readBenefit, readMemberBenefits, undoUse, useBenefit } from '../../contract.ts';
import { heldBenefits } from '../held-benefits.ts';
import { periodAt } from './limits.ts';

describe('using a benefit', () => {
  let shop: BenefitsShop;
  let people: number[];
  let sent = 0;
  beforeAll(async () => {
    shop = await createBenefitsShop();
    ({ people } = shop);
    for (const [n, member] of people.entries()) await shop.move(
      member,
      'join',
      null,
      n < 9 ? 'gold' : 'silver',
      '2026-06-01T00:00:00Z',
    );
  });
  afterAll(() => shop.close());
  const use = (customerNo: number, benefitId: number, more: object = {}) => shop.ask(useBenefit, { body: { key: `use ${++sent}`, customerNo, benefitId, ...more } });
  const shipping = (changes = {}) => shop.benefit(
    { kind: 'free_shipping', from: '49' },
    { tiers: ['gold'], cost: '6', ...changes },
  );

  it('check 8: gets through as often as may be, of two hundred at once by one member', async () => {
    const benefitId = await shipping({
      limits: { perMember: { times: 3, period: 'month' }, inAll: null },
    });
    const all = await Promise.all(
      Array.from({ length: 200 }, () => use(people[0], benefitId)),
    );
    const through = all.filter(({ status }) => status === 200);
    expect(through).toHaveLength(3);
    expect(through.map(({ body }) => body.left).sort()).toEqual([0, 1, 2]);
    expect(new Set(all.filter(({ status }) => status !== 200).map(({ status, code }) => `${status} ${code}`))).toEqual(new Set(['409 membership.benefit_limit']));
    shop.setTime('2026-07-01T04:00:00Z');
    expect((await use(people[0], benefitId)).status).toBe(200);
    shop.setTime('2026-06-18T04:00:00Z');
  }, 60_000);

  it('check 8: gets through as often as there is any, of two hundred at once by several', async () => {
    const benefitId = await shipping({
      limits: { perMember: null, inAll: 20 },
    });
    const all = await Promise.all(
      Array.from({ length: 200 }, (_, n) => use(people[n % 8], benefitId)),
    );
    expect(all.filter(({ status }) => status === 200)).toHaveLength(20);
    expect(
      new Set(
        all.filter(({ status }) => status !== 200).map(({ code }) => code),
      ),
    ).toEqual(new Set(['membership.benefit_gone']));
    expect(
      (await shop.ask(readBenefit, { params: { benefitId } })).body,
    ).toMatchObject({ left: 0, counts: { used: 20, cost: '120.0000' } });
  }, 60_000);

  it('happens once a key, and another thing under the key is refused', async () => {
    const benefitId = await shipping();
    const same = {
      key: 'order 7',
      customerNo: people[1],
      benefitId,
      document: 'O-7',
    };
    const all = await Promise.all(
      Array.from(
        { length: 50 },
        () => shop.ask(useBenefit, { body: same }),
      ),
    );
    expect(new Set(all.map(({ body }) => body.useNo)).size).toBe(1);
    expect(all.filter(({ body }) => !body.isReplay)).toHaveLength(1);
    expect(
      await shop.ask(useBenefit, { body: { ...same, document: 'O-8' } }),
    ).toMatchObject({ status: 409, code: 'membership.key_used' });
    expect(
      await shop.ask(
        useBenefit,
        { body: { ...same, customerNo: people[2] } },
      ),
    ).toMatchObject({ status: 409, code: 'membership.key_used' });
  });

  it('is taken back once, and can then be used again', async () => {
    const benefitId = await shipping({
      limits: { perMember: { times: 1, period: 'ever' }, inAll: 5 },
    });
    await shop.ask(
      useBenefit,
      { body: { key: 'order 8', customerNo: people[1], benefitId } },
    );
    expect(
      (await use(people[1], benefitId)).code,
    ).toBe('membership.benefit_limit');
    const undo = { body: { key: 'cancel 8', of: 'order 8' } };
    expect([
      (await shop.ask(undoUse, undo)).body.isReplay,
      (await shop.ask(undoUse, undo)).body.isReplay,
    ]).toEqual([false, true]);
    expect(
      await shop.ask(undoUse, { body: { key: 'cancel 9', of: 'order 8' } }),
    ).toMatchObject({ status: 409, code: 'membership.use_undone' });
    expect(
      await shop.ask(undoUse, { body: { key: 'cancel 9', of: 'never' } }),
    ).toMatchObject({ status: 404 });
    expect((await use(people[1], benefitId)).status).toBe(200);
    expect(
      (await shop.ask(readBenefit, { params: { benefitId } })).body.left,
    ).toBe(4);
  });

  it('is refused, with its reason, outside its time, to other tiers, and to who is no member', async () => {
    const benefitId = await shipping({ endsAt: '2026-06-20T00:00:00Z' });
    expect(
      (await use(people[10], benefitId)).code,
    ).toBe('membership.benefit_not_of_tier');
    expect(
      (await use(999_999, benefitId)).code,
    ).toBe('membership.no_member');
    expect((await use(people[1], 999_999)).status).toBe(404);
    shop.setTime('2026-06-20T00:00:00Z');
    expect(
      (await use(people[1], benefitId)).code,
    ).toBe('membership.benefit_not_running');
    shop.setTime('2026-06-18T04:00:00Z');
  });

  it('of a gift means the one that ends first, once, and not after its end', async () => {
    const { body: { poolId } } = await shop.ask(
      createCodePool,
      { body: { kind: 'generated', name: '券', prefix: 'G' } },
    );
    const benefitId = await shop.benefit(
      {
        kind: 'upgrade',
        gifts: [{ giver: 'coupon', of: String(poolId), amount: 2 }],
      },
      { tiers: ['gold', 'black'], validDays: 10 },
    );
    const [, , member, other] = people;
    expect(
      (await use(member, benefitId)).code,
    ).toBe('membership.benefit_not_granted');
    await shop.move(
      member,
      'rise',
      'silver',
      'black',
      '2026-06-17T00:00:00Z',
    );
    await shop.followed();
    const { body: { grants } } = await shop.ask(
      readMemberBenefits,
      { params: { customerNo: member } },
    );
    expect(
      grants.map(({ tier, state }) => [tier, state]),
    ).toEqual([['black', 'given'], ['gold', 'given']]);
    expect(
      new Set(
        grants.flatMap(({ gifts }) => gifts.flatMap(({ codes }) => codes)),
      ).size,
    ).toBe(4);
    expect(grants[0].gifts[0].codes[0]).toMatch(/^G[2-9A-HJ-NP-Z]{10}$/);
    const used = await Promise.all(
      Array.from({ length: 10 }, () => use(member, benefitId)),
    );
    expect(
      used.filter(({ status }) => status === 200).map(({ body }) => body.grantNo).sort(),
    ).toEqual(grants.map(({ grantNo }) => grantNo).sort());
    expect(
      new Set(
        used.filter(({ status }) => status !== 200).map(({ code }) => code),
      ),
    ).toEqual(new Set(['membership.benefit_used']));
    expect(
      (
        await shop.platform.pg.query(
          "select count(*)::int as used from coupon_code where state = 'used'",
        )
      ).rows,
    ).toEqual([{ used: 4 }]);
    await shop.move(
      other,
      'rise',
      'silver',
      'gold',
      '2026-06-17T00:00:00Z',
    );
    await shop.followed();
    shop.setTime('2026-06-28T04:00:00Z');
    expect(
      (await use(other, benefitId)).code,
    ).toBe('membership.benefit_expired');
    shop.setTime('2026-06-18T04:00:00Z');
  });

  it('stands in what is held of a person, and is gone with them', async () => {
    const person = { customerNos: [people[2]], identifiers: [] };
    const sources = heldBenefits(shop.platform.pg);
    const counts = () => Promise.all(
      sources.map((source) => source.count(person)),
    );
    const [uses, grants, codes] = await counts();
    expect([uses > 0, grants, codes]).toEqual([true, 2, 4]);
    for (const source of sources) expect(
      (await Array.fromAsync(source.export(person))).length,
    ).toBe(await source.count(person));
    for (const source of sources) await source.erase(person);
    expect(await counts()).toEqual([0, 0, 0]);
  });
});

describe('a period of a limit', () => {
  const shanghai = 'Asia/Shanghai';
  const of = (period: 'ever' | 'year' | 'month' | 'day', at: string) => {
    const found = periodAt(period, Date.parse(at), shanghai);
    return found && [found.from.toISOString(), found.until.toISOString()];
  };

  it('is one of the brand\'s calendar', () => {
    expect(of('ever', '2026-06-18T04:00:00Z')).toBeNull();
    expect(of('day', '2026-06-18T16:00:00Z')).toEqual([
      '2026-06-18T16:00:00.000Z',
      '2026-06-19T16:00:00.000Z',
    ]);
    expect(of('month', '2026-12-31T15:59:59Z')).toEqual([
      '2026-11-30T16:00:00.000Z',
      '2026-12-31T16:00:00.000Z',
    ]);
    expect(of('year', '2026-12-31T16:00:00Z')).toEqual([
      '2026-12-31T16:00:00.000Z',
      '2027-12-31T16:00:00.000Z',
    ]);
  });
});
