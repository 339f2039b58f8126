import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
});
