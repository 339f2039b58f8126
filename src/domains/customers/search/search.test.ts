import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCustomersServer, type CustomersServer } from '../../../../test/customers-server.ts';
import { exportCustomers, listCustomers, mergeCustomers, searchCustomers } from '../contract.ts';

describe('the search box', () => {
  let shop: CustomersServer;
  let wang: number;
  let anna: number;
  beforeAll(async () => {
    shop = await createCustomersServer();
    wang = await shop.person({ external_id: 'CQ001', 'external_id:tmall': 'tb99', phone: '+8613800138000', member_no: '8800001', 'openid:mini': 'oMini' }, { name: '王小明' });
    anna = await shop.person({ external_id: 'CQ002', email: 'anna@example.com' }, { name: 'Anna Smith' });
    await shop.person({ external_id: 'CQ003' }, { name: '王小红' });
  });
  afterAll(() => shop.close());

  const search = async (q: string, permissions = 'customers.read') => (await shop.ask(searchCustomers, permissions, { query: { q } })).body;

  it.each([
    ['13800138000', 'phone'], ['+86 138-0013-8000', 'phone'], ['8800001', 'member_no'], ['CQ001', 'external_id'], ['tb99', 'external_id'], ['oMini', 'openid'],
  ])('recognises %s as %s', async (q, by) => {
    const found = await search(q);
    expect([found.by, found.rows.map((row) => row.customerNo)]).toEqual([by, [wang]]);
  });

  it('finds a mail address in any case and a customer by their own number', async () => {
    expect((await search('Anna@Example.com')).rows.map((row) => row.customerNo)).toEqual([anna]);
    expect(await search(`#${anna}`)).toMatchObject({ by: 'customer_no', rows: [{ customerNo: anna }] });
    expect(await search(String(anna))).toMatchObject({ by: 'customer_no', rows: [{ customerNo: anna }] });
    expect((await search('13900000000')).rows).toEqual([]);
  });

  it('finds the beginning of a name for who may see names', async () => {
    const names = async (q: string) => (await search(q, 'customers.read customers.reveal')).rows.length;
    expect([await names('王'), await names('王小'), await names('王小明'), await names('小明'), await names('ann'), await names('ANNA S')]).toEqual([2, 2, 1, 0, 1, 1]);
  });

  it('does not let a masked name be read letter by letter: a beginning finds no more than the mask shows, a whole name is found', async () => {
    const names = async (q: string) => (await search(q)).rows.map((row) => row.name);
    expect(await names('王')).toEqual(['王**', '王**']);
    expect(await names('王小')).toEqual([]);
    expect(await names('An')).toEqual([]);
    expect(await names('王小明')).toEqual(['王**']);
    expect(await names('anna smith')).toEqual(['A**']);
  });

  it('shows personal values in part, in the list as in the search', async () => {
    expect((await search('13800138000')).rows[0]).toMatchObject({ name: '王**', phone: '138****8000' });
    const { body } = await shop.ask(listCustomers, 'customers.read', { query: { q: '13800138000' } });
    expect(body).toMatchObject({ total: 1, rows: [{ customerNo: wang, name: '王**', phone: '138****8000' }] });
  });

  it('finds no phone by trying: so many that nobody has are looked up a day, those that somebody has do not count, and the audit log tells', async () => {
    const tries = async (phones: string[], permissions = 'customers.read') => Promise.all(phones.map((q) => shop.ask(searchCustomers, permissions, { query: { q } })));
    for (let i = 0; i < 60; i++) expect((await search('13800138000')).rows).toHaveLength(1);
    // What the mask 138****8000 leaves open.
    const candidates = Array.from({ length: 90 }, (_, n) => `1387${String(n).padStart(3, '0')}8000`);
    const replies = await tries(candidates);
    expect(Map.groupBy(replies, (reply) => reply.status).get(200)).toHaveLength(50 - 1);
    expect(new Set(replies.filter((reply) => reply.status !== 200).map((reply) => `${reply.status} ${reply.code}`))).toEqual(new Set(['429 customers.searched_in_vain']));
    const list = await shop.ask(listCustomers, 'customers.read', { query: { q: '13800138000' } });
    const file = await shop.ask(exportCustomers, 'customers.export', { query: { q: '13800138000' } });
    expect([list.status, file.status]).toEqual([429, 429]);
    expect((await search('王小明')).rows).toHaveLength(1);
    expect((await tries(['13800138000', '13870008000'], 'customers.read customers.reveal')).map((reply) => reply.body.rows.length)).toEqual([1, 0]);
    const { rows } = await shop.platform.pg.query("select subject from audit_log where action = 'access.allowance_used_up'");
    expect(rows).toEqual([{ subject: 'staff:1' }]);
  });

  it('answers with the survivor for what was known of somebody who became part of them', async () => {
    const [kept, gone] = [await shop.person({ external_id: 'CQ010' }, { name: '孙一' }), await shop.person({ external_id: 'CQ011' }, { name: '周二' })];
    await shop.ask(mergeCustomers, 'customers.merge', { body: { survivorNo: kept, absorbedNo: gone } });
    for (const q of ['CQ011', `#${gone}`, '周二']) expect((await search(q)).rows.map((row) => row.customerNo), q).toEqual([kept]);
  });
});
