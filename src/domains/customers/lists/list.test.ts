import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCustomersServer, type CustomersServer } from '../../../../test/customers-server.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { eraseCustomer, exportCustomers, listCustomers, mergeCustomers, readCustomer, readCustomerFacets, readHeldData, removeIdentifier } from '../contract.ts';

describe('the list of customers', () => {
  let shop: CustomersServer;
  const people: number[] = [];
  beforeAll(async () => {
    shop = await createCustomersServer();
    const make = async (day: number, traits: Record<string, unknown>, channel: string) => people.push(await shop.person({ external_id: `L${day}`, phone: `+861380013900${day}` }, traits, day, channel));
    await make(1, { name: '=cmd|calc', province: '浙江', gender: 'male' }, '官网');
    await make(2, { name: '@SUM', province: '浙江', gender: 'female' }, '天猫');
    await make(3, { name: '丙', province: '上海' }, '天猫');
    await make(4, { name: '丁', province: '上海', gender: 'female' }, '抖音');
    await inTransaction(shop.platform.pg, (client) => shop.customers.tags.add(client, [{ customerNo: people[3], name: '茶友会', at: new Date(), by: 'test' }]));
    await shop.customers.copier.drain();
    await shop.platform.clickhouse.insertRows('customer_summary', people.slice(0, 3).map((customer_no, i) => ({
      customer_no, version: 1, first_order_at: '2026-01-01T00:00:00.000Z', last_order_at: `2026-01-0${5 - i}T00:00:00.000Z`, orders: i + 1, refunds: 0, sales: String(100 * (i + 1)), refunded: '0',
    })));
  });
  afterAll(() => shop.close());

  const list = async (query: Record<string, unknown>) => {
    const { body } = await shop.ask(listCustomers, 'customers.read', { query });
    return { numbers: body.rows.map((row) => people.indexOf(row.customerNo)), total: body.total, rows: body.rows };
  };

  it('pages with a total that stays, newest first', async () => {
    expect(await list({ pageSize: 3 })).toMatchObject({ numbers: [3, 2, 1], total: 4 });
    expect(await list({ pageSize: 3, page: 2 })).toMatchObject({ numbers: [0], total: 4 });
  });

  it('sorts by what orders add up to, those without orders last', async () => {
    expect((await list({ sort: '-spent' })).numbers).toEqual([2, 1, 0, 3]);
    expect((await list({ sort: 'lastOrderAt' })).numbers).toEqual([2, 1, 0, 3]);
    expect((await list({ sort: '-spent' })).rows[0]).toMatchObject({ spent: '300', orders: 3, lastOrderAt: '2026-01-03T00:00:00.000Z' });
  });

  it('filters by channel, province, gender, tag and the day of the brand they were first seen on', async () => {
    const { body: facets } = await shop.ask(readCustomerFacets, 'customers.read');
    expect(facets).toMatchObject({ channels: ['天猫', '官网', '抖音'], tags: [{ name: '茶友会' }] });
    expect((await list({ channel: ['天猫', '抖音'] })).numbers).toEqual([3, 2, 1]);
    expect(await list({ province: '上海', gender: 'female' })).toMatchObject({ numbers: [3], total: 1 });
    expect((await list({ tag: facets.tags[0].tagId })).numbers).toEqual([3]);
    expect((await list({ createdFrom: '2026-01-02', createdTo: '2026-01-03' })).numbers).toEqual([2, 1]);
  });

  it('tells people from anonymous visitors, also when a visitor becomes somebody', async () => {
    people.push(await shop.person({ device: 'D-5' }, {}, 5, '官网'));
    await shop.customers.copier.drain();
    expect(await list({ identified: '0' })).toMatchObject({ numbers: [4], total: 1 });
    expect((await list({ identified: '1' })).numbers).toEqual([3, 2, 1, 0]);
    expect(await shop.ask(listCustomers, 'customers.read', { query: { identified: '2' } as object })).toMatchObject({ status: 400 });
    await shop.person({ device: 'D-5', email: 'five@example.com' }, {}, 6);
    await shop.customers.copier.drain();
    expect((await list({ identified: '1' })).numbers).toEqual([4, 3, 2, 1, 0]);
    const { body: profile } = await shop.ask(readCustomer, 'customers.read', { params: { customerNo: people[4] } });
    const email = profile.identifiers.find(({ kind }) => kind === 'email');
    await shop.ask(removeIdentifier, 'customers.edit', { params: { customerNo: people[4], identifierId: email?.id ?? '' } });
    await shop.customers.copier.drain();
    expect(await list({ identified: '0' })).toMatchObject({ numbers: [4], total: 1 });
    const { body: { confirmBy } } = await shop.ask(readHeldData, 'customers.erase', { params: { customerNo: people[4] } });
    await shop.ask(eraseCustomer, 'customers.erase', { params: { customerNo: people[4] }, body: { confirm: confirmBy, reason: 'test' } });
    await shop.customers.copier.drain();
  });

  it('refuses to sort or filter by what is masked, and by what does not exist', async () => {
    for (const sort of ['phone', 'name', '-email', 'nothing']) {
      expect(await shop.ask(listCustomers, 'customers.read', { query: { sort } }), sort).toMatchObject({ status: 400, code: 'customers.bad_sort' });
    }
    const all = await list({});
    expect(await list({ name: '丙', phone: '138' })).toEqual(all);
  });

  it('counts a merged customer once, with what both bought', async () => {
    const { body } = await shop.ask(mergeCustomers, 'customers.merge', { body: { survivorNo: people[0], absorbedNo: people[2] } });
    expect(body.mergeId).toBeGreaterThan(0);
    expect(await list({ sort: '-spent' })).toMatchObject({ numbers: [0, 1, 3], total: 3, rows: [{ spent: '400', orders: 4, lastOrderAt: '2026-01-05T00:00:00.000Z' }, {}, {}] });
  });

  it('exports what it lists, masked, harmless to a spreadsheet, and writes down who took it', async () => {
    expect((await shop.ask(exportCustomers, 'customers.read')).status).toBe(403);
    const { text } = await shop.ask(exportCustomers, 'customers.export', { query: { province: '浙江' } });
    const lines = text.trim().split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain("'=**");
    expect(lines[2]).toContain('138****9002');
    expect(text).not.toContain('13800139002');
    expect(await shop.ask(exportCustomers, 'customers.export', { query: { reveal: '1' } })).toMatchObject({ status: 403 });
    const full = await shop.ask(exportCustomers, 'customers.export customers.reveal', { query: { reveal: '1' } });
    expect(full.text).toContain('13800139002');
    expect(full.text).toContain("'=cmd|calc");
    const { rows } = await shop.platform.pg.query("select details from audit_log where action = 'customers.export' order by seq");
    expect(rows.map((row) => [row.details.isFull, row.details.rows])).toEqual([[false, 2], [true, 3]]);
  });
});
