import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEarningShop, type EarningShop } from '../../../../../test/earning-shop.ts';
import {
  createMembershipServer,
  type MembershipServer,
} from '../../../../../test/membership-server.ts';
import { explainEntry, explainPoints, listPointsEntries } from '../../contract.ts';

const march = '2026-03-01T04:00:00.000Z';

describe('why somebody has their points', () => {
  let test: MembershipServer;
  let shop: EarningShop;
  beforeAll(async () => {
    test = await createMembershipServer('membership.read');
    shop = await createEarningShop(test.platform);
    await shop.publish(
      {
        points: {
          rate: { amount: 1, per: '10' },
          multipliers: [
            {
              key: 'tea',
              names: { en: 'Tea twice', 'zh-CN': '茶叶双倍' },
              when: { kind: 'category', categories: ['茶叶'] },
              factor: '2',
            },
          ],
          thresholds: [{ from: '500', points: 100 }],
          caps: { perOrder: null, perDay: 230, perMonth: null },
          expiry: { kind: 'duration', months: 12, roundTo: 'month' },
          takeBack: 'debt',
        },
      },
      '2026-01-01T00:00:00Z',
    );
    await shop.join([1, 2, 3], '2024-01-01T00:00:00Z');
    await shop.tell([
      { customerNo: 1, order: 'A', at: march, amount: 500, product: 'tea' },
      {
        customerNo: 1,
        order: 'A',
        at: march,
        amount: 105,
        product: 'cup',
        category: '杯子',
      },
      { customerNo: 1, order: 'B', at: '2026-04-01T04:00:00.000Z', amount: 50 },
      {
        customerNo: 1,
        order: 'A',
        at: '2026-03-09T04:00:00.000Z',
        amount: 250,
        product: 'tea',
        kind: 'refund',
        quantity: 0,
      },
    ]);
    await shop.round();
    await shop.ledger.execute({
      key: 's',
      customerNo: 1,
      kind: 'spend',
      amount: 40,
      occurredAt: Date.parse('2026-06-01T00:00:00Z'),
      derivation: { document: 'R-7' },
    });
  });
  afterAll(() => test.close());

  const lines = async (locale = 'en') =>
    (await test.ask(listPointsEntries, { params: { customerNo: 1 } }, { locale })).body
      .entries;
  const why = async (kind: string, amount: number, locale = 'en') => {
    const entryNo =
      (await lines()).find((each) => each.kind === kind && each.amount === amount)
        ?.entryNo ?? 0;
    return test.ask(explainEntry, { params: { customerNo: 1, entryNo } }, { locale });
  };

  it('says it in a sentence, and by reasons that add up to it', async () => {
    const { status, body } = await test.ask(explainPoints, { params: { customerNo: 1 } });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      points: 31,
      reasons: [
        { reason: 'order', label: 'Earned with orders', lines: 2, amount: 220 },
        { reason: 'spend', label: 'Spent', lines: 1, amount: -40 },
        { reason: 'refund', label: 'Taken back for returns', lines: 1, amount: -149 },
      ].toSorted((a, b) => b.amount - a.amount),
    });
    expect(body.reasons.reduce((sum, { amount }) => sum + amount, 0)).toBe(body.points);
    expect(body.sentence).toBe(
      '31 points: 220 earned with 2 orders, 40 spent, 149 taken back for returns.',
    );
    const chinese = await test.ask(
      explainPoints,
      { params: { customerNo: 1 } },
      { locale: 'zh-CN' },
    );
    expect(chinese.body.sentence).toBe(
      '现有 31 分：2 笔订单获得 220，使用 40，退货收回 149。',
    );
    expect(
      (await test.ask(explainPoints, { params: { customerNo: 2 } })).body,
    ).toMatchObject({ points: 0, reasons: [], sentence: 'There are no points yet.' });
  });

  it('tells each line by its order, in the language of the request', async () => {
    expect((await lines()).map(({ sentence, amount }) => [sentence, amount])).toEqual([
      ['Spent on R-7', -40],
      ['Earned with order B', 10],
      ['Taken back: something of order A was returned', -149],
      ['Earned with order A', 210],
    ]);
    expect((await lines('zh-TW')).map(({ sentence }) => sentence)).toContain(
      '訂單 A 獲得',
    );
  });

  it('shows how points of an order were reckoned, step by step', async () => {
    const { body } = await why('earn', 210);
    expect(body.steps.map(({ label, value }) => `${label}: ${value}`)).toEqual([
      'Order: A',
      'Rules: Version 1 of The club, since Jan 1, 2026',
      'Goods: ¥605.00',
      'Rate: 1 for each ¥10.00',
      'Tea twice: ¥500.00 × 2',
      'Rounding: 110.5 is rounded down to 110',
      'Further points: 100 more, from ¥500.00 on',
      'Points of the order: 210',
    ]);
    expect(body.related.map(({ amount }) => amount)).toEqual([-149]);
  });

  it('shows why these went: what came back, what it had earned, and which earning they were of', async () => {
    const { body } = await why('take_back', -149, 'zh-CN');
    expect(body.steps.map(({ label, value }) => `${label}：${value}`)).toEqual([
      '订单：A',
      '规则：会员俱乐部第 1 版，2026/01/01 起生效',
      '商品金额：¥605.00',
      '累计退货：¥250.00',
      '原获得：210',
      '累计收回：149，其中满额赠送 100',
      '积分已使用时：不足部分记为欠分，以会员等级的上限为限',
    ]);
    expect(body.related.map(({ sentence }) => sentence)).toEqual(['订单 A 获得']);
    const spent = await why('spend', -40);
    expect(spent.body).toMatchObject({
      steps: [],
      related: [{ sentence: 'Earned with order A' }],
    });
  });

  it('counts what has ended although nobody has written it down', async () => {
    shop.setTime('2027-04-15T00:00:00Z');
    test.setTime('2027-04-15T00:00:00Z');
    const { body } = await test.ask(explainPoints, { params: { customerNo: 1 } });
    expect(body.reasons.find(({ reason }) => reason === 'expire')?.amount).toBe(
      body.points - 31,
    );
    expect(body.reasons.reduce((sum, { amount }) => sum + amount, 0)).toBe(body.points);
    shop.setTime('2026-06-18T04:00:00Z');
    test.setTime('2026-06-18T04:00:00Z');
  });

  it('is asked of people there are, about lines they have, by those who may', async () => {
    expect(await test.ask(explainPoints, { params: { customerNo: 99 } })).toMatchObject({
      status: 404,
      code: 'membership.nobody',
    });
    expect(await test.ask(explainPoints, { params: { customerNo: 0 } })).toMatchObject({
      status: 400,
    });
    expect(
      await test.ask(
        explainPoints,
        { params: { customerNo: 1 } },
        { permissions: 'customers.read' },
      ),
    ).toMatchObject({ status: 403 });
    const [{ entryNo }] = await lines();
    expect(
      await test.ask(explainEntry, { params: { customerNo: 2, entryNo } }),
    ).toMatchObject({ status: 404, code: 'membership.no_entry' });
    expect(
      await test.ask(explainEntry, { params: { customerNo: 1, entryNo: 0 } }),
    ).toMatchObject({ status: 400 });
    expect(
      await test.ask(
        explainEntry,
        { params: { customerNo: 1, entryNo } },
        { permissions: 'customers.read' },
      ),
    ).toMatchObject({ status: 403 });
  });
});
