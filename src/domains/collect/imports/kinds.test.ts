import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestImports, type TestImports } from '../../../../test/imports-server.ts';

describe('imports of other kinds', () => {
  let test: TestImports;
  beforeAll(async () => {
    test = await createTestImports();
  });
  afterAll(() => test.close());

  const customers = `用户ID,姓名,手机号,性别,生日,城市,标签,短信营销
C1,张三,138 0013 8000,男,1990-05-17,杭州,老客;茶友,同意
C2,李四,13900139000,女,1991-01-01,上海,,拒绝
,无名,,,,,,
`;

  it('brings in customers: profiles, identifiers, tags and consent, once however often it is begun', async () => {
    const done = await test.bringIn('customers.csv', customers, (draft) => {
      const columns = draft.columns as { column: string; field: string; attribute?: object; consent?: object }[];
      draft.columns = [...columns.filter((one) => one.column !== '短信营销' && one.column !== '标签'),
        { column: '标签', field: 'tags' }, { column: '短信营销', field: 'consent', consent: { channel: 'sms', purpose: 'marketing' } }];
    });
    expect(done).toMatchObject({ state: 'done', kind: 'customers', summary: { newCustomers: 2, changed: 2, counts: { rows: 3, accepted: 2, rejected: 1 } } });
    await test.platform.pg.query("update import_run set state = 'publishing' where import_id = $1", [done.importId]);
    await test.work(done.importId);
    const { rows } = await test.platform.pg.query(
      `select p.gender, p.city, to_char(p.birth_date, 'YYYY-MM-DD') as born, (select count(*) from customer_tag t where t.customer_no = c.customer_no) as tags,
        (select array_agg(granted) from consent s where s.customer_no = c.customer_no) as consent,
        (select count(*) from identifier i where i.customer_no = c.customer_no) as identifiers
       from customer c join customer_profile p using (customer_no) where c.import_id = $1 order by c.customer_no`, [done.importId]);
    expect(rows).toEqual([
      { gender: 'male', city: '杭州', born: '1990-05-17', tags: 2, consent: [true], identifiers: 2 },
      { gender: 'female', city: '上海', born: '1991-01-01', tags: 0, consent: [false], identifiers: 2 },
    ]);
    expect((await test.ask('POST', `/api/imports/${done.importId}/undo`)).status).toBe(202);
    await test.work(done.importId);
    const left = await test.platform.pg.query('select (select count(*) from customer) + (select count(*) from consent) + (select count(*) from customer_tag) as n');
    expect(left.rows).toEqual([{ n: 0 }]);
  });

  it('takes back what a file made of people who were there before, and leaves what was changed since', async () => {
    await test.bringIn('before.csv', '用户ID,姓名,城市,生日\nB1,张三,杭州,1990-05-17\nB2,李四,上海,\n');
    const later = await test.bringIn('later.csv', '用户ID,姓名,城市,手机号,标签\nB1,张三丰,北京,13700137001,老客\nB1,张三丰,天津,13700137001,老客\nB2,李四,南京,,\nB3,王五,成都,,\n', (draft) => {
      draft.columns = [...(draft.columns as { column: string }[]).filter((one) => one.column !== '标签'), { column: '标签', field: 'tags' }];
    });
    expect(later).toMatchObject({ state: 'done', summary: { newCustomers: 1, changed: 4 } });
    const profiles = async () => (await test.platform.pg.query<{ city: string }>(
      `select p.city, p.birth_date::text as born, (select count(*)::int from identifier i where i.customer_no = p.customer_no) as identifiers,
         (select count(*)::int from customer_tag t where t.customer_no = p.customer_no) as tags
       from customer_profile p order by customer_no`)).rows;
    expect(await profiles()).toEqual([
      { city: '天津', born: '1990-05-17', identifiers: 2, tags: 1 }, { city: '南京', born: null, identifiers: 1, tags: 0 }, { city: '成都', born: null, identifiers: 1, tags: 0 }]);
    await test.customers.copier.drain();
    await test.platform.pg.query("update customer_profile set city = '苏州' where city = '南京'");
    expect((await test.ask('POST', `/api/imports/${later.importId}/undo`)).status).toBe(202);
    await test.work(later.importId);
    expect(await profiles()).toEqual([
      { city: '杭州', born: '1990-05-17', identifiers: 1, tags: 0 }, { city: '苏州', born: null, identifiers: 1, tags: 0 }]);
    await test.customers.copier.drain();
    expect(await test.platform.clickhouse.rows("select city, toUInt8(length(tags)) as tags from customer final where city in ('杭州', '天津')")).toEqual([{ city: '杭州', tags: 0 }]);
    expect((await test.platform.pg.query('select from profile_before_import')).rowCount).toBe(0);
  });

  it('tells ClickHouse by what people are known: those it made, those who are now known by more, and after an undo', async () => {
    const kinds = async (): Promise<unknown[]> => {
      await test.customers.copier.drain();
      const rows = (await test.platform.clickhouse.rows("select identifier_kinds as kinds from customer final where status = 'active' order by customer_no")) as { kinds: number[] }[];
      return rows.slice(-3).map((row) => row.kinds);
    };
    const [externalId, phone] = [1, 2];
    await test.bringIn('orders.csv', '订单号,下单时间,用户ID,金额\nK1,2026-03-01 10:00:00,K1,10\nK2,2026-03-01 10:00:00,K2,10\n');
    const made = (await kinds()).slice(-2);
    expect(made).toEqual([[externalId], [externalId]]);
    const more = await test.bringIn('more.csv', '订单号,下单时间,用户ID,手机号,金额\nK3,2026-03-02 10:00:00,K2,13600136002,10\nK4,2026-03-02 10:00:00,K3,13600136003,10\n');
    expect(await kinds()).toEqual([[externalId], [externalId, phone], [externalId, phone]]);
    // What a crash repeats is older than what the copier has said since.
    await test.platform.pg.query("insert into consent (customer_no, channel, purpose, granted, at, source, actor) select max(customer_no), 'sms', 'marketing', true, now(), 'test', 'test' from customer");
    await test.customers.copier.queueAll();
    await test.customers.copier.drain();
    await test.platform.pg.query("update import_run set state = 'publishing' where import_id = $1", [more.importId]);
    await test.work(more.importId);
    expect(await test.platform.clickhouse.rows("select identifier_kinds as kinds from customer final where has(consents, 'sms/marketing/granted')")).toEqual([{ kinds: [externalId, phone] }]);
    await test.platform.pg.query("delete from consent where actor = 'test'");
    expect((await test.ask('POST', `/api/imports/${more.importId}/undo`)).status).toBe(202);
    await test.work(more.importId);
    expect((await kinds()).slice(-2)).toEqual([[externalId], [externalId]]);
  });

  it('brings in events, each of them once, from JSON Lines', async () => {
    const events = ['{"event_id":"e1","event_name":"Viewed","occurred_at":"2025-03-01T10:00:00Z","external_id":"U1","page":"tea"}',
      '{"event_id":"e2","event_name":"Viewed","occurred_at":"2025-03-01T10:00:01Z","external_id":"U2","page":"cup"}',
      '{"event_id":"e2","event_name":"Viewed","occurred_at":"2025-03-01T10:00:01Z","external_id":"U2","page":"cup"}', '{broken'].join('\n');
    const mapping = (draft: Record<string, unknown>) => {
      Object.assign(draft, { kind: 'events', columns: [
        ...['event_id', 'event_name', 'occurred_at', 'external_id'].map((field) => ({ column: field, field })),
        { column: 'page', field: 'attribute', attribute: { name: 'page', type: 'text' } }], defaults: {} });
    };
    const done = await test.bringIn('events.jsonl', events, mapping);
    expect(done.summary?.counts).toMatchObject({ rows: 4, accepted: 2, repeated: 1, rejected: 1, facts: 2 });
    expect(done.summary?.events).toMatchObject({ events: 2, customers: 2 });
    expect(await test.platform.clickhouse.rows('select name, toString(properties.page) as page from event order by page')).toEqual([
      { name: 'Viewed', page: 'cup' }, { name: 'Viewed', page: 'tea' }]);
    const again = await test.bringIn('events.jsonl', events, mapping);
    expect(again.summary?.counts).toMatchObject({ accepted: 0, repeated: 3 });
  });

  it('puts the products of order lines into the catalogue, and takes those out again that nothing else speaks of', async () => {
    const lines = (mark: string, name: string, ...products: string[]): string =>
      `order_id,customer_id,paid_at,product_id,product_name,category,quantity,unit_price,amount\n${products.map((product, i) => `${mark}${i},U1,2025-03-0${i + 1} 10:00:00,${product},${name},饮品/茶叶,1,10.5,10.5`).join('\n')}\n`;
    const catalogue = async () => (await test.platform.pg.query<{ id: string; name: string; price: string }>(
      "select product_id as id, name, list_price::float as price from product where product_id like 'L-%' order by 1")).rows;
    const first = await test.bringIn('first.csv', lines('K', '白茶', 'L-1', 'L-2', 'L-3'));
    expect(await catalogue()).toEqual(['L-1', 'L-2', 'L-3'].map((id) => ({ id, name: '白茶', price: 10.5 })));
    await test.deps.commerce.products.learn(first.importId);
    await test.bringIn('second.csv', lines('M', '红茶', 'L-4', 'L-3', 'L-4'));
    await test.deps.commerce.products.upsert(test.platform.pg, [{ productId: 'L-2', name: '白茶', at: new Date('2025-01-01T00:00:00Z') }]);
    expect((await test.ask('POST', `/api/imports/${first.importId}/undo`)).status).toBe(202);
    await test.work(first.importId);
    expect((await catalogue()).map(({ id }) => id)).toEqual(['L-2', 'L-3', 'L-4']);
  });

  it('brings in products, which cannot be undone as a whole', async () => {
    const done = await test.bringIn('products.csv', 'product_id,product_name,category,brand,unit_price\nP1,乌龙茶,茶叶,常青,¥58.00\n,无号,,,\n', (draft) => {
      Object.assign(draft, { kind: 'products', columns: ['product_id', 'product_name', 'category', 'brand', 'unit_price'].map((field) => ({ column: field, field })), defaults: {}, duplicates: 'keep' });
    });
    expect(done).toMatchObject({ state: 'done', summary: { changed: 1, counts: { rows: 2, accepted: 1, rejected: 1 } } });
    expect((await test.ask('POST', `/api/imports/${done.importId}/undo`)).body.code).toBe('collect.import_not_undoable');
  });

  it('brings in what orders say of their money beside the goods, on sales alone', async () => {
    const done = await test.bringIn('paid.csv', '订单编号,用户ID,商品编号,数量,金额,付款时间,运费,优惠券抵扣,退款金额\nP1,C9,A,1,50.00,2026-03-01 10:00:00,8,-5.5,10\nP1,C9,B,1,20.00,2026-03-01 10:00:00,8,,\nP2,C9,B,1,20.00,2026-03-02 10:00:00,,x,\n');
    expect(done).toMatchObject({ state: 'done', summary: { counts: { accepted: 3, rejected: 0 } } });
    expect(await test.platform.clickhouse.rows(`select order_id, kind, amount, freight, coupon_paid, tax from order_line where import_id = {id:UInt32} order by order_id, kind, product_id`, { id: done.importId })).toEqual([
      { order_id: 'P1', kind: 'sale', amount: '50', freight: '8', coupon_paid: '5.5', tax: '0' },
      { order_id: 'P1', kind: 'sale', amount: '20', freight: '8', coupon_paid: '0', tax: '0' },
      { order_id: 'P1', kind: 'refund', amount: '-10', freight: '0', coupon_paid: '0', tax: '0' },
      { order_id: 'P2', kind: 'sale', amount: '20', freight: '0', coupon_paid: '0', tax: '0' },
    ]);
  });

  it('brings in how long before its payment an order was placed, where a file tells both', async () => {
    const done = await test.bringIn('placed.csv', '订单编号,用户ID,商品编号,数量,金额,下单时间,付款时间\nT1,C9,A,1,50.00,2026-03-01 10:00:00,2026-03-01 10:31:00\nT2,C9,A,1,50.00,2026-03-01 10:00:00,2026-03-01 09:59:00\n');
    expect(await test.platform.clickhouse.rows('select order_id, occurred_at, placed_before from order_line where import_id = {id:UInt32} order by order_id', { id: done.importId })).toEqual([
      { order_id: 'T1', occurred_at: '2026-03-01T02:31:00.000Z', placed_before: '1860000' }, { order_id: 'T2', occurred_at: '2026-03-01T01:59:00.000Z', placed_before: '0' },
    ]);
  });
});
