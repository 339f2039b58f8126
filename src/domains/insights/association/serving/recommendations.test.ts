import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInsightsServer, type InsightsServer } from '../../../../../test/insights-server.ts';
import { insertLines, type TestLine } from '../../../../../test/order-lines.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { askRecommendations, readModel, readRecommendations, trainModel } from '../../contract.ts';

const may = { permissions: 'insights.recommend' };
const day = (n: number): string => new Date(Date.UTC(2026, 0, 1 + n, 4)).toISOString();
const order = (customerNo: number, n: number, ...products: string[]): Partial<TestLine>[] =>
  products.map((product) => ({
    customerNo,
    order: `${customerNo}-${n}`,
    at: day(n),
    product,
    category: `${product[0]}类`,
    amount: 10,
  }));

describe('recommendations for a shop', () => {
  let shop: InsightsServer;
  let numbers: number[];
  const [regular, refuser, newcomer] = [0, 1, 2];
  beforeAll(async () => {
    shop = await createInsightsServer();
    const { pg, clickhouse, clock } = shop.platform;
    clock.now = () => new Date(day(95));
    numbers = (
      await inTransaction(pg, (client) =>
        shop.customers.identities.resolve(
          client,
          Array.from({ length: 40 }, (_, n) => ({
            identifiers: [{ kind: 'external_id' as const, namespace: '', value: `U-${n}` }],
            at: new Date(day(0)),
          })),
        ),
      )
    ).map(Number);
    const ids = ['T1', 'T2', 'T3', 'C1', 'C2', 'X9'];
    await shop.commerce.products.upsert(
      pg,
      ids.map((productId) => ({
        productId,
        name: `名 ${productId}`,
        category: `${productId[0]}类`,
        at: new Date(day(0)),
      })),
    );
    await pg.query("update product set status = 'retired' where product_id = 'X9'");
    await insertLines(clickhouse, [
      // Tea goes with its cup, and ten days after tea comes coffee.
      ...numbers
        .slice(3)
        .flatMap((no) => [...order(no, 1, 'T1', 'T2', 'X9'), ...order(no, 11, 'C1')]),
      ...numbers.slice(3, 30).flatMap((no) => order(no, 60, 'C2', 'T3')),
      // Somebody buys T3 in each order, and T1 last.
      ...[5, 25, 45, 65].flatMap((n) => order(numbers[regular], n, 'T3')),
      ...order(numbers[regular], 85, 'T1'),
      ...order(numbers[refuser], 85, 'T1'),
    ]);
    await shop.customers.syncToClickHouse(numbers);
    await shop.changed();
  });
  afterAll(() => shop.close());
  const of = async (body: object) =>
    (await shop.ask(askRecommendations, { body: body as never }, may)).body;
  const idsOf = async (body: object) => (await of(body)).items.map(({ productId }) => productId);

  it('are refused while nothing was computed, and to who may only read', async () => {
    expect(await shop.ask(readRecommendations, { query: { product: 'T1' } }, may)).toMatchObject({
      status: 409,
      code: 'insights.no_recommendations',
    });
    expect((await shop.ask(readRecommendations, {}, { permissions: 'insights.read' })).status).toBe(
      403,
    );
    expect(
      (
        await shop.ask(
          readRecommendations,
          { query: { product: 'T1', customerNo: 3 } as never },
          may,
        )
      ).status,
    ).toBe(400);
    expect((await shop.ask(askRecommendations, { body: { cart: [] } }, may)).status).toBe(400);
    await shop.platform.jobs.start(true);
    await shop.ask(trainModel, { params: { kind: 'association' }, body: {} });
    while ((await shop.ask(readModel, { params: { kind: 'association' } })).body.underWay)
      await sleep(50);
    expect(
      (await shop.ask(readModel, { params: { kind: 'association' } })).body.current?.state,
    ).toBe('done');
  });

  it('go with a product or a cart, and say by which rule', async () => {
    const { status, body } = await shop.ask(
      readRecommendations,
      { query: { product: 'T1', limit: 3 } },
      may,
    );
    expect(status).toBe(200);
    // Of 39 orders with tea 37 have the cup; X9 would too, and is retired.
    expect(body.items[0]).toMatchObject({
      productId: 'T2',
      name: '名 T2',
      reason: 'beside',
      because: { productId: 'T1', withBoth: 37 },
    });
    expect(body.items[0].because?.confidence).toBeCloseTo(37 / 39, 10);
    expect(body.personal).toBe(false);
    expect(await idsOf({ cart: ['T1', 'T2'] })).not.toEqual(expect.arrayContaining(['T1']));
    for (const body of [{ cart: ['T1'] }, {}, { user: { customerNo: numbers[regular] } }])
      expect(await idsOf(body)).not.toContain('X9');
    expect(await idsOf({ cart: ['T1'], exclude: ['T2'] })).not.toContain('T2');
  });

  it('are what sells where nothing is known, of the category first', async () => {
    const popular = await of({ cart: ['没有的商品'], category: 'C类', limit: 2 });
    expect(
      popular.items.map(({ productId, reason, because }) => [productId[0], reason, because]),
    ).toEqual([
      ['C', 'popular', null],
      ['C', 'popular', null],
    ]);
    expect((await of({ user: { kind: 'external_id', value: 'nobody' } })).personal).toBe(false);
    expect(
      (await of({ user: { kind: 'external_id', value: `U-${newcomer}` } })).items.every(
        ({ reason }) => reason === 'popular',
      ),
    ).toBe(true);
  });

  it('are personal for who is known: what they buy again, and what follows, not what they just bought', async () => {
    const { items, personal } = await of({ user: { kind: 'external_id', value: `U-${regular}` } });
    expect(personal).toBe(true);
    expect(items[0]).toMatchObject({ productId: 'T3', reason: 'again' });
    expect(items.find(({ productId }) => productId === 'C1')).toMatchObject({
      reason: 'after',
      because: { productId: 'T1' },
    });
    expect(await idsOf({ user: { customerNo: numbers[regular] } })).toEqual(
      items.map(({ productId }) => productId),
    );
    shop.platform.clock.now = () => new Date(day(88));
    expect(await idsOf({ user: { customerNo: numbers[regular] } })).not.toContain('T1');
  });

  it('are not personal for who does not want it, on whichever channel that was said', async () => {
    const ask = () => of({ user: { customerNo: numbers[refuser] } });
    expect((await ask()).personal).toBe(true);
    const say = (granted: boolean, n: number) =>
      inTransaction(shop.platform.pg, (client) =>
        shop.customers.consents.record(client, [
          {
            customerNo: numbers[refuser],
            channel: 'email',
            purpose: 'personalisation',
            granted,
            at: new Date(day(n)),
            source: 'form',
            actor: 'test',
          },
        ]),
      );
    await say(false, 86);
    const refused = await ask();
    expect(refused).toMatchObject({ personal: false });
    expect(refused.items.every(({ reason }) => reason === 'popular')).toBe(true);
    await say(true, 87);
    expect((await ask()).personal).toBe(true);
  });

  it('are the same for many people at once, whoever they are merged with and whatever they refused', async () => {
    const { pg } = shop.platform;
    const merged = numbers[30];
    await pg.query('update customer set status = 1, merged_into = $2, merged_at = now() where customer_no = $1', [merged, numbers[31]]);
    await inTransaction(pg, (client) =>
      shop.customers.consents.record(client, [
        { customerNo: numbers[regular], channel: 'sms', purpose: 'personalisation', granted: false, at: new Date(day(80)), source: 'form', actor: 'test' },
      ]),
    );
    const asked = [regular, refuser, newcomer, 5, 20, 31].map((n) => numbers[n]);
    const many = await shop.insights.recommendMany([...asked, merged], 4);
    for (const no of asked) {
      const one = await idsOf({ user: { customerNo: no }, limit: 4 });
      expect(many.get(no)?.map(({ productId }) => productId)).toEqual(one);
    }
    expect(many.get(merged)).toEqual(many.get(numbers[31]));
    expect(many.get(numbers[regular])?.every(({ reason }) => reason === 'popular')).toBe(true);
    expect((await shop.insights.recommendMany([], 4)).size).toBe(0);
  });
});
