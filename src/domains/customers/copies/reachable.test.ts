import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCustomersServer, type CustomersServer } from '../../../../test/customers-server.ts';
import { migrate } from '../../../platform/connect.ts';
import { createLog } from '../../../platform/log.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { addIdentifier, identifierKinds, mergeCustomers, readCustomer, recordConsent, removeIdentifier, undoMerge } from '../contract.ts';
import type { SaidConsent } from '../consents/store.ts';

describe('what ClickHouse knows of how people may be reached', () => {
  let shop: CustomersServer;
  beforeAll(async () => {
    shop = await createCustomersServer();
  });
  afterAll(() => shop.close());

  const copyOf = async (customerNo: number): Promise<unknown> => {
    await shop.customers.copier.drain();
    return (await shop.platform.clickhouse.rows('select consents, identifier_kinds as kinds, is_identified from customer final where customer_no = {customerNo:UInt32}', { customerNo }))[0];
  };
  const say = (...said: [customerNo: number, channel: SaidConsent['channel'], granted: boolean, day: number][]) => inTransaction(shop.platform.pg, (client) =>
    shop.customers.consents.record(client, said.map(([customerNo, channel, granted, day]) => (
      { customerNo, channel, purpose: 'marketing', granted, at: new Date(Date.UTC(2026, 0, day)), source: 'test', actor: 'test' }))));
  const { phone, email, external_id, device } = identifierKinds;

  it('is what somebody said last about each channel and purpose, whoever notes it', async () => {
    const customerNo = await shop.person({ external_id: 'R1' });
    expect(await copyOf(customerNo)).toEqual({ consents: [], kinds: [external_id], is_identified: 1 });
    await say([customerNo, 'sms', true, 2], [customerNo, 'email', true, 2], [customerNo, 'email', false, 3], [customerNo, 'email', true, 1]);
    expect(await copyOf(customerNo)).toMatchObject({ consents: ['email/marketing/withdrawn', 'sms/marketing/granted'] });
    await shop.ask(recordConsent, 'customers.consent', { params: { customerNo }, body: { channel: 'sms', purpose: 'service', granted: false, source: '电话' } });
    expect(await copyOf(customerNo)).toMatchObject({ consents: ['email/marketing/withdrawn', 'sms/marketing/granted', 'sms/service/withdrawn'] });
  });

  it('is the stricter of what merged people said, until the merge is undone', async () => {
    const [kept, gone] = [await shop.person({ external_id: 'R2' }), await shop.person({ phone: '+8613812340002', device: 'D2' })];
    await say([kept, 'sms', true, 9], [gone, 'sms', false, 2], [gone, 'push', true, 2]);
    const { body: { mergeId } } = await shop.ask(mergeCustomers, 'customers.merge', { body: { survivorNo: kept, absorbedNo: gone } });
    expect(await copyOf(kept)).toEqual({ consents: ['push/marketing/granted', 'sms/marketing/withdrawn'], kinds: [external_id, phone, device], is_identified: 1 });
    expect(await copyOf(gone)).toMatchObject({ kinds: [], is_identified: 0 });
    await shop.ask(undoMerge, 'customers.merge', { params: { mergeId } });
    expect(await copyOf(kept)).toEqual({ consents: ['sms/marketing/granted'], kinds: [external_id], is_identified: 1 });
    expect(await copyOf(gone)).toEqual({ consents: ['push/marketing/granted', 'sms/marketing/withdrawn'], kinds: [phone, device], is_identified: 1 });
  });

  it('reaches the survivor also where it is noted under the number that was absorbed', async () => {
    const [kept, gone] = [await shop.person({ external_id: 'R3' }), await shop.person({ external_id: 'R4' })];
    await shop.ask(mergeCustomers, 'customers.merge', { body: { survivorNo: kept, absorbedNo: gone } });
    await shop.customers.copier.drain();
    await say([gone, 'wechat', true, 5]);
    expect(await copyOf(kept)).toMatchObject({ consents: ['wechat/marketing/granted'] });
  });

  it('follows identifiers that are said, added, taken away and turn up in a profile', async () => {
    const customerNo = await shop.person({ device: 'D5' });
    expect(await copyOf(customerNo)).toEqual({ consents: [], kinds: [device], is_identified: 0 });
    await shop.person({ device: 'D5', external_id: 'R5' });
    expect(await copyOf(customerNo)).toMatchObject({ kinds: [external_id, device], is_identified: 1 });
    await shop.person({ external_id: 'R5' }, { email: 'five@example.com' });
    expect(await copyOf(customerNo)).toMatchObject({ kinds: [external_id, email, device] });
    await shop.ask(addIdentifier, 'customers.edit', { params: { customerNo }, body: { kind: 'phone', namespace: '', value: '13812340005' } });
    expect(await copyOf(customerNo)).toMatchObject({ kinds: [external_id, phone, email, device] });
    const { body: { identifiers } } = await shop.ask(readCustomer, 'customers.read', { params: { customerNo } });
    for (const { id, kind } of identifiers) if (kind !== 'phone') await shop.ask(removeIdentifier, 'customers.edit', { params: { customerNo, identifierId: id } });
    expect(await copyOf(customerNo)).toMatchObject({ kinds: [phone] });
    await shop.person({ phone: '+8613812340005', device: 'D5b' });
    expect(await copyOf(customerNo)).toMatchObject({ kinds: [phone, device] });
  });

  it('is told of everybody once, when a data folder meets a ClickHouse that learned to know it', async () => {
    const customerNo = await shop.person({ external_id: 'R6' });
    await say([customerNo, 'phone', true, 5]);
    await shop.customers.copier.drain();
    const { pg, clickhouse } = shop.platform;
    await clickhouse.command('alter table customer update consents = [], identifier_kinds = [] where 1 settings mutations_sync = 2');
    await pg.query("delete from schema_migration where name like '%reachable%'");
    await migrate(shop.connections, createLog('fatal'));
    expect(await copyOf(customerNo)).toEqual({ consents: ['phone/marketing/granted'], kinds: [external_id], is_identified: 1 });
    expect(await clickhouse.rows("select customer_no from customer final where status = 'active' and empty(identifier_kinds)")).toEqual([]);
    await migrate(shop.connections, createLog('fatal'));
    expect(await shop.customers.copier.drain()).toBe(0);
  });
});
