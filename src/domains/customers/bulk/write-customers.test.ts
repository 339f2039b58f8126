import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../test/harness.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { createCustomers, type Customers } from '../customers.ts';
import { readProfiles } from '../profiles/store.ts';
import { createCustomerWriter, type CustomerWriter, type NewCustomer } from './write-customers.ts';

const atMs = Date.UTC(2026, 2, 1, 8, 0, 0, 125);
const person = (part: Partial<NewCustomer>): NewCustomer => ({
  customerNo: 1, firstSeenMs: atMs, channel: '小程序', identifiers: [], name: null, gender: null, birthDate: null, country: null,
  province: null, city: null, language: null, attributes: {}, traitsAtMs: atMs, consents: [], tags: [], ...part,
});

describe('customers written whole', () => {
  let test: TestPlatform;
  let customers: Customers;
  let writer: CustomerWriter;
  const write = (...people: NewCustomer[]) => inTransaction(test.platform.pg, (client) => writer.write(client, people, 'the test'));

  beforeAll(async () => {
    test = await createTestPlatform();
    customers = createCustomers(test.platform);
    writer = createCustomerWriter(customers.vault, customers.nameKeys);
  });
  afterAll(() => test.close());

  it('are what everything else reads, down to the millisecond, and personal values are not legible', async () => {
    const whole = person({
      customerNo: 11, name: '王小明', gender: 'male', birthDate: '1899-12-31', province: '广东', city: '深圳', language: 'zh-CN', country: '中国',
      attributes: { campaign: '春季', visits: 3, vip: true },
      identifiers: [{ kind: 'phone', namespace: '', value: '138 0013 8000' }, { kind: 'external_id', namespace: 'shop', value: 'C-11' }],
      consents: [{ channel: 'sms', purpose: 'marketing', granted: false, atMs, source: '短信退订', textVersion: 'v1' }],
      tags: [{ name: '茶友', atMs: atMs + 5 }, { name: '茶友', atMs }],
    });
    await write(whole, person({ customerNo: 12 }));

    const profiles = await readProfiles(test.platform.pg, customers.vault, [11, 12]);
    expect(profiles.get(11)?.profile).toEqual({ ...emptyOf(), name: '王小明', gender: 'male', birthDate: '1899-12-31', province: '广东', city: '深圳', language: 'zh-CN', country: '中国', attributes: whole.attributes });
    expect(profiles.get(12)?.profile).toEqual(emptyOf());
    const [no] = await inTransaction(test.platform.pg, (client) => customers.identities.resolve(client, [
      { identifiers: [{ kind: 'phone', namespace: '', value: '+8613800138000' }], at: new Date() }]));
    expect(no).toBe(11);
    const { rows } = await test.platform.pg.query(`select c.created_at, c.channel, s.granted, s.source, s.actor, t.added_at, t.added_by,
      position(convert_to('8613800138000', 'UTF8') in i.value) as legible
      from customer c join consent s using (customer_no) join customer_tag t using (customer_no) join identifier i using (customer_no) where i.kind = 2`);
    expect(rows).toEqual([{ created_at: new Date(atMs), channel: '小程序', granted: false, source: '短信退订', actor: 'the test', added_at: new Date(atMs), added_by: 'the test', legible: 0 }]);
  });

  it('are all written or none, and wait for their copy in ClickHouse', async () => {
    const taken = person({ customerNo: 22, identifiers: [{ kind: 'external_id', namespace: 'shop', value: 'C-11' }] });
    await expect(write(person({ customerNo: 21 }), taken)).rejects.toMatchObject({ code: '23505' });
    await expect(write(person({ customerNo: 21, identifiers: [{ kind: 'phone', namespace: '', value: 'none' }] }))).rejects.toThrow(RangeError);
    const { rows } = await test.platform.pg.query('select customer_no from customer where customer_no > 20');
    expect(rows).toEqual([]);
    await customers.copier.drain();
    expect(await test.platform.clickhouse.rows("select customer_no, province from customer where customer_no in (11, 12) order by customer_no"))
      .toEqual([{ customer_no: 11, province: '广东' }, { customer_no: 12, province: '' }]);
  });
});

const emptyOf = () => ({ name: null, gender: null, birthDate: null, country: null, province: null, city: null, language: null, personal: {}, attributes: {} });
