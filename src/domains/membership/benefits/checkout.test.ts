import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BenefitsShop, benefitPermissions, createBenefitsShop } from '../../../../test/benefits-shop.ts';
import { createSay } from '../../../platform/i18n.ts';
import { createCodePool, listGivers, useBenefit } from '../contract.ts';
import { couponGiver } from './givers/coupon-giver.ts';
import { type BenefitGiver, createGivers, type Giving } from './givers/giver.ts';

const tea = {
  key: 'l1',
  productId: 'T1',
  category: '饮品/茶叶',
  listPrice: 1_000_000n,
};

describe('benefits, to who asks for them', () => {
  let shop: BenefitsShop;
  let people: number[];
  beforeAll(async () => {
    shop = await createBenefitsShop({ joined: ['gold', 'silver'] });
    ({ people } = shop);
    await shop.ask(
      createCodePool,
      { body: { kind: 'generated', name: '影城券' } },
    );
  });
  afterAll(() => shop.close());

  it('decide at a checkout: prices, shipping, and what only members may buy yet', async () => {
    const { checkout } = shop.membership.benefits;
    const [buyer, plain, nobody] = [
      { customerNo: people[0], tier: 'gold' },
      { customerNo: people[1], tier: 'silver' },
      { customerNo: 0, tier: null },
    ];
    const at = Date.parse('2026-06-18T04:00:00Z');
    await shop.benefit(
      {
        kind: 'member_price',
        prices: [
          {
            on: { kind: 'category', key: '饮品' },
            by: { kind: 'percent', percent: '10' },
          },
        ],
      },
      { tiers: ['gold'], names: { 'zh-CN': '会员价' } },
    );
    expect((await checkout.pricesOf(buyer, [tea, { ...tea, key: 'l2', category: '书' }], at))).toEqual(
      new Map([
        [
          'l1',
          {
            price: 900_000n,
            names: { 'zh-CN': '会员价', 'zh-TW': '会员价', en: '会员价' },
          },
        ],
      ]),
    );
    expect((await checkout.pricesOf(plain, [tea], at)).size).toBe(0);
    const shipping = await shop.benefit(
      { kind: 'free_shipping', from: '39.9' },
      {
        tiers: ['gold'],
        limits: { perMember: { times: 1, period: 'day' }, inAll: null },
      },
    );
    expect([
      await checkout.freeShippingFrom(buyer, at),
      await checkout.freeShippingFrom(plain, at),
    ]).toEqual([399_000n, null]);
    await shop.ask(
      useBenefit,
      { body: { key: 'ship', customerNo: people[0], benefitId: shipping } },
    );
    expect(await checkout.freeShippingFrom(buyer, at)).toBeNull();
    await shop.benefit(
      {
        kind: 'exclusive',
        products: ['N1'],
        membersFrom: '2026-06-18T00:00:00Z',
        everybodyFrom: '2026-06-20T00:00:00Z',
      },
      { tiers: ['gold'] },
    );
    await shop.benefit(
      {
        kind: 'exclusive',
        products: ['N2'],
        membersFrom: '2026-06-19T00:00:00Z',
        everybodyFrom: null,
      },
      { tiers: ['gold'] },
    );
    expect(
      await checkout.reservedFrom(buyer, ['N1', 'N2', 'T1'], at),
    ).toEqual(new Map([['N2', null]]));
    expect(await checkout.reservedFrom(nobody, ['N1', 'N2'], at)).toEqual(
      new Map([['N1', new Date('2026-06-20T00:00:00Z')], ['N2', null]]),
    );
    expect(
      await checkout.reservedFrom(
        nobody,
        ['N1'],
        Date.parse('2026-06-20T00:00:00Z'),
      ),
    ).toEqual(new Map());
    expect(
      await checkout.reservedFrom(
        buyer,
        ['N2'],
        Date.parse('2026-06-19T00:00:00Z'),
      ),
    ).toEqual(new Map());
  });

  it('are given by what parts bring, of which each kind is one', async () => {
    const { body: { givers } } = await shop.ask(
      listGivers,
      {},
      { locale: 'zh-CN', permissions: benefitPermissions },
    );
    expect(givers.slice(0, 2)).toMatchObject([
      { giver: 'points', name: '积分', choices: null },
      {
        giver: 'coupon',
        name: '优惠券',
        choices: [{ name: '影城券', left: null }],
      },
    ]);
    expect(givers.map(({ giver }) => giver)).toContain('partner');
    const own = createGivers();
    const some: BenefitGiver = couponGiver(shop.platform, createSay());
    own.register(some);
    expect(() => own.register(some)).toThrow('membership.giver_taken');
    expect(() => own.of('moon')).toThrow('membership.giver_unknown');
    const giving: Giving = {
      key: 'k',
      customerNo: 1,
      gift: { giver: 'coupon', of: '999', amount: 1 },
      at: 0,
      expiresAt: null,
      title: '',
    };
    await expect(some.grant(giving)).rejects.toThrow('membership.pool_not_found');
  });

  it('give one code a key, of a pool that many draw from at once', async () => {
    const { body: { poolId } } = await shop.ask(
      createCodePool,
      { body: { kind: 'generated', name: '并发', prefix: 'P-' } },
    );
    const giver = couponGiver(shop.platform, createSay());
    const giving = (key: string): Giving => ({
      key,
      customerNo: 1,
      gift: { giver: 'coupon', of: String(poolId), amount: 1 },
      at: 0,
      expiresAt: null,
      title: '',
    });
    const same = await Promise.all(
      Array.from({ length: 30 }, () => giver.grant(giving('same'))),
    );
    expect(new Set(same.flatMap(({ codes }) => codes)).size).toBe(1);
    const many = await Promise.all(Array.from({ length: 30 }, (_, n) => giver.grant(giving(`each ${n}`))));
    expect(new Set(many.flatMap(({ codes }) => codes)).size).toBe(30);
  });
});
