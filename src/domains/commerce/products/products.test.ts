import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestPlatform, createTestServer, type TestPlatform } from '../../../../test/harness.ts';
import { insertLines } from '../../../../test/order-lines.ts';
import { createCommerce, type Commerce, type ProductStatement } from '../public.ts';

const at = (minute: number): Date => new Date(Date.UTC(2026, 0, 1, 0, minute));

describe('the catalogue', () => {
  let test: TestPlatform;
  let commerce: Commerce;
  let server: FastifyInstance;
  beforeAll(async () => {
    test = await createTestPlatform();
    commerce = createCommerce(test.platform);
    server = await createTestServer(test.platform, commerce.routes);
  });
  afterAll(async () => {
    await server.close();
    await test.close();
  });
  beforeEach(() => test.platform.pg.query('truncate product'));
  const upsert = (...said: ProductStatement[]) => commerce.products.upsert(test.platform.pg, said);
  const stored = async (productId: string) => (await test.platform.pg.query('select * from product where product_id = $1', [productId])).rows[0];
  const get = (url: string, permissions: string | null = 'commerce.read') =>
    server.inject({ url, headers: permissions === null ? {} : { 'x-test-permissions': permissions } });

  it('keeps what the newest statement says, in whatever order and in whatever batches they come', async () => {
    const statement = fc.record({
      name: fc.constantFrom('甲', '乙', '丙'),
      listPrice: fc.constantFrom(10_000n, 25_000n),
      hour: fc.integer({ min: 0, max: 1_000 }),
    });
    const history = fc.uniqueArray(statement, { selector: (s) => s.hour, minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(history, fc.integer({ min: 1, max: 4 }), async (said, batch) => {
        await test.platform.pg.query('truncate product');
        const all = said.map(({ hour, ...rest }) => ({ productId: 'P', at: at(hour * 61), ...rest }));
        for (let i = 0; i < all.length; i += batch) await upsert(...all.slice(i, i + batch));
        const newest = all.toSorted((a, b) => a.at.getTime() - b.at.getTime()).at(-1);
        expect(await stored('P')).toMatchObject({ name: newest?.name, described_at: newest?.at });
        expect(Number((await stored('P')).list_price) * 10_000).toBe(Number(newest?.listPrice));
      }),
      { numRuns: 40 },
    );
  });

  it('adds what the newer statements do not say', async () => {
    await upsert({ productId: 'P', name: '白茶', at: at(500), status: 'retired' });
    await upsert({ productId: 'P', name: '旧名', category: '茶叶', listPrice: 99_0000n, at: at(10) });
    await upsert({ productId: 'P', brand: '常青', at: at(900) }, { productId: '', name: 'no id', at: at(1) });
    expect(await stored('P')).toMatchObject({ name: '白茶', category: '茶叶', brand: '常青', list_price: '99.0000', status: 'retired' });
    expect((await test.platform.pg.query('select count(*) as n from product')).rows[0].n).toBe(1);
  });

  it('takes many at once, also when two do it at the same time', async () => {
    const many = Array.from({ length: 12_000 }, (_, i) => ({ productId: `P${i}`, name: `n${i}`, at: at(0) }));
    await Promise.all([upsert(...many), upsert(...many.toReversed())]);
    expect((await test.platform.pg.query('select count(*) as n from product')).rows[0].n).toBe(12_000);
    expect(await commerce.products.namesOf(['P7', 'P11999', 'none'])).toEqual(new Map([['P7', 'n7'], ['P11999', 'n11999']]));
  });

  describe('with sales', () => {
    beforeAll(async () => {
      await insertLines(test.platform.clickhouse, [
        { order: 'B1', product: 'T1', amount: 30, quantity: 3, at: '2026-03-01T04:00:00.000Z' },
        { order: 'B2', product: 'T1', amount: 10, at: '2026-04-30T16:30:00.000Z' },
        { order: 'B2', product: 'T1', amount: 10, kind: 'refund', at: '2026-05-02T04:00:00.000Z' },
        { order: 'B3', product: 'T2', amount: 12.34, at: '2026-03-01T04:00:00.000Z' },
      ]);
    });
    beforeEach(() =>
      upsert(
        { productId: 'T1', name: '白茶 100%', category: '饮品/茶叶', brand: '常青', listPrice: 10_5000n, at: at(0) },
        { productId: 'T2', name: '=盖碗', category: '茶具', brand: '景窑', at: at(0) },
        { productId: 'T3', name: '新品', category: '茶具', brand: '景窑', status: 'retired', at: at(0) },
      ));
    const ids = async (query: string) => (await get(`/api/products?${query}`)).json().rows.map((row: { productId: string }) => row.productId);

    it('lists products with the figures of the period', async () => {
      const { rows, total } = (await get('/api/products')).json();
      expect(total).toBe(3);
      expect(rows[0]).toMatchObject({ productId: 'T1', sales: '40', refunded: '10', units: '4', orders: 2, listPrice: '10.5' });
      expect(rows[1]).toMatchObject({ productId: 'T2', sales: '12.34', listPrice: null });
      expect(rows[2]).toMatchObject({ productId: 'T3', sales: '0', orders: 0 });
      expect((await get('/api/products?from=2026-05-01')).json().rows[0]).toMatchObject({ productId: 'T1', sales: '10', refunded: '10' });
    });

    it.each([
      ['sort=sales', ['T3', 'T2', 'T1']],
      ['sort=-listPrice', ['T1', 'T2', 'T3']],
      ['sort=-sales&pageSize=1&page=2', ['T2']],
      [`q=${encodeURIComponent('100%')}`, ['T1']],
      ['q=%25', ['T1']],
      ['q=t3', ['T3']],
      [`category=${encodeURIComponent('茶具')}&sort=productId`, ['T2', 'T3']],
      [`brand=${encodeURIComponent('景窑')}&status=active`, ['T2']],
    ])('filters, sorts and pages: %s', async (query, expected) => {
      expect(await ids(query)).toEqual(expected);
    });

    it('shows one product with its months in the brand\'s zone', async () => {
      expect((await get('/api/products/T1')).json()).toMatchObject({
        product: { name: '白茶 100%', sales: '40', refunded: '10', orders: 2, listPrice: '10.5' },
        months: [
          { month: '2026-03-01', sales: '30', orders: 1 },
          { month: '2026-05-01', sales: '10', refunded: '10', orders: 1 },
        ],
      });
    });

    it('counts products by category', async () => {
      expect((await get('/api/categories')).json()).toEqual({ categories: [{ category: '茶具', products: 2 }, { category: '饮品/茶叶', products: 1 }] });
    });

    it('is taken out as a file that computes nothing, and the audit log says so', async () => {
      const reply = await get('/api/products/export?sort=productId', 'commerce.export');
      expect(reply.body.split('\r\n')[2]).toBe("T2,'=盖碗,茶具,景窑,,active,12.34,0,1,1");
      const { rows } = await test.platform.pg.query("select details from audit_log where action = 'commerce.export' and subject = 'products'");
      expect(rows).toMatchObject([{ details: { rows: 3, sort: 'productId' } }]);
    });

    it.each([
      ['/api/products?sort=price', 400],
      ['/api/products?status=lost', 400],
      ['/api/products/export?from=yesterday', 400],
      ['/api/products/none', 404],
    ])('answers %s with %i', async (url, status) => {
      const reply = await get(url, 'commerce.read commerce.export');
      expect(reply.statusCode).toBe(status);
    });

    it.each(['/api/products', '/api/products/T1', '/api/products/export', '/api/categories'])('asks at %s who it is and whether they may', async (url) => {
      expect((await get(url, null)).statusCode).toBe(401);
      expect((await get(url, 'customers.read')).statusCode).toBe(403);
    });
  });
});
