import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCustomersServer, type CustomersServer } from '../../../../test/customers-server.ts';
import {
  addIdentifier, addTag, exportCustomers, listCustomers, mergeCustomers, permissions, readCustomer, readCustomerFacets, readHeldData, readTimeline, searchCustomers,
} from '../contract.ts';

/** Everything but the permission to see personal data. */
const withoutReveal = permissions.filter((permission) => permission !== 'customers.reveal').join(' ');

describe('who may not see personal data', () => {
  let shop: CustomersServer;
  let customerNo: number;
  const canaries = ['金丝雀', '13812345678', 'canary', 'oCanaryOpenId', '梧桐路 77', '11010519491231002X'];
  beforeAll(async () => {
    shop = await createCustomersServer();
    customerNo = await shop.person(
      { external_id: 'M1', phone: '+8613812345678', email: 'canary@example.com', 'openid:app': 'oCanaryOpenId' },
      { name: '金丝雀', street: '梧桐路 77', idCard: '11010519491231002X', note: '回电 138-1234-5678' });
    const other = await shop.person({ external_id: 'M2', phone: '+8613812345678' }, { phone: '13812345678', email: 'canary@example.com' });
    const absorbed = await shop.person({ external_id: 'M3' }, { name: '金丝雀二号' });
    await shop.ask(mergeCustomers, withoutReveal, { body: { survivorNo: other, absorbedNo: absorbed } });
    await shop.customers.copier.drain();
  });
  afterAll(() => shop.close());

  it('finds no byte of it in any reply, refusals included', async () => {
    const ask = shop.ask;
    const replies = await Promise.all([
      ask(readCustomer, withoutReveal, { params: { customerNo } }),
      ask(readCustomer, withoutReveal, { params: { customerNo: customerNo + 1 } }),
      ask(readTimeline, withoutReveal, { params: { customerNo } }),
      ask(readHeldData, withoutReveal, { params: { customerNo } }),
      ask(listCustomers, withoutReveal),
      ask(listCustomers, withoutReveal, { query: { q: '13812345678' } }),
      ask(searchCustomers, withoutReveal, { query: { q: 'CANARY@example.com' } }),
      ask(searchCustomers, withoutReveal, { query: { q: '金丝雀' } }),
      ask(exportCustomers, withoutReveal),
      ask(readCustomerFacets, withoutReveal),
      ask(addIdentifier, withoutReveal, { params: { customerNo: customerNo + 1 }, body: { kind: 'phone', value: '13812345678' } }),
      ask(addTag, withoutReveal, { params: { customerNo }, body: { name: 'VIP' } }),
    ]);
    expect(replies.map((reply) => reply.status)).toEqual([200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 409, 200]);
    for (const [index, { text }] of replies.entries()) {
      for (const canary of canaries) expect(text.includes(canary), `reply ${index} holds ${canary}`).toBe(false);
    }
  });

  it('cannot read a value out of the search piece by piece: a part that fits is answered like one that does not', async () => {
    const rows = async (q: string) => (await shop.ask(searchCustomers, withoutReveal, { query: { q } })).body.rows;
    for (const [fits, not] of [['金丝', '金缕'], ['1381234', '1399999'], ['canary@', 'nobody@'], ['oCanary', 'oNobody'], ['梧桐', '银杏']]) {
      expect([await rows(fits), await rows(not)], fits).toEqual([[], []]);
    }
  });

  it('finds people by the whole value, which they know already', async () => {
    for (const q of ['13812345678', 'canary@example.com', '金丝雀']) {
      const { body } = await shop.ask(searchCustomers, withoutReveal, { query: { q } });
      expect(body.rows.map((row) => row.customerNo), q).toEqual([customerNo]);
    }
  });
});
