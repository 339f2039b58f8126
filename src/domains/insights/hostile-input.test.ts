import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, createTestServer, type TestPlatform } from '../../../test/harness.ts';
import { createInsightsOn } from '../../../test/insights-server.ts';
import { insertLines } from '../../../test/order-lines.ts';

const endings = ['', '--', ' -- ', '#', '/*', '\u0000', '\\', ')', '))', ';'];
const payloads = [
  "'", '"', '`', "''", "' or 1=1", "' or '1'='1", "') or ('1'='1", "x' union all select 1", "x'; drop table order_line",
  "'; drop table product", "1; truncate table order_line", "{limit:UInt32}", "{x:Identifier}", "\\'", "\\\\'", "'\n", "\t'",
  "' and sleepEachRow(3)=0", "' || file('/etc/passwd')", "' in (select url('http://127.0.0.1'))", "sales_now desc, (select 1)",
  "key, (select count() from system.users)", "%27%20or%201=1", "＇ or 1=1", "$1", "${1}", "[]", "['a'", "']) or (1", "NULL",
].flatMap((payload) => endings.map((ending) => payload + ending));

const period = 'from=2026-03-01&to=2026-03-31';

/** Every parameter that filters, sorts, groups or searches, with a text put into it. */
const questions: ((text: string) => string)[] = [
  ...['channel', 'region', 'category', 'brand', 'product', 'q', 'sort', 'from', 'to', 'page', 'pageSize', 'fresh', 'metrics'].map(
    (name) => (text: string) => `/api/insights/breakdowns/product?${name === 'from' || name === 'to' ? '' : period}&${name}=${text}`),
  (text) => `/api/insights/breakdowns/${text}?${period}`,
  (text) => `/api/insights/overview?${period}&by=${text}`,
  ...['channel', 'region', 'category', 'brand', 'product', 'q', 'sort', 'kind', 'from', 'to'].map(
    (name) => (text: string) => `/api/orders?${name}=${text}`),
  (text) => `/api/orders/${text}`,
  ...['category', 'brand', 'status', 'q', 'sort', 'from'].map((name) => (text: string) => `/api/products?${name}=${text}`),
  (text) => `/api/products/${text}`,
];

describe('hostile input', () => {
  let test: TestPlatform;
  let server: FastifyInstance;
  beforeAll(async () => {
    test = await createTestPlatform();
    const { commerce, insights } = createInsightsOn(test.platform, async () => 1);
    server = await createTestServer(test.platform, [...commerce.routes, ...insights.routes]);
    await insertLines(test.platform.clickhouse, [{ order: 'A', amount: 1 }, { order: 'B', amount: 2 }]);
    await commerce.products.upsert(test.platform.pg, [{ productId: 'P1', name: '白茶', at: new Date() }]);
  });
  afterAll(async () => {
    await server.close();
    await test.close();
  });

  it(`is a value that matches nothing, or refused: ${payloads.length} payloads, each through every parameter of some question`, { timeout: 180_000 }, async () => {
    expect(payloads.length).toBeGreaterThanOrEqual(300);
    const counts = new Map<number, number>();
    // Every payload meets a twelfth of the questions, every question a twelfth of the payloads.
    for (const [i, payload] of payloads.entries()) {
      const some = questions.filter((_question, at) => at % 12 === i % 12);
      await Promise.all(some.map(async (question) => {
        const url = question(encodeURIComponent(payload));
        const reply = await server.inject({ url, headers: { 'x-test-permissions': 'insights.read commerce.read' } });
        counts.set(reply.statusCode, (counts.get(reply.statusCode) ?? 0) + 1);
        expect([200, 400, 404], `${url}: ${reply.body.slice(0, 300)}`).toContain(reply.statusCode);
        if (reply.statusCode === 200) expect(reply.json().total ?? 0, url).toBe(0);
      }));
    }
    expect(counts.get(200)).toBeGreaterThan(150);
    expect(await test.platform.clickhouse.rows('select count() as n from order_line')).toEqual([{ n: '2' }]);
    expect((await test.platform.pg.query('select product_id from product')).rows).toEqual([{ product_id: 'P1' }]);
  });
});
