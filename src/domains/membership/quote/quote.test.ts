import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { afterNoon, type CheckoutShop, createCheckoutShop, noon } from '../../../../test/checkout-shop.ts';
import { allGoods, sampleActivity } from '../../../../test/sample-activity.ts';
import { askBalance, askHistory, commitOrder, createActivity, createBenefit, holdOrder, quoteCart, turnActivity } from '../contract.ts';
import { publishSample, sampleProgramme } from '../../../../test/sample-programme.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { heldQuotes } from './held-quotes.ts';

describe('a quote', () => {
  let shop: CheckoutShop;
  beforeAll(async () => {
    shop = await createCheckoutShop();
  });
  beforeEach(() => shop.setTime(noon));
  afterAll(() => shop.close());

  it('earns by the activities that are on when it is placed, as the order will', async () => {
    const plain = (await shop.quote()).earns?.points ?? 0;
    const double = sampleActivity({ kind: 'double_points', factor: 300, scope: allGoods, payWithinMinutes: null }, { tiers: ['gold'] });
    const as = { permissions: 'membership.activities membership.read' };
    const { body: { activityNo }, text } = await shop.ask(createActivity, { body: { definition: double } }, as);
    const turn = (to: 'publish' | 'end') => shop.ask(turnActivity, { params: { activityNo }, body: { turn: to } }, as);
    expect((await turn('publish')).status, text).toBe(200);
    const told = await shop.quote();
    expect([plain, told.earns?.points]).toEqual([plain, plain * 3]);
    expect(JSON.stringify(told.earns?.derivation)).toContain(`activity_${activityNo}`);
    await turn('end');
    shop.setTime(afterNoon(1));
    expect((await shop.quote()).earns?.points).toBe(plain);
  });

  it('case 36: is told every layer that counts and every one that does not, with why, and what the day earns', async () => {
    await shop.give(500);
    const layers = [
      {
        key: 'day',
        kind: 'member_day',
        name: '会员日',
        base: 'list',
        off: { percent: '10' },
        excludes: ['promotion'],
      },
      {
        key: 'sale',
        kind: 'promotion',
        name: '满减',
        base: 'list',
        off: { amount: '15' },
        lines: ['b'],
      },
      {
        key: 'coupon',
        kind: 'coupon',
        name: '20 元券',
        base: 'net',
        off: { amount: '20' },
        least: '100',
      },
    ];
    const told = await shop.quote({ layers, points: 500, freight: '8' });
    expect(told).toMatchObject({
      customerNo: shop.member,
      isMember: true,
      tier: { key: 'gold' },
      currency: 'CNY',
      total: { list: '200', discounts: '40', net: '160', pointsMoney: '5', pay: '163' },
      points: { used: 500, money: '5', reason: null },
      earns: {
        growth: 155,
        points: 310,
        availableAt: '2026-06-25T16:00:00.000Z',
        expiresAt: '2027-06-18T16:00:00.000Z',
      },
    });
    expect(
      told.layers.map(({ key, accepted, amount, reason, by }) => [
        key,
        accepted,
        amount,
        reason,
        by,
      ]),
    ).toEqual([
      ['coupon', true, '20', null, null],
      ['day', true, '20', null, null],
      ['sale', false, '0', 'excluded', 'day'],
    ]);
    expect(told.layers.at(-1)?.sentence).toBe('Not together with “会员日”');
    expect((await shop.quote({ layers }, 'zh-CN')).layers.map(({ sentence }) => sentence)).toEqual([
      '按折后价优惠 ¥20.00',
      '按原价优惠 ¥20.00',
      '与「会员日」不能同享',
    ]);
    expect(told.lines.map(({ discounts }) => discounts)).toEqual([
      [
        { layer: 'coupon', amount: '10' },
        { layer: 'day', amount: '10' },
      ],
      [
        { layer: 'coupon', amount: '10' },
        { layer: 'day', amount: '10' },
      ],
    ]);
    const turned = await shop.quote({
      layers: layers.toReversed(),
      lines: (shop.cart() as { lines: object[] }).lines.toReversed(),
      points: 500,
      freight: '8',
    });
    expect(turned).toMatchObject({ total: told.total, layers: told.layers, earns: told.earns });
  });

  it('case 36: brings the member’s price, free shipping and what is reserved from the benefits of the tier', async () => {
    const promise = (names: string, what: object, tiers = ['gold']) =>
      shop.ask(createBenefit, {
        body: {
          names: { en: names },
          notes: '',
          tiers,
          promise: what,
          cost: '0',
          validDays: null,
          limits: { perMember: null, inAll: null },
          startsAt: '2026-01-01T00:00:00Z',
          endsAt: null,
        } as never,
      });
    const tea = { on: { kind: 'category', key: 'tea' }, by: { kind: 'percent', percent: '15' } };
    const made = [
      await promise('Tea for gold', { kind: 'member_price', prices: [tea] }),
      await promise('Shipping', { kind: 'free_shipping', from: '180' }),
      await promise(
        'Early',
        {
          kind: 'exclusive',
          products: ['P9'],
          membersFrom: null,
          everybodyFrom: '2026-09-01T00:00:00Z',
        },
        ['black'],
      ),
    ];
    expect(made.map(({ status }) => status)).toEqual([201, 201, 201]);
    const coupon = { key: 'c', kind: 'coupon', base: 'net', off: { amount: '10' } };
    const sale = {
      key: 'sale',
      kind: 'promotion',
      base: 'list',
      off: { percent: '10' },
      excludes: ['member_price'],
      lines: ['a'],
    };
    const told = await shop.quote({ layers: [coupon, sale], freight: '8' });
    expect(told.lines.map(({ line, memberPrice, net }) => [line, memberPrice, net])).toEqual([
      ['a', '85', '80.41'],
      ['b', null, '94.59'],
    ]);
    expect(told.layers.map(({ key, name, accepted, by }) => [key, name, accepted, by])).toEqual([
      ['c', 'c', true, null],
      ['member_price:a', 'Tea for gold', true, null],
      ['sale', 'sale', false, 'member_price:a'],
    ]);
    expect(told.freight).toMatchObject({
      charged: '8',
      free: '0',
      sentence: 'Freight ¥8.00; free for ¥5.00 more',
    });
    expect(await shop.quote({ freight: '8' })).toMatchObject({
      freight: { charged: '0', free: '8' },
      total: { pay: '185' },
    });
    const stranger = await shop.quote({ customer: { customerNo: shop.stranger }, freight: '8' });
    expect(stranger).toMatchObject({
      isMember: false,
      total: { net: '200', pay: '208' },
      layers: [],
    });
    const early = await shop.quote({
      lines: [{ line: 'x', productId: 'P9', quantity: '1', listPrice: '10' }],
    });
    expect(early.reserved).toEqual([{ line: 'x', until: '2026-09-01T00:00:00.000Z' }]);
    const refused = { body: { orderKey: shop.orderKey(), quoteId: early.quoteId } };
    expect(await shop.ask(holdOrder, refused)).toMatchObject({
      status: 409,
      code: 'membership.lines_reserved',
    });
    await shop.platform.pg.query('update benefit set stopped_at = $1', [noon]);
  });

  it('case 36: the day is that on which the order was placed, in the brand’s calendar, and its price is kept for so long', async () => {
    const day = { key: 'day', kind: 'member_day', base: 'list', off: { percent: '10' } };
    const placedAt = '2026-06-18T23:58:00+08:00';
    shop.setTime('2026-06-19T00:05:00+08:00');
    expect(await shop.quote({ layers: [day], placedAt })).toMatchObject({
      total: { pay: '180' },
      earns: { points: 360 },
    });
    expect(await shop.quote({ layers: [day] })).toMatchObject({
      total: { pay: '200' },
      layers: [{ reason: 'no_member_day' }],
      earns: { points: 200 },
    });
    expect(await shop.quote({ layers: [day], customer: undefined })).toMatchObject({
      customerNo: null,
      layers: [{ reason: 'not_a_member' }],
      earns: null,
    });
    const refused = async (given: object) =>
      (await shop.ask(quoteCart, { body: shop.cart(given) })).code;
    expect(await refused({ placedAt, minutes: 5 })).toBe('membership.placed_too_long_ago');
    expect(await refused({ placedAt: '2026-06-19T01:00:00+08:00' })).toBe(
      'membership.placed_in_future',
    );
    const { key } = await shop.place({ layers: [day], placedAt });
    shop.setTime('2026-06-19T00:34:59+08:00');
    expect((await shop.ask(commitOrder, { body: { orderKey: key } })).body).toMatchObject({
      state: 'committed',
      pay: '180',
    });
    const { key: late } = await shop.place({ layers: [day] });
    shop.setTime('2026-06-19T01:05:00+08:00');
    expect(await shop.ask(commitOrder, { body: { orderKey: late } })).toMatchObject({
      status: 409,
      code: 'membership.order_lapsed',
    });
  });

  it('case 14: never fails for points: only as many are taken as are needed, and no money may be left to pay', async () => {
    await shop.give(30_000);
    const { available } = await shop.balance();
    expect(await shop.quote({ points: available })).toMatchObject({
      points: { used: 20_000, money: '200', reason: 'enough' },
      total: { pay: '0' },
    });
    expect(await shop.quote({ points: 1_000_000 })).toMatchObject({
      points: { used: 20_000 },
      total: { pay: '0' },
    });
    const { key, order } = await shop.place({ points: 'all' });
    expect(order).toMatchObject({ state: 'held', pay: '0', points: 20_000 });
    expect(await shop.balance()).toMatchObject({ held: 20_000, available: available - 20_000 });
    expect((await shop.ask(commitOrder, { body: { orderKey: key } })).body.state).toBe('committed');
    expect(await shop.balance()).toMatchObject({ held: 0, available: available - 20_000 });
  });

  it('earns by a birthday, and no more than caps leave after the other orders of the day and the month', async () => {
    const { pg } = shop.platform;
    const birthday = {
      key: 'born',
      names: { en: 'Birthday' },
      when: { kind: 'birthday' as const, span: 'month' as const },
      factor: '3',
    };
    const caps = { perOrder: null, perDay: 500, perMonth: 540 };
    const later = await publishSample(
      pg,
      sampleProgramme({ points: { multipliers: [birthday], caps } }),
      '2026-07-01T00:00:00+08:00',
    );
    // Versions are kept in memory for a second.
    const forgotten = () => new Promise((done) => setTimeout(done, 1_100));
    await forgotten();
    shop.setTime('2026-07-10T04:00:00Z');
    const points = async () => (await shop.quote()).earns?.points;
    expect(await points()).toBe(200);
    await inTransaction(pg, (client) =>
      shop.customers.profiles.applyTraits(client, [
        { customerNo: shop.member, traits: { birthday: '1990-07-31' }, at: new Date('2026-06-01') },
      ]),
    );
    await shop.customers.syncToClickHouse([shop.member]);
    expect(await points()).toBe(500);
    const earn = (key: number, at: string, regular: number) =>
      pg.query(
        `insert into order_earning values ($1, $2, 'O', $3, $4, 0, '{}', $5, 0, 0, 0, $5, 0, 0, 1, '[]')`,
        [key, shop.member, at, later, regular],
      );
    await earn(1, '2026-07-10T00:00:00+08:00', 100);
    expect(await points()).toBe(400);
    await earn(2, '2026-07-09T23:59:59+08:00', 100);
    expect(await points()).toBe(340);
    await earn(3, '2026-06-30T23:59:59+08:00', 100);
    expect(await points()).toBe(340);
  });

  it('tells balance and history by what somebody is known by, and nothing of whom nobody knows', async () => {
    const customer = { kind: 'external_id' as const, value: 'U-1' };
    expect(
      (await shop.ask(askBalance, { body: { customer } }, { locale: 'zh-CN' })).body,
    ).toMatchObject({
      customerNo: shop.member,
      isMember: true,
      tier: { key: 'gold', name: 'gold会员' },
      balance: await shop.balance(),
    });
    expect(
      (await shop.ask(askBalance, { body: { customer: { customerNo: shop.stranger } } })).body,
    ).toMatchObject({ isMember: false, tier: null, balance: { available: 0 } });
    const { entries, next } = (await shop.ask(askHistory, { body: { customer, limit: 2 } })).body;
    expect(entries).toHaveLength(2);
    expect(
      (await shop.ask(askHistory, { body: { customer, before: next ?? 0, limit: 1 } })).body
        .entries[0].entryNo,
    ).toBeLessThan(entries[1].entryNo);
    for (const endpoint of [askBalance, askHistory])
      expect(
        await shop.ask(endpoint, {
          body: { customer: { kind: 'phone', value: '+8613900001111' } },
        }),
      ).toMatchObject({ status: 404, code: 'membership.unknown_buyer' });
  });

  it('refuses what it cannot reckon with, and who may not', async () => {
    const status = async (given: object, permissions?: string) =>
      (await shop.ask(quoteCart, { body: shop.cart(given) }, permissions ? { permissions } : {}))
        .status;
    const line = { line: 'a', productId: 'P', quantity: '1', listPrice: '1' };
    const wrong = [
      { lines: [] },
      { lines: [line, line] },
      { lines: [{ ...line, quantity: '0' }] },
      { lines: [{ ...line, listPrice: '-1' }] },
      { lines: [{ ...line, listPrice: '1e3' }] },
      { freight: '0.001' },
      { layers: [{ key: 'x', kind: 'member_price', base: 'list', off: { amount: '1' } }] },
      { layers: [{ key: 'x', kind: 'coupon', base: 'list', off: { percent: '101' } }] },
      { layers: [{ key: 'x', kind: 'coupon', base: 'list', off: { amount: '0.001' } }] },
      { points: -1 },
      { points: 1.5 },
      { minutes: 0 },
    ];
    expect(await Promise.all(wrong.map((given) => status(given)))).toEqual(wrong.map(() => 400));
    expect(await status({}, 'membership.read membership.adjust')).toBe(403);
    expect(
      (
        await shop.ask(quoteCart, {
          body: shop.cart({ customer: { kind: 'phone', value: '+8613900001111' } }),
        })
      ).body,
    ).toMatchObject({ customerNo: null, isMember: false });
  });

  it('keeps what was quoted for a person for exports, and forgets it with them', async () => {
    const held = heldQuotes(shop.platform.pg);
    const person = { customerNos: [shop.member], identifiers: [] };
    const count = await held.count(person);
    expect(count).toBeGreaterThan(5);
    expect(await Array.fromAsync(held.export(person))).toHaveLength(count);
    expect(await held.erase(person)).toBe(count);
    expect((await shop.platform.pg.query('select from quote_return')).rowCount).toBe(0);
  });
});
