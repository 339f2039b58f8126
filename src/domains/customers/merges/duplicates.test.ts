import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCustomersServer, type CustomersServer } from '../../../../test/customers-server.ts';
import { dismissDuplicate, listDuplicates, mergeCustomers, readCustomer } from '../contract.ts';

describe('people who may be one', () => {
  let shop: CustomersServer;
  const people: number[] = [];
  beforeAll(async () => {
    shop = await createCustomersServer();
    people.push(await shop.person({ external_id: 'D0', phone: '+8613800138000' }, { name: '赵一' }, 1));
    people.push(await shop.person({ external_id: 'D1', phone: '+8613800138000' }, { name: '赵二' }, 2));
    people.push(await shop.person({ external_id: 'D2', phone: '+8613800138000' }, {}, 3));
    people.push(await shop.person({ external_id: 'D3' }, {}, 4));
  });
  afterAll(() => shop.close());

  const pairs = async (query = {}) => {
    const { body } = await shop.ask(listDuplicates, 'customers.merge', { query });
    return { ...body, pairs: body.rows.map(({ one, other }) => `${people.indexOf(one.customerNo)}-${people.indexOf(other.customerNo)}`).sort() };
  };

  it('are listed in pairs with what they share, personal values in part, page by page', async () => {
    const all = await pairs();
    expect(all).toMatchObject({ total: 2, pairs: ['0-1', '0-2'] });
    expect(all.rows.every(({ kind }) => kind === 'phone')).toBe(true);
    expect(all.rows.map(({ one }) => one.name)).toEqual(['赵**', '赵**']);
    expect(JSON.stringify(all)).not.toContain('13800138000');
    expect(await pairs({ pageSize: 1, page: 2 })).toMatchObject({ total: 2, rows: [{}] });
    expect(await shop.ask(listDuplicates, 'customers.read')).toMatchObject({ status: 403 });
  });

  it('are listed under the number that counts, and no longer when they became one', async () => {
    await shop.ask(mergeCustomers, 'customers.merge', { body: { survivorNo: people[3], absorbedNo: people[0] } });
    expect((await pairs()).pairs).toEqual(['1-3', '2-3']);
    await shop.ask(mergeCustomers, 'customers.merge', { body: { survivorNo: people[3], absorbedNo: people[1] } });
    expect((await pairs()).pairs).toEqual(['2-3']);
  });

  it('are two for good once somebody says so, also by a number that came by a merge', async () => {
    expect(await shop.ask(dismissDuplicate, 'customers.merge', { params: { customerNo: people[3], otherNo: people[2] } })).toMatchObject({ status: 204 });
    expect(await pairs()).toMatchObject({ total: 0, rows: [] });
    expect((await shop.ask(readCustomer, 'customers.read', { params: { customerNo: people[2] } })).body.possibleDuplicates).toEqual([]);
  });
});
