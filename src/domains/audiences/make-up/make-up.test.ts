import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import { encodeBitmap } from '../../../kernel/bitmap/portable-write.ts';
import { reloadMerges } from '../../../platform/clickhouse/merge-dictionary.ts';
import { createTestPlatform, createTestServer, type TestPlatform } from '../../../../test/harness.ts';
import { createCommerce } from '../../commerce/public.ts';
import { createCustomers } from '../../customers/public.ts';
import { createAudiences } from '../audiences.ts';
import type { MakeUp } from '../contract/make-up.ts';
import { pOfShares, pOfZ, tgiOf } from './significance.ts';

describe('significance', () => {
  it('is that of the tables of the normal distribution', () => {
    for (const [z, p] of [[0, 1], [1, 0.317311], [1.959964, 0.05], [-2.575829, 0.01], [5, 5.733e-7]]) expect(pOfZ(z)).toBeCloseTo(p, 6);
  });

  it('gives the published figure for the retention of two arms of a game', () => {
    expect(pOfShares(8_502, 44_700, 8_279, 45_489)).toBeCloseTo(0.001554, 5);
  });

  it('says nothing where nothing can be compared', () => {
    expect(pOfShares(0, 0, 5, 10)).toBeNull();
    expect(pOfShares(10, 10, 5, 5)).toBeNull();
    expect(tgiOf(0, 10, 0, 100)).toBeNull();
    expect(tgiOf(0, 0, 5, 100)).toBeNull();
    expect(tgiOf(5, 10, 25, 100)).toBe(200);
  });
});

describe('the make-up of an audience', () => {
  let test: TestPlatform;
  let server: FastifyInstance;
  beforeAll(async () => {
    test = await createTestPlatform();
    test.platform.clock.now = () => new Date('2026-06-30T04:00:00Z');
    // A hundred people: every second from 杭州, every fifth tagged; the first forty bought tea, the first ten of them thrice.
    await test.platform.clickhouse.command(`insert into customer (customer_no, version, status, created_at, channel, gender, city, tags)
      select number + 1, 1, 'active', '2026-01-01 00:00:00', '', '', if(number % 2 = 0, '杭州', '上海'), if(number % 5 = 0, [1], []) from numbers(100)`);
    await test.platform.clickhouse.command(`insert into order_line (fact_id, customer_no, occurred_at, kind, order_id, category, channel, quantity, unit_price, amount, source)
      select number, if(number < 40, number, number % 10) + 1, '2026-06-10 00:00:00', 'sale', toString(number), '茶叶', '天猫', 1, 120, 120, 't' from numbers(60)`);
    await createCommerce(test.platform).refreshSummaries('all');
    await test.platform.pg.query("insert into tag (name) values ('茶客')");
    server = await createTestServer(test.platform, createAudiences(test.platform, createCustomers(test.platform)).routes);
  });
  afterAll(async () => {
    await server.close();
    await test.close();
  });

  const buyers = { kind: 'measure', facts: { fact: 'order' }, measure: 'orders', compare: { is: 'at_least', value: 1 } };
  const ofHangzhou = { kind: 'field', field: 'city', test: { test: 'any_of', values: ['杭州'] } };
  const read = async (body: object): Promise<MakeUp> =>
    (await server.inject({ method: 'POST', url: '/api/audiences/make-up', payload: body, headers: { 'x-test-permissions': 'audiences.read', 'accept-language': 'zh-CN' } })).json();
  const valuesOf = ({ traits }: MakeUp, trait: string) =>
    Object.fromEntries((traits.find((each) => each.trait === trait)?.values ?? []).map(({ label, inAudience, inBase, tgi }) => [label, [inAudience, inBase, tgi && Math.round(tgi)]]));

  it('compares every trait with all customers', async () => {
    const found = await read({ rule: buyers });
    expect(found).toMatchObject({ size: 40, base: 100 });
    expect(valuesOf(found, 'field:city')).toEqual({ 杭州: [20, 50, 100], 上海: [20, 50, 100] });
    expect(valuesOf(found, 'line:category')).toEqual({ 茶叶: [40, 40, 250] });
    expect(valuesOf(found, 'tag')).toEqual({ 茶客: [8, 20, 100] });
    expect(valuesOf(found, 'frequency')).toEqual({ '0 次': [0, 60, 0], '1 次': [30, 30, 250], '2 次': [0, 0, null], '3–5 次': [10, 10, 250], '6 次及以上': [0, 0, null] });
    expect(valuesOf(found, 'lifecycle')).toMatchObject({ 新客: [40, 40, 250], 从未下单: [0, 60, 0] });
    expect(valuesOf(found, 'value')).toMatchObject({ '100–300': [30, 30, 250], '300–1000': [10, 10, 250] });
  });

  it('compares with another audience, and says how far chance goes', async () => {
    const found = await read({ rule: { kind: 'group', match: 'all', parts: [buyers, ofHangzhou] }, against: buyers });
    expect(found).toMatchObject({ size: 20, base: 40 });
    expect(valuesOf(found, 'field:city')).toEqual({ 杭州: [20, 20, 200], 上海: [0, 20, 0] });
    const { values } = found.traits.find((each) => each.trait === 'field:city') ?? { values: [] };
    expect(values[0].pValue).toBeLessThan(1e-8);
  });

  it('of everybody is everybody’s, and of nobody is empty', async () => {
    const everybody = await read({ rule: { kind: 'group', match: 'all', parts: [] } });
    expect(valuesOf(everybody, 'field:city')).toEqual({ 杭州: [50, 50, 100], 上海: [50, 50, 100] });
    expect(everybody.traits[0].values[0].pValue).toBeNull();
    const nobody = await read({ rule: { kind: 'group', match: 'any', parts: [] } });
    expect(nobody.size).toBe(0);
    expect(valuesOf(nobody, 'field:city')).toEqual({ 杭州: [0, 50, null], 上海: [0, 50, null] });
  });

  it('puts customers into bands at their exact limits', async () => {
    await insertTotals([
      [201, '2026-05-31 16:00:00', '2026-06-30 01:00:00', 1, 99.9999],
      [202, '2026-05-30 15:59:59', '2026-05-30 15:59:59', 2, 100],
      [203, '2025-01-01 00:00:00', '2026-04-01 00:00:00', 3, 299.9999],
      [204, '2025-01-01 00:00:00', '2026-03-31 15:00:00', 5, 300],
      [205, '2024-01-01 00:00:00', '2025-12-31 15:59:00', 6, 1_000],
      [206, '2024-01-01 00:00:00', '2025-06-29 15:59:00', 90, 3_000],
    ]);
    const bandOf = async (no: number): Promise<string> => {
      const found = await read({ rule: { kind: 'list', listId: await listOf(no) } });
      return ['recency', 'frequency', 'value', 'lifecycle'].map((trait) => found.traits.find((each) => each.trait === trait)?.values.find((value) => value.inAudience === 1)?.value).join(' ');
    };
    expect(await Promise.all([201, 202, 203, 204, 205, 206].map(bandOf))).toEqual([
      '0-30 1 0-100 new', '31-90 2 100-300 active', '31-90 3-5 100-300 active', '91-180 3-5 300-1000 at_risk', '181-365 6+ 1000-3000 sleeping', '366+ 6+ 3000+ lost']);
  });

  it('counts merged people under the number they have today', async () => {
    // 300 bought tea and was merged into 301, who bought nothing; 302 bought on her own.
    const { clickhouse, pg } = test.platform;
    await insertPeople(clickhouse, [[301, '{}'], [302, '{}']]);
    await clickhouse.command(`insert into order_line (fact_id, customer_no, occurred_at, kind, order_id, category, channel, quantity, unit_price, amount, source)
      values (9001, 300, '2026-06-20 00:00:00', 'sale', 'm1', '花茶', '天猫', 1, 10, 10, 't'), (9002, 302, '2026-06-20 00:00:00', 'sale', 'm2', '花茶', '天猫', 1, 10, 10, 't')`);
    await createCommerce(test.platform).refreshSummaries('all');
    await clickhouse.command('insert into merge_pair (absorbed_no, survivor_no, version) values (300, 301, 1)');
    await reloadMerges(clickhouse);
    await pg.query("insert into customer (customer_no, created_at, channel) values (301, now(), ''); insert into customer (customer_no, created_at, channel, merged_into) values (300, now(), '', 301)");
    await changeFacts();
    const found = await read({ rule: { kind: 'list', listId: await listOf(301) } });
    expect(valuesOf(found, 'line:category')).toMatchObject({ 花茶: [1, 2, expect.any(Number)] });
    expect(valuesOf(found, 'frequency')).toMatchObject({ '1 次': [1, expect.any(Number), expect.any(Number)] });
    await pg.query('delete from customer where customer_no = 300');
  });

  it('looks at custom attributes of few values, and not at those that tell everybody apart', async () => {
    await insertPeople(test.platform.clickhouse, Array.from({ length: 60 }, (_, i) => [400 + i, JSON.stringify({ plan: i % 3 === 0 ? '金卡' : '普卡', code: `no-${i}` })]));
    await changeFacts();
    const found = await read({ rule: { kind: 'field', field: 'attribute.plan', test: { test: 'any_of', values: ['金卡'] } } });
    expect(found.traits.find((each) => each.trait === 'field:attribute.plan')).toMatchObject({ label: 'plan' });
    expect(valuesOf(found, 'field:attribute.plan')).toMatchObject({ 金卡: [20, 20, expect.any(Number)], 普卡: [0, 40, 0] });
    expect(found.traits.map((each) => each.trait)).not.toContain('field:attribute.code');
  });

  it('has the same sets after lines were taken away again', async () => {
    const { clickhouse } = test.platform;
    const teaOf = async () => valuesOf(await read({ rule: buyers }), 'line:category').茶叶;
    const before = await teaOf();
    await clickhouse.command(`insert into order_line (fact_id, customer_no, import_id, occurred_at, kind, order_id, category, channel, quantity, unit_price, amount, source)
      select 10000 + number, 50 + number, 77, '2026-06-21 00:00:00', 'sale', concat('u', toString(number)), '茶叶', '天猫', 1, 10, 10, 't' from numbers(20)`);
    await changeFacts();
    expect((await teaOf())?.[1]).toBe(Number(before?.[1]) + 20);
    await clickhouse.command('delete from order_line where import_id = 77');
    await changeFacts();
    expect((await teaOf())?.[1]).toBe(before?.[1]);
  });

  const changeFacts = () => test.platform.pg.query('update fact_state set data_version = data_version + 1');
  const insertPeople = (clickhouse: TestPlatform['platform']['clickhouse'], people: [number, string][]) =>
    clickhouse.insertRows('customer', people.map(([customer_no, attributes]) => ({ customer_no, version: 1, status: 'active', created_at: '2026-01-01 00:00:00', attributes: JSON.parse(attributes) as object })));
  const insertTotals = async (totals: [number, string, string, number, number][]) => {
    const { clickhouse } = test.platform;
    await insertPeople(clickhouse, totals.map(([no]) => [no, '{}']));
    await clickhouse.insertRows('customer_summary', totals.map(([customer_no, first_order_at, last_order_at, orders, sales]) =>
      ({ customer_no, version: 1, first_order_at, last_order_at, orders, refunds: 0, sales: String(sales), refunded: '0' })));
    await changeFacts();
  };
  /** An uploaded list of one person. */
  const listOf = async (no: number): Promise<number> => {
    const { rows: [{ id }] } = await test.platform.pg.query<{ id: number }>(
      `insert into audience_list (name, members, size, lines, unknown, duplicates, created_at, created_by)
      values ($1, $2, 1, 1, 0, 0, now(), 'test') returning list_id as id`, [`list ${no}`, Buffer.from(encodeBitmap(Bitmap.of([no])))]);
    return id;
  };
});
