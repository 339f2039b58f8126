import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCustomersServer, type CustomersServer } from '../../../../test/customers-server.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { mergeCustomers } from '../contract.ts';
import { whoAgreesTo } from './granted.ts';

describe('who agrees', () => {
  let shop: CustomersServer;
  beforeAll(async () => {
    shop = await createCustomersServer();
  });
  afterAll(() => shop.close());

  it('is who said so last, on that channel and for that purpose, since when they did without a break, of merged people only where both do', async () => {
    const [a, b, c, d] = [await shop.person({ external_id: 'A' }), await shop.person({ external_id: 'B' }), await shop.person({ external_id: 'C' }), await shop.person({ external_id: 'D' })];
    const said = (customerNo: number, purpose: 'marketing' | 'service', granted: boolean, day: number) =>
      ({ customerNo, channel: 'sms', purpose, granted, at: new Date(Date.UTC(2026, 0, day)), source: 'test', actor: 'test' }) as const;
    await inTransaction(shop.platform.pg, (client) => shop.customers.consents.record(client, [
      said(a, 'marketing', true, 1), said(b, 'marketing', true, 1), said(b, 'marketing', false, 2), said(c, 'service', true, 1), said(d, 'marketing', true, 1), said(d, 'marketing', true, 6), said(a, 'marketing', false, 3), said(a, 'marketing', true, 5), said(a, 'marketing', true, 7),
    ]));
    const agrees = () => inTransaction(shop.platform.pg, (client) => whoAgreesTo(client, [a, b, c, d], { channel: 'sms', purpose: 'marketing' }));
    expect(await agrees()).toEqual(new Map([[a, new Date('2026-01-05')], [d, new Date('2026-01-01')]]));
    await shop.ask(mergeCustomers, 'customers.merge', { body: { survivorNo: a, absorbedNo: b } });
    expect(await agrees()).toEqual(new Map([[d, new Date('2026-01-01')]]));
  });
});
