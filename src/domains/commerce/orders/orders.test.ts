import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, createTestServer, type TestPlatform } from '../../../../test/harness.ts';
import { insertLines, mergeCustomers, orderKeyOf } from '../../../../test/order-lines.ts';
import { createCommerce } from '../public.ts';

describe('orders', () => {
  let test: TestPlatform;
  let server: FastifyInstance;
  beforeAll(async () => {
    test = await createTestPlatform();
    server = await createTestServer(test.platform, createCommerce(test.platform).routes);
    await insertLines(test.platform.clickhouse, [
      { order: 'A1', customerNo: 1, at: '2026-03-01T15:59:59.000Z', amount: 10, quantity: 2 },
      { order: 'A1', customerNo: 1, at: '2026-03-01T15:59:59.000Z', amount: 5.5, category: '茶具', product: 'P2', productName: '盖碗' },
      // Bought by number 2, who has since become part of 1; given back in the next month.
      { order: 'A2', customerNo: 2, at: '2026-03-01T16:00:00.000Z', amount: 20, channel: '门店', region: '上海' },
      { order: 'A2', customerNo: 1, at: '2026-04-02T04:00:00.000Z', amount: 20, kind: 'refund', channel: '门店', region: '上海' },
      { order: 'A3', customerNo: 0, at: '2026-03-05T04:00:00.000Z', amount: 7, channel: '', product: '=2+3' },
      { order: '=cmd', customerNo: 3, at: '2026-03-06T04:00:00.000Z', amount: 100, source: 'other' },
    ]);
    await mergeCustomers(test.platform.clickhouse, [{ absorbed: 2, survivor: 1 }]);
  });
  afterAll(async () => {
    await server.close();
    await test.close();
  });

  const get = (url: string, permissions: string | null = 'commerce.read') =>
    server.inject({ url, headers: permissions === null ? {} : { 'x-test-permissions': permissions } });
  const list = async (query: string) => (await get(`/api/orders?${query}`)).json();
  const numbers = async (query: string): Promise<string[]> => (await list(query)).rows.map((row: { orderId: string }) => row.orderId);

  it('are listed newest first with their sums, under who they count for today', async () => {
    const { rows, total } = await list('');
    expect(total).toBe(4);
    expect(rows.map((row: { orderId: string }) => row.orderId)).toEqual(['=cmd', 'A3', 'A2', 'A1']);
    expect(rows[2]).toMatchObject({ customerNo: 1, sales: '20', refunded: '20', net: '0', lines: 2, units: '1', channel: '门店' });
    expect(rows[1].customerNo).toBeNull();
    expect(rows[3]).toMatchObject({ sales: '15.5', refunded: '0', units: '3', orderKey: orderKeyOf('A1'), currency: 'CNY' });
  });

  it('belong to days of the brand, which begin at 16:00 UTC', async () => {
    expect(await numbers('from=2026-03-01&to=2026-03-01')).toEqual(['A1']);
    expect(await numbers('from=2026-03-02&to=2026-03-02')).toEqual(['A2']);
    expect(await numbers('to=2026-03-01')).toEqual(['A1']);
  });

  it('show as much of themselves as matches, so that lists add up to reports', async () => {
    const { rows, total } = await list('from=2026-04-01&to=2026-04-30');
    expect(total).toBe(1);
    expect(rows[0]).toMatchObject({ orderId: 'A2', sales: '0', refunded: '20', net: '-20' });
    expect((await list(`category=${encodeURIComponent('茶具')}`)).rows[0]).toMatchObject({ orderId: 'A1', sales: '5.5', lines: 1 });
  });

  it.each([
    ['kind=refund', ['A2']],
    ['kind=sale&to=2026-03-31', ['=cmd', 'A3', 'A2', 'A1']],
    [`channel=${encodeURIComponent('门店')}`, ['A2']],
    [`channel=${encodeURIComponent('门店')}&channel=${encodeURIComponent('天猫旗舰店')}`, ['=cmd', 'A2', 'A1']],
    [`region=${encodeURIComponent('上海')}`, ['A2']],
    ['product=P2', ['A1']],
    ['q=A2', ['A2']],
    ['q=A', []],
    ['sort=sales', ['A3', 'A1', 'A2', '=cmd']],
    ['sort=-lines&pageSize=2', ['A1', 'A2']],
    ['sort=-sales&pageSize=2&page=2', ['A1', 'A3']],
    ['page=9', []],
  ])('filter, sort and page: %s', async (query, expected) => {
    const found = await numbers(query);
    expect(query.startsWith('sort=-lines') ? found.toSorted() : found).toEqual(expected);
  });

  it('are read one by one with every line', async () => {
    const reply = await get(`/api/orders/${orderKeyOf('A2')}`);
    expect(reply.json()).toMatchObject({
      order: { orderId: 'A2', customerNo: 1 },
      lines: [{ kind: 'sale', amount: '20' }, { kind: 'refund', amount: '-20', occurredAt: '2026-04-02T04:00:00.000Z' }],
      linesLeftOut: 0,
    });
  });

  it('are taken out as a file that computes nothing, and the audit log says so', async () => {
    const reply = await get('/api/orders/export?sort=sales', 'commerce.export');
    expect(reply.headers['content-type']).toBe('text/csv; charset=utf-8');
    const [heading, ...lines] = reply.body.split('\r\n');
    expect(heading).toMatch(/^\uFEFF订单号,时间,|^\uFEFFOrder number,/);
    expect(lines).toHaveLength(5);
    expect(lines[3]).toContain("'=cmd,");
    const { rows } = await test.platform.pg.query("select actor_name, subject, details from audit_log where action = 'commerce.export'");
    expect(rows).toMatchObject([{ actor_name: 'test staff', subject: 'orders', details: { rows: 4 } }]);
  });

  it('say which channels, regions and categories there are, the most frequent first', async () => {
    expect((await get('/api/order-facets')).json()).toEqual({
      channels: ['天猫旗舰店', '门店'],
      regions: ['浙江', '上海'],
      categories: ['茶叶', '茶具'],
      brands: ['常青'],
    });
  });

  it.each([
    ['/api/orders?from=2026-02-30', 400],
    ['/api/orders?sort=order_key', 400],
    ['/api/orders?kind=gift', 400],
    ['/api/orders?pageSize=1000', 400],
    ['/api/orders/export?sort=x', 400],
    ['/api/orders/abc', 400],
    ['/api/orders/1', 404],
    ['/api/orders/99999999999999999999', 404],
  ])('answer %s with %i', async (url, status) => {
    const reply = await get(url, 'commerce.read commerce.export');
    expect(reply.statusCode).toBe(status);
    expect(reply.json().detail).not.toMatch(/^problem\./);
  });

  it.each(['/api/orders', '/api/orders/1', '/api/orders/export', '/api/order-facets'])('%s asks who it is and whether they may', async (url) => {
    expect((await get(url, null)).statusCode).toBe(401);
    expect((await get(url, 'customers.read')).statusCode).toBe(403);
  });
});
