import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInsightsServer, type InsightsServer } from '../../../../test/insights-server.ts';
import { insertLines, mergeCustomers, type TestLine } from '../../../../test/order-lines.ts';
import {
  exportAssociationRules,
  listAssociationRules,
  listBundles,
  readAssociation,
  readModel,
  readPeople,
  trainModel,
} from '../contract.ts';

const groceries = join(
  import.meta.dirname,
  '../../../../../shared/data/groceries/groceries_basket.csv',
);
if (!existsSync(groceries))
  process.stderr.write(`Not tested, for lack of the file: ${groceries}\n`);

/** A server whose brand has these lines, and a way to have the model computed on them. */
async function shopWith(lines: Partial<TestLine>[]) {
  const shop = await createInsightsServer();
  await insertLines(shop.platform.clickhouse, lines);
  await shop.platform.pg.query(
    'insert into customer (customer_no, created_at) select n, now() from generate_series(1, 40) n',
  );
  await shop.platform.clickhouse.command(
    "insert into customer (customer_no, version, status, created_at) select number + 1, 1, 'active', '2026-01-01 00:00:00' from numbers(40)",
  );
  await shop.changed();
  await shop.platform.jobs.start(true);
  return { ...shop, train: (params: Record<string, unknown> = {}) => train(shop, params) };
}

async function train(shop: InsightsServer, params: Record<string, unknown>) {
  const asked = await shop.ask(trainModel, { params: { kind: 'association' }, body: { params } });
  expect(asked.status, asked.text).toBe(202);
  for (;;) {
    const { body } = await shop.ask(readModel, { params: { kind: 'association' } });
    if (!body.underWay) return body;
    await sleep(50);
  }
}
const basket = (
  customerNo: number,
  order: string,
  at: string,
  ...products: string[]
): Partial<TestLine>[] =>
  products.map((product) => ({
    customerNo,
    order,
    at: `${at}T04:00:00.000Z`,
    product,
    productName: product,
    category: `${product[0]}类`,
    amount: 10,
  }));

describe.skipIf(!existsSync(groceries))('rules of a brand that sold the groceries', () => {
  let shop: Awaited<ReturnType<typeof shopWith>>;
  beforeAll(async () => {
    const baskets = readFileSync(groceries, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => line.split(',').map((item) => item.trim()));
    shop = await shopWith(
      baskets.flatMap((items, n) => basket(0, `G${n}`, '2026-03-01', ...items)),
    );
    const { current, failed } = await shop.train({ leastSupport: 0.005, leastConfidence: 0.5 });
    expect(failed?.failure ?? null).toBeNull();
    expect(current?.state).toBe('done');
  });
  afterAll(() => shop.close());

  it("are the published ones, though all baskets are nobody's", async () => {
    const { body } = await shop.ask(listAssociationRules, {
      query: { sort: '-lift', pageSize: 200 },
    });
    expect(body.total).toBe(120);
    expect(body.rows[0]).toMatchObject({
      antecedent: expect.arrayContaining([
        { id: 'curd', name: 'curd' },
        { id: 'tropical fruit', name: 'tropical fruit' },
      ]),
      consequent: { id: 'yogurt' },
      withBoth: 52,
      base: 9_835,
    });
    expect(body.rows[0].lift).toBeCloseTo(3.69064, 5);
    const atOne = body.rows.filter(({ support }) => support >= 0.01);
    expect(atOne).toHaveLength(15);
    expect(atOne[0]).toMatchObject({ consequent: { id: 'other vegetables' }, withBoth: 102 });
    const {
      body: { result },
    } = await shop.ask(readAssociation);
    expect(result?.product).toMatchObject({
      orders: 9_835,
      ordersOfNobody: 9_835,
      people: 0,
      occasions: 0,
      sequences: { found: 0 },
      baskets: { kept: 120 },
    });
    expect(result!.pieces / result!.product.orders).toBeCloseTo(43_367 / 9_835, 10);
  });

  it('are sorted, filtered and paged where they lie', async () => {
    const first = await shop.ask(listAssociationRules, {
      query: { sort: 'withBoth', pageSize: 7 },
    });
    const second = await shop.ask(listAssociationRules, {
      query: { sort: 'withBoth', pageSize: 7, page: 2 },
    });
    const counts = [...first.body.rows, ...second.body.rows].map(({ withBoth }) => withBoth);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(
      new Set([...first.body.rows, ...second.body.rows].map(({ ruleNo }) => ruleNo)).size,
    ).toBe(14);
    const ofCurd = await shop.ask(listAssociationRules, { query: { item: 'curd', pageSize: 200 } });
    expect(ofCurd.body.total).toBeGreaterThan(0);
    expect(
      ofCurd.body.rows.every(({ antecedent, consequent }) =>
        [...antecedent, consequent].some(({ id }) => id === 'curd'),
      ),
    ).toBe(true);
    expect(
      (await shop.ask(listAssociationRules, { query: { q: 'CURD', pageSize: 200 } })).body.total,
    ).toBeGreaterThanOrEqual(ofCurd.body.total);
    expect((await shop.ask(listAssociationRules, { query: { size: 1 } })).body.total).toBe(1);
    expect((await shop.ask(listAssociationRules, { query: { sort: 'nonsense' } })).status).toBe(
      400,
    );
    expect(
      (await shop.ask(listAssociationRules, {}, { permissions: 'insights.train' })).status,
    ).toBe(403);
  });

  it('are taken out as a file, which is noted', async () => {
    const { text } = await shop.ask(exportAssociationRules, { query: {} });
    expect(text.trimEnd().split('\r\n')).toHaveLength(121);
    const { rows } = await shop.platform.pg.query(
      "select subject, details from audit_log where action = 'insights.export'",
    );
    expect(rows).toEqual([
      {
        subject: 'analysis:association',
        details: { level: 'product', basis: 'basket', rows: 120 },
      },
    ]);
  });

  it('make bundles that are worth what the missing pieces would bring', async () => {
    const { body } = await shop.ask(listBundles, { query: { response: 0.5, pageSize: 200 } });
    expect(body.total).toBeGreaterThan(10);
    const values = body.rows.map(({ extraValue }) => extraValue);
    expect(values).toEqual([...values].sort((a, b) => b - a));
    const [
      {
        items: [a, b],
        orders,
        missingOne,
        extraOrders,
      },
    ] = body.rows.filter(({ items }) => items.length === 2);
    const rows = (await shop.platform.reader.rows(
      `select countIf(has(items, {a:String}) and has(items, {b:String})) as both, countIf(has(items, {a:String})) as a, countIf(has(items, {b:String})) as b
      from (select groupUniqArray(product_id) as items from order_line group by order_key)`,
      { a: a.id, b: b.id },
    )) as { both: string; a: string; b: string }[];
    const [both, ofA, ofB] = [rows[0].both, rows[0].a, rows[0].b].map(Number);
    expect([orders, missingOne]).toEqual([both, ofA + ofB - 2 * both]);
    expect(extraOrders).toBeCloseTo(
      0.5 * ((ofA - both) * (both / ofA) + (ofB - both) * (both / ofB)),
      6,
    );
  });
});

describe('rules of a small brand', () => {
  let shop: Awaited<ReturnType<typeof shopWith>>;
  const days = ['2026-01-05', '2026-01-15', '2026-01-25', '2026-02-20'];
  const hostile = "'; drop table order_line; --<b>";
  beforeAll(async () => {
    const people = Array.from({ length: 12 }, (_, n) => n + 1);
    shop = await shopWith([
      // A and B in one basket, C ten days later; 12 of them. D comes after a month: too late.
      ...people.flatMap((no) => [
        ...basket(no, `1-${no}`, days[0], 'A', 'B'),
        ...basket(no, `2-${no}`, days[1], 'C'),
        ...basket(no, `3-${no}`, days[3], 'D'),
      ]),
      // A is given back by everybody, and was bought all the same.
      ...people.flatMap((no) =>
        basket(no, `1-${no}`, days[1], 'A').map((line) => ({ ...line, kind: 'refund' as const })),
      ),
      // Baskets of one item, of nobody, without an id, of a hostile name, with an item twice.
      ...people.flatMap((no) => basket(20 + no, `4-${no}`, days[2], 'E')),
      ...people.flatMap((no) => basket(0, `5-${no}`, days[2], 'A', 'B', 'B')),
      ...people.flatMap((no) => basket(0, `6-${no}`, days[2], '')),
      ...people.flatMap((no) => basket(0, `7-${no}`, days[2], hostile, 'E')),
      ...basket(0, 'old', '1970-01-02', 'A', 'B'),
    ]);
    await shop.platform.pg.query(
      'update customer set status = 1, merged_into = 1, merged_at = now() where customer_no = 21',
    );
    await mergeCustomers(shop.platform.clickhouse, [{ absorbed: 21, survivor: 1 }]);
    await shop.changed();
    await shop.train();
  });
  afterAll(() => shop.close());
  const rules = async (query: Record<string, unknown>) =>
    (await shop.ask(listAssociationRules, { query: query as never })).body.rows;

  it('count orders with what was given back, those of nobody, and no line that says nothing', async () => {
    const {
      body: { result },
    } = await shop.ask(readAssociation);
    // 3 x 12 and 12 of people, 24 of nobody that say what they hold; the one of 1970 is out of the period.
    expect(result?.product).toMatchObject({
      items: 6,
      orders: 72,
      ordersOfNobody: 24,
      largerOrders: 36,
    });
    expect((await rules({ item: 'A' }))[0]).toMatchObject({
      withBoth: 24,
      withAntecedent: 24,
      base: 72,
      confidence: 1,
      lift: 3,
      conviction: null,
    });
    expect((await rules({ item: hostile })).map(({ consequent }) => consequent.id).sort()).toEqual(
      [hostile, 'E'].sort(),
    );
  });

  it('find what people bought after something, within the days, when these have passed', async () => {
    const found = await rules({ basis: 'sequence', sort: '-lift' });
    // Occasions are orders until 21 January: two of each of 12 people; only the first is followed by C within 30 days.
    expect(
      found
        .map(({ antecedent: [{ id }], consequent, withBoth, withAntecedent, base }) => [
          id,
          consequent.id,
          withBoth,
          withAntecedent,
          base,
        ])
        .sort(),
    ).toEqual([
      ['A', 'C', 12, 12, 24],
      ['B', 'C', 12, 12, 24],
    ]);
    expect(await rules({ basis: 'sequence', level: 'category' })).toHaveLength(2);
  });

  it('lead to the people whom they could still win, by a rule that lives on', async () => {
    const of = {
      kind: 'association' as const,
      level: 'product' as const,
      antecedent: ['C'],
      consequent: 'E',
      bought: false,
      days: 1_000,
    };
    const { body, status, text } = await shop.ask(
      readPeople,
      { body: { of } },
      { locale: 'zh-CN' },
    );
    expect(status, text).toBe(200);
    // Number 1 counts for 21 too, who bought E.
    expect(body).toMatchObject({
      size: 11,
      rule: { kind: 'group' },
      sentence: '最近 1000 天买过 C、没有买过 E 的人',
    });
    expect(
      (await shop.ask(readPeople, { body: { of: { ...of, bought: true } } })).body,
    ).toMatchObject({ size: 1 });
    expect(
      (await shop.ask(readPeople, { body: { of: { ...of, antecedent: [] } as never } })).status,
    ).toBe(400);
  });
});

describe('a brand of which nothing can be said', () => {
  it.each([
    ['no order', [], 'insights.association_no_orders'],
    [
      'one product',
      [...basket(1, 'a', '2026-03-01', 'A'), ...basket(2, 'b', '2026-03-01', 'A')],
      'insights.association_too_few_products',
    ],
    [
      'three orders',
      ['A', 'B', 'C'].flatMap((product, n) => basket(n, product, '2026-03-01', product)),
      'insights.association_too_few_products',
    ],
  ])('is told so and what to do: %s', async (_what, lines) => {
    const shop = await shopWith(lines);
    const { failed, current } = await shop.train();
    expect(current).toBeNull();
    expect(failed?.failure).toMatch(/\w+ .*\./);
    expect((await shop.ask(listAssociationRules)).body).toMatchObject({
      rows: [],
      total: 0,
      modelId: null,
    });
    await shop.close();
  });

  it('has no rules where every basket holds one thing, and knows what sells all the same', async () => {
    const shop = await shopWith(
      ['A', 'A', 'A', 'B', 'B'].flatMap((product, n) =>
        basket(n + 1, `O${n}`, '2026-03-01', product),
      ),
    );
    expect((await shop.train()).current?.state).toBe('done');
    expect((await shop.ask(readAssociation)).body.result?.product).toMatchObject({
      items: 2,
      largerOrders: 0,
      baskets: { found: 0 },
      sequences: { found: 0 },
    });
    await shop.close();
  });
});
