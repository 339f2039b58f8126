import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCustomersServer, type CustomersServer } from '../../../../test/customers-server.ts';
import { insertLines, mergeCustomers, orderKeyOf } from '../../../../test/order-lines.ts';
import { eraseCustomer } from '../../customers/contract.ts';
import { listOrders, readOrder } from '../contract.ts';
import { createCommerce } from '../public.ts';

let shop: CustomersServer;
let people: number[];
beforeAll(async () => {
  shop = await createCustomersServer((platform) => createCommerce(platform).routes);
  people = [await shop.person({ external_id: 'N1' }, { name: '欧阳春晓' }), await shop.person({ external_id: 'N2' }), await shop.person({ external_id: 'N3' }, { name: '=cmd' })];
  await insertLines(shop.platform.clickhouse, [...people.map((customerNo, i) => ({ order: `N${i}`, customerNo })), { order: 'N9', customerNo: 0 }]);
});
afterAll(() => shop.close());

const names = async (permissions: string) =>
  Object.fromEntries((await shop.ask(listOrders, permissions, {})).body.rows.map((row) => [row.orderId, row.customerName]));

it('orders name whose they are, masked, to who may see customers', async () => {
  expect(await names('commerce.read customers.read')).toEqual({ N0: '欧**', N1: null, N2: '=**', N9: null });
  const { body } = await shop.ask(readOrder, 'commerce.read customers.read', { params: { orderKey: orderKeyOf('N0') } });
  expect(body.order).toMatchObject({ customerNo: people[0], customerName: '欧**' });
});

it('orders name nobody to who may see orders alone', async () => {
  expect(new Set(Object.values(await names('commerce.read')))).toEqual(new Set([null]));
  const { body, text } = await shop.ask(readOrder, 'commerce.read', { params: { orderKey: orderKeyOf('N0') } });
  expect([body.order.customerName, text.includes('欧')]).toEqual([null, false]);
});

it('an order of whoever was merged has the name of the one they became, and of the erased none', async () => {
  await mergeCustomers(shop.platform.clickhouse, [{ absorbed: people[1], survivor: people[0] }]);
  expect((await names('commerce.read customers.read')).N1).toBe('欧**');
  await shop.ask(eraseCustomer, 'customers.erase', { params: { customerNo: people[2] }, body: { confirm: String(people[2]), reason: 'asked for it' } });
  expect((await names('commerce.read customers.read')).N2 ?? null).toBeNull();
});
