import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCustomersServer, type CustomersServer } from '../../../../test/customers-server.ts';
import { eraseCustomer, mergeCustomers } from '../contract.ts';
import { knownAs } from './known-as.ts';

describe('what people are known by', () => {
  let shop: CustomersServer;
  let people: number[];
  beforeAll(async () => {
    shop = await createCustomersServer();
    people = [
      await shop.person({ external_id: 'U-1', member_no: 'M-1', phone: '+8613800138001', email: 'one@example.com', 'openid:app': 'o-1', device: 'D-1' }, { name: '李雷' }),
      await shop.person({ external_id: '13900139002', unionid: 'un-2' }, {}),
      await shop.person({ external_id: 'U-3', phone: '+8613800138003' }, { name: '韩梅梅' }, 2),
      await shop.person({ external_id: 'U-4' }, { name: '林涛' }),
    ];
  });
  afterAll(() => shop.close());
  const ask = (isFull: boolean, ...customerNos: number[]) => knownAs(shop.platform, shop.customers.vault, customerNos, isFull);

  it('is the shop\'s own numbers, unless these are personal themselves', async () => {
    const [first, second] = await ask(false, people[0], people[1]);
    expect(first).toEqual({ customerNo: people[0], identifiers: { external_id: ['U-1'], member_no: ['M-1'] } });
    expect(second.identifiers.external_id).toEqual(['13****']);
  });

  it('is in full also what another system knows them by, and their name', async () => {
    const [first, second] = await ask(true, people[0], people[1]);
    expect(first).toEqual({ customerNo: people[0], name: '李雷', identifiers: { external_id: ['U-1'], member_no: ['M-1'], phone: ['+8613800138001'], email: ['one@example.com'], openid: ['o-1'] } });
    expect(second).toEqual({ customerNo: people[1], name: null, identifiers: { external_id: ['13900139002'], unionid: ['un-2'] } });
  });

  it('comes in the order that was asked for, also of numbers that are nobody\'s', async () => {
    expect((await ask(true, people[2], 999_999, people[0])).map((person) => [person.customerNo, person.name])).toEqual([[people[2], '韩梅梅'], [999_999, null], [people[0], '李雷']]);
    expect(await ask(false)).toEqual([]);
  });

  it('is of a merged person everything that both were known by', async () => {
    await shop.ask(mergeCustomers, 'customers.merge', { body: { survivorNo: people[0], absorbedNo: people[2] } });
    const [both, absorbed] = await ask(true, people[0], people[2]);
    expect(both).toMatchObject({ name: '李雷', identifiers: { external_id: expect.arrayContaining(['U-1', 'U-3']), phone: expect.arrayContaining(['+8613800138001', '+8613800138003']) } });
    expect(absorbed.identifiers).toEqual({});
  });

  it('is nothing but the number of somebody who was erased', async () => {
    await shop.ask(eraseCustomer, 'customers.erase', { params: { customerNo: people[3] }, body: { confirm: String(people[3]), reason: 'asked for it' } });
    expect(await ask(true, people[3])).toEqual([{ customerNo: people[3], name: null, identifiers: {} }]);
  });
});
