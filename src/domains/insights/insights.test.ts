import type { FastifyInstance } from 'fastify';
import readExcel from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, createTestServer, type TestPlatform } from '../../../test/harness.ts';
import { createInsightsOn } from '../../../test/insights-server.ts';
import { insertLines } from '../../../test/order-lines.ts';
import { workbookType } from '../../platform/workbook/workbook.ts';
import { createCommerce } from '../commerce/public.ts';
import { dimensionNames, metricNames } from './contract.ts';

const march = 'from=2026-03-01&to=2026-03-31';

describe('reports', () => {
  let test: TestPlatform;
  let server: FastifyInstance;
  let version = 1;
  beforeAll(async () => {
    test = await createTestPlatform();
    server = await createTestServer(test.platform, createInsightsOn(test.platform, async () => version).insights.routes);
  });
  afterAll(async () => {
    await server.close();
    await test.close();
  });
  const get = (url: string, permissions: string | null = 'insights.read insights.export', language = 'en') =>
    server.inject({ url, headers: { 'accept-language': language, ...(permissions === null ? {} : { 'x-test-permissions': permissions }) } });
  const overview = async (query = march) => (await get(`/api/insights/overview?${query}`)).json();

  it('of a brand without data are all zero and say that there is none', async () => {
    const reply = await overview();
    expect(reply).toMatchObject({ data: null, totals: { sales: '0', orders: 0, averageOrder: null }, dataVersion: 1 });
    expect(reply.series).toHaveLength(31);
    const table = (await get(`/api/insights/breakdowns/product?${march}`)).json();
    expect(table).toMatchObject({ rows: [], total: 0, totals: { sales: '0' } });
  });

  describe('with data', () => {
    beforeAll(async () => {
      const commerce = createCommerce(test.platform);
      await commerce.products.upsert(test.platform.pg, [{ productId: 'P1', name: '=白茶', at: new Date() }]);
      await insertLines(test.platform.clickhouse, [
        { order: 'A', customerNo: 1, amount: 100, product: 'P1', at: '2026-03-03T04:00:00.000Z' },
        { order: 'B', customerNo: 2, amount: 60, product: 'P2', productName: '盖碗', at: '2026-03-04T04:00:00.000Z', channel: '' },
        { order: 'C', customerNo: 2, amount: 30, product: 'P3', productName: 'Teapot', at: '2026-02-04T04:00:00.000Z', currency: 'GBP' },
        { order: 'B', customerNo: 2, amount: 60, kind: 'refund', product: 'P2', productName: '盖碗', at: '2026-03-31T15:59:59.999Z' },
      ]);
      await commerce.refreshSummaries('all');
    });

    it('keep an answer while the data stays as it is, and give a fresh one when asked or when data came', async () => {
      expect((await overview()).totals.orders).toBe(0);
      expect((await overview(`${march}&fresh=1`)).totals.orders).toBe(2);
      await insertLines(test.platform.clickhouse, [{ order: 'Z', customerNo: 0, amount: 1, at: '2026-03-05T00:00:00.000Z' }]);
      expect((await overview()).totals).toMatchObject({ orders: 2, linesWithoutCustomer: 0 });
      version++;
      const renewed = await overview();
      expect(renewed.totals).toMatchObject({ orders: 3, linesWithoutCustomer: 1, sales: '161', refunds: '60', netSales: '101', averageOrder: '53.6667' });
      expect(renewed).toMatchObject({
        dataVersion: 2,
        period: { from: '2026-03-01', to: '2026-03-31' },
        before: { from: '2026-02-01', to: '2026-02-28' },
        totalsBefore: { sales: '30', buyers: 1, newBuyers: 1, linesInOtherCurrency: 1 },
        data: { lines: 5, firstAt: '2026-02-04T04:00:00.000Z', lastAt: '2026-03-31T15:59:59.999Z' },
      });
      expect(renewed.totals).toMatchObject({ buyers: 2, newBuyers: 1, returningBuyers: 1 });
    });

    it('answer the same whether computed or kept', async () => {
      expect(await overview()).toEqual(await overview());
    });

    const keys = async (query: string) =>
      (await get(`/api/insights/breakdowns/product?${march}&${query}`)).json().rows.map((row: { key: string }) => row.key);

    it.each([
      ['sort=-sales', ['P1', 'P2', 'P3']],
      ['sort=sales', ['P3', 'P2', 'P1']],
      ['sort=-refunds&pageSize=1', ['P2']],
      ['sort=key&pageSize=2&page=2', ['P3']],
      ['sort=-averageOrder&pageSize=1', ['P2']],
      ['sort=-returningBuyers&pageSize=1', ['P2']],
      ['q=teapot', ['P3']],
      [`q=${encodeURIComponent('碗')}`, ['P2']],
      ['q=p1', ['P1']],
      ['product=P2', ['P2']],
    ])('sort, page and search on the server: %s', async (query, expected) => {
      expect(await keys(query)).toEqual(expected);
    });

    it('hold just the metrics asked for, and may be sorted by another', async () => {
      const { rows, totals } = (await get(`/api/insights/breakdowns/product?${march}&metrics=sales&metrics=netSales&sort=-newBuyers`)).json();
      expect(rows[0]).toMatchObject({ key: 'P1', figures: { sales: '101', netSales: '101' } });
      expect(Object.keys(totals)).toEqual(['sales', 'netSales']);
      const { rows: all } = (await get(`/api/insights/breakdowns/product?${march}`)).json();
      expect(Object.keys(all[0].figures)).toEqual(metricNames);
    });

    it('keep the total of all rows on every page', async () => {
      const pages = await Promise.all([1, 2, 3, 4].map(async (page) => (await get(`/api/insights/breakdowns/product?${march}&pageSize=1&page=${page}`)).json()));
      expect(pages.map((page) => [page.rows.length, page.total, page.totals.sales])).toEqual([[1, 3, '161'], [1, 3, '161'], [1, 3, '161'], [0, 3, '161']]);
    });

    it('name products by the catalogue, and leave other rows by their key', async () => {
      const { rows } = (await get(`/api/insights/breakdowns/product?${march}`)).json();
      expect(rows.map((row: { label: string }) => row.label)).toEqual(['=白茶', 'P2', 'P3']);
    });

    it('are taken out as a file that computes nothing, and the audit log says so', async () => {
      const reply = await get(`/api/insights/breakdowns/product/export?${march}&sort=key`, 'insights.export', 'zh-CN');
      expect(reply.headers['content-disposition']).toBe('attachment; filename="product-2026-03-01-2026-03-31.csv"');
      const lines = reply.body.split('\r\n');
      expect(lines[0]).toContain('编号,商品,销售额,退款额');
      expect(lines[1]).toMatch(/^P1,'=白茶,101,0,101,2,50\.5,/);
      expect(lines).toHaveLength(5);
      const { rows } = await test.platform.pg.query("select subject, details from audit_log where action = 'insights.export'");
      expect(rows).toMatchObject([{ subject: 'breakdown:product', details: { rows: 3 } }]);
    });

    it('are taken out as a workbook: numbers as numbers, a name never as a formula, and what they mean', async () => {
      const reply = await get(`/api/insights/breakdowns/product/export?${march}&format=xlsx&sort=key`, 'insights.export', 'zh-CN');
      expect(reply.headers).toMatchObject({ 'content-type': workbookType, 'content-disposition': 'attachment; filename="product-2026-03-01-2026-03-31.xlsx"' });
      const [table, definitions] = await readExcel(reply.rawPayload);
      expect([table.sheet, definitions.sheet]).toEqual(['商品', '口径说明']);
      expect(table.data[0].slice(0, 4)).toEqual(['商品', '名称', '销售额', '退款额']);
      expect(table.data.find(([key]) => key === 'P1')?.slice(0, 3)).toEqual(['P1', '=白茶', 101]);
      expect(table.data[1].slice(0, 5)).toEqual(['合计', null, 161, 60, 101]);
      expect(definitions.data).toContainEqual(['本期', '2026-03-01 至 2026-03-31']);
      expect(definitions.data).toContainEqual(['币种', 'CNY']);
      expect(definitions.data.find(([term]) => term === '客单价')?.[1]).toContain('销售额除以订单数');
      const byDay = await readExcel((await get(`/api/insights/breakdowns/day/export?${march}&format=xlsx`)).rawPayload);
      expect(byDay[0].data[2][0]).toBeInstanceOf(Date);
    });
  });

  it.each(['zh-CN', 'en'])('say in %s what every metric and dimension means', async (language) => {
    const { metrics, dimensions } = (await get('/api/insights/definitions', undefined, language)).json();
    expect(metrics.map((metric: { name: string }) => metric.name)).toEqual(expect.arrayContaining([...metricNames]));
    expect(dimensions.map((dimension: { name: string }) => dimension.name)).toEqual(expect.arrayContaining([...dimensionNames]));
    for (const { label, definition } of [...metrics, ...dimensions]) {
      expect(label).not.toMatch(/^(metric|dimension)\./);
      expect(definition).not.toMatch(/^(metric|dimension)\./);
    }
  });

  it.each([
    '/api/insights/overview',
    '/api/insights/overview?from=2026-03-31&to=2026-03-01',
    '/api/insights/overview?from=2026-02-30&to=2026-03-01',
    `/api/insights/overview?${march}&by=hour`,
    '/api/insights/overview?from=1950-01-01&to=2026-03-01&by=day',
    `/api/insights/breakdowns/customer?${march}`,
    `/api/insights/breakdowns/product?${march}&sort=customer_no`,
    `/api/insights/breakdowns/day?${march}&q=x`,
    `/api/insights/breakdowns/day?${march}&metrics=profit`,
    `/api/insights/breakdowns/product/export?${march}&sort=x`,
  ])('answer 400 to %s', async (url) => {
    const reply = await get(url);
    expect(reply.statusCode).toBe(400);
    expect(reply.json().detail).not.toMatch(/^problem\./);
  });

  it('answer 404 where there is no such report', async () => {
    expect((await get('/api/insights/forecast')).statusCode).toBe(404);
  });

  it.each([`/api/insights/overview?${march}`, `/api/insights/breakdowns/product?${march}`, `/api/insights/breakdowns/product/export?${march}`, '/api/insights/definitions'])(
    'ask at %s who it is and whether they may', async (url) => {
      expect((await get(url, null)).statusCode).toBe(401);
      expect((await get(url, 'commerce.read')).statusCode).toBe(403);
    });
});
