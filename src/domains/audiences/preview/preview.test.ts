import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, createTestServer, type TestPlatform } from '../../../../test/harness.ts';
import { createCommerce } from '../../commerce/public.ts';
import { createCustomers } from '../../customers/public.ts';
import { createAudiences } from '../audiences.ts';

const line = (customerNo: number, order: string, over: object = {}) => ({
  fact_id: `${customerNo}${order}`.replace(/\D/g, ''), batch_no: 1, import_id: 0, customer_no: customerNo, occurred_at: '2026-06-01 02:00:00.000', kind: 'sale', order_id: order,
  product_id: 'P1', product_name: '茶', category: '茶叶', brand: '', channel: '天猫', region: '浙江', quantity: '1', unit_price: '30', amount: '30', currency: 'CNY', source: 'test', ...over,
});
const event = (customerNo: number, id: number, properties: object) => ({
  event_id: `00000000-0000-4000-8000-${String(id).padStart(12, '0')}`, batch_no: 1, import_id: 0, customer_no: customerNo, occurred_at: '2026-06-02 02:00:00.000',
  received_at: '2026-06-02 02:00:00.000', kind: 'track', name: 'Product Viewed', properties, channel: '', source: 'test',
});
const customer = (customerNo: number, over: object = {}) => ({
  customer_no: customerNo, version: 1, status: 'active', created_at: '2026-01-01 00:00:00.000', channel: '', gender: '', birth_date: null, country: '', province: '', city: '', language: '', attributes: {}, tags: [], ...over,
});
const hostile = "'; DROP TABLE order_line; --";

describe('the preview of a rule', () => {
  let test: TestPlatform;
  let server: FastifyInstance;
  beforeAll(async () => {
    test = await createTestPlatform();
    const { clickhouse, pg } = test.platform;
    await clickhouse.insertRows('customer', [
      customer(1, { city: '杭州', birth_date: '1992-02-29', gender: 'female', attributes: { plan: 'gold', score: 12.5 }, tags: [7] }), customer(2, { city: hostile }),
      customer(3, { city: '１２３🧧' }), customer(4), customer(5, { status: 'merged' }),
    ]);
    await clickhouse.insertRows('order_line', [line(1, '11'), line(1, '12'), line(2, '21', { category: hostile }), line(5, '51'), line(0, '90')]);
    await clickhouse.insertRows('event', [event(1, 1, { price: 9.5, name: 'x' }), event(1, 2, { price: '0.5' }), event(2, 3, { price: 'dear' })]);
    await pg.query("insert into customer (customer_no, created_at) select n, now() from generate_series(1, 5) n");
    await pg.query("insert into tag (name) overriding system value values ('茶客')");
    await pg.query("insert into product (product_id, name, first_seen_at, described_at) values ('P-1', 'Longjing', now(), now())");
    await createCommerce(test.platform).refreshSummaries('all');
    server = await createTestServer(test.platform, createAudiences(test.platform, createCustomers(test.platform)).routes);
  });
  afterAll(async () => {
    await server.close();
    await test.close();
  });

  const post = async (path: string, body: object) => {
    const reply = await server.inject({ method: 'POST', url: path, payload: body, headers: { 'x-test-permissions': 'audiences.read', 'accept-language': 'en' } });
    return { status: reply.statusCode, body: reply.json() as Record<string, never> };
  };
  const size = async (rule: object): Promise<unknown> => {
    const { body } = await post('/api/audiences/preview', { rule });
    return body.size ?? body;
  };
  const field = (name: string, given: object) => ({ kind: 'field', field: name, test: given });
  const orders = (value: number, over: object = {}) => ({ kind: 'measure', facts: { fact: 'order', ...over }, measure: 'orders', compare: { is: 'at_least', value } });
  const viewed = (measure: string, compare: object, property = 'price') => ({ kind: 'measure', facts: { fact: 'event', name: 'Product Viewed' }, measure, property, compare });

  it('counts exactly, part by part, and how each narrows the rest', async () => {
    const rule = { kind: 'group', match: 'all', parts: [orders(1), field('city', { test: 'any_of', values: ['杭州'] }), { kind: 'group', match: 'none', parts: [orders(3)] }] };
    const { body } = await post('/api/audiences/preview', { rule });
    expect(body).toMatchObject({
      size: 1, base: 4, parts: [
        { path: '', size: 1, after: 1 }, { path: 'parts.0', size: 2, after: 2 }, { path: 'parts.1', size: 1, after: 1 },
        { path: 'parts.2', size: 4, after: 1 }, { path: 'parts.2.parts.0', size: 0, after: 4 },
      ],
      sentence: 'orders of purchases at least 1 and City is 杭州 and not (orders of purchases at least 3)',
    });
  });

  it('takes hostile, full-width and emoji text for what it is', async () => {
    expect(await size(field('city', { test: 'any_of', values: [hostile] }))).toBe(1);
    expect(await size(field('city', { test: 'starts_with', value: '１２' }))).toBe(1);
    expect(await size(field('city', { test: 'contains', value: '🧧' }))).toBe(1);
    expect(await size(orders(1, { where: [{ field: 'category', test: 'any_of', values: [hostile] }] }))).toBe(1);
    expect(await size(field('attribute.plan', { test: 'any_of', values: ['gold', hostile] }))).toBe(1);
    expect(await size({ kind: 'measure', facts: { fact: 'event', name: hostile }, measure: 'times', compare: { is: 'equals', value: 0 } })).toBe(4);
    expect((await test.platform.clickhouse.rows('select count() as n from order_line'))[0]).toEqual({ n: '5' });
  });

  it('reads numbers out of attributes and properties, and passes over what is none', async () => {
    expect(await size(field('attribute.score', { test: 'compare', compare: { is: 'more_than', value: 12 } }))).toBe(1);
    expect(await size(viewed('sum', { is: 'equals', value: 10 }))).toBe(1);
    expect(await size(viewed('average', { is: 'equals', value: 5 }))).toBe(1);
    expect(await size(viewed('minimum', { is: 'less_than', value: 100 }))).toBe(1);
    expect(await size(viewed('sum', { is: 'equals', value: 0 }))).toBe(3);
    expect(await size(viewed('distinct', { is: 'at_least', value: 1 }))).toBe(2);
  });

  it('keeps birthdays of 29 February in every year', async () => {
    test.platform.clock.now = () => new Date('2026-02-28T04:00:00Z');
    expect(await size(field('birth_date', { test: 'anniversary', from: 0, to: 0 }))).toBe(1);
    test.platform.clock.now = () => new Date('2028-02-28T04:00:00Z');
    expect(await size(field('birth_date', { test: 'anniversary', from: 0, to: 0 }))).toBe(0);
  });

  it('gives an empty audience and an audience of everybody their due', async () => {
    expect(await size({ kind: 'group', match: 'any', parts: [] })).toBe(0);
    expect(await size({ kind: 'group', match: 'none', parts: [] })).toBe(4);
    expect((await post('/api/audiences/preview/people', { rule: { kind: 'group', match: 'any', parts: [] } })).body).toMatchObject({ people: [], size: 0 });
  });

  it('draws the same people for the same seed', async () => {
    const draw = async (seed: number) => (await post('/api/audiences/preview/people', { rule: { kind: 'group', match: 'all', parts: [] }, seed })).body.people;
    expect(await draw(3)).toEqual(await draw(3));
    expect(await draw(3)).toHaveLength(4);
  });

  it('tells of one person which parts hold, and by what was found', async () => {
    test.platform.clock.now = () => new Date('2026-06-30T04:00:00Z');
    const rule = { kind: 'group', match: 'all', parts: [orders(2), field('city', { test: 'any_of', values: ['杭州'] }), { kind: 'tag', tags: [1] }, { kind: 'moment', facts: { fact: 'order' }, which: 'last', when: { from: '2026-06-01' } }] };
    const { body } = await post('/api/audiences/explain', { rule, customerNo: 1 });
    expect(body).toMatchObject({
      customerNo: 1, holds: false, parts: [
        { path: '', holds: false }, { path: 'parts.0', holds: true, found: '2', sentence: 'orders of purchases at least 2' },
        { path: 'parts.1', holds: true, found: '杭州' }, { path: 'parts.2', holds: false, found: null }, { path: 'parts.3', holds: true, found: '2026-06-01' },
      ],
    });
    for (const customerNo of [5, 99]) {
      expect(await post('/api/audiences/explain', { rule, customerNo }), String(customerNo)).toMatchObject({ status: 404, body: { code: 'audiences.no_such_person' } });
    }
  });

  it('refuses what refers to nothing, with the place of the fault', async () => {
    expect(await post('/api/audiences/preview', { rule: { kind: 'audience', audienceId: 99 } })).toMatchObject({ status: 404, body: { code: 'audiences.not_found' } });
    expect(await post('/api/audiences/preview', { rule: { kind: 'list', listId: 99 } })).toMatchObject({ status: 404, body: { code: 'audiences.list_not_found' } });
    expect(await post('/api/audiences/preview', { rule: { kind: 'group', match: 'all', parts: [field('nonsense', { test: 'known' })] } })).toMatchObject({ status: 400, body: { code: 'audiences.unknown_field' } });
    expect(await post('/api/audiences/preview', { rule: { kind: 'group', match: 'all', parts: [{ kind: 'tag', tags: [] }] } })).toMatchObject({ status: 400 });
  });

  it('offers what there is to choose from', async () => {
    const get = async (url: string) => (await server.inject({ url, headers: { 'x-test-permissions': 'audiences.read', 'accept-language': 'en' } })).json() as Record<string, unknown>;
    expect(await get('/api/audience-fields')).toMatchObject({ events: [{ name: 'Product Viewed', label: 'Product viewed', events: 3 }], attributes: ['plan', 'score'], tags: [{ name: '茶客' }] });
    expect(await get('/api/audience-fields/values?of=line:category')).toMatchObject({ values: [{ value: '茶叶', count: 4 }, { value: hostile, count: 1 }] });
    expect(await get('/api/audience-fields/values?of=line:product&named=P-1&named=gone')).toMatchObject({ named: [{ value: 'P-1', label: 'Longjing' }, { value: 'gone', label: 'gone' }] });
    expect(await get('/api/audience-fields/values?of=field:gender&q=FEM&named=male')).toMatchObject({ values: [{ value: 'female', label: 'Female', count: 1 }], named: [{ value: 'male', label: 'Male' }] });
    expect(await get('/api/audience-fields/values?of=field:city&q=%E6%9D%AD')).toMatchObject({ values: [{ value: '杭州', count: 1 }] });
    expect(await get(`/api/audience-fields/values?of=${encodeURIComponent('event:Product Viewed:price')}`)).toMatchObject({ values: [{ count: 1 }, { count: 1 }, { count: 1 }] });
    expect(await get('/api/audience-fields/properties?event=Product%20Viewed')).toMatchObject({ properties: [{ property: 'name', isNumber: false }, { property: 'price', isNumber: true }] });
    for (const of of ['field:gender.x', 'line:order_id', 'event:x', 'field:birth_date', "line:category' or 1"]) {
      expect(await get(`/api/audience-fields/values?of=${encodeURIComponent(of)}`), of).toMatchObject({ code: 'audiences.no_choices' });
    }
  });
});
