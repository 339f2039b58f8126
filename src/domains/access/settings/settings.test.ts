import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAccessServer, type AccessServer, type Person } from '../../../../test/access-server.ts';

let at: AccessServer;
let owner: Person;
beforeAll(async () => {
  at = await createAccessServer();
  owner = await at.person('Owner', 'administrator');
});
afterAll(() => at.close());
const write = (body: object) => at.ask(owner, 'PUT', '/api/settings/brand', body);

it('keeps the brand, shows it to everyone who opens the product, and writes the change down', async () => {
  const brand = { name: '兰花茶', timeZone: 'Asia/Taipei', currency: 'TWD', language: 'zh-TW' };
  expect((await write(brand)).json()).toEqual(brand);
  expect((await at.ask(owner, 'GET', '/api/settings/brand')).json()).toEqual({ ...brand, amounts: [] });
  expect((await at.ask(null, 'GET', '/api/session')).json()).toMatchObject({ actor: null, brand: { name: '兰花茶', timeZone: 'Asia/Taipei', currency: 'TWD' } });
  const { rows } = await at.platform.pg.query("select details from audit_log where action = 'access.change_brand'");
  expect(rows).toMatchObject([{ details: { before: { currency: 'CNY' }, after: brand } }]);
});

it.each([
  { name: '', timeZone: 'Asia/Shanghai', currency: 'CNY' },
  { name: 'x'.repeat(81), timeZone: 'Asia/Shanghai', currency: 'CNY' },
  { name: 'Shop', timeZone: 'Asia/Nowhere', currency: 'CNY' },
  { name: 'Shop', timeZone: "UTC'; select 1", currency: 'CNY' },
  { name: 'Shop', timeZone: 'Asia/Shanghai', currency: 'XXXX' },
  { name: 'Shop', timeZone: 'Asia/Shanghai', currency: 'cny' },
  { name: 'Shop', timeZone: 'Asia/Shanghai', currency: 'CNY', language: 'fr' },
])('refuses $name $timeZone $currency', async (brand) => {
  expect((await write(brand)).statusCode).toBe(400);
});

it('takes another currency, where there are amounts in the one before, only from whoever knows that they are not converted', async () => {
  const brand = { name: '兰花茶', timeZone: 'Asia/Taipei', currency: 'TWD', language: 'zh-TW' };
  expect((await write(brand)).statusCode).toBe(200);
  const held: string[] = ['3 lines of budgets'];
  at.access.registerHeldAmounts(async () => held);
  expect((await at.ask(owner, 'GET', '/api/settings/brand')).json()).toMatchObject({ amounts: held });
  const refused = await write({ ...brand, currency: 'CNY' });
  expect([refused.statusCode, refused.json().code]).toEqual([409, 'access.currency_held']);
  expect(refused.body).toContain('3 lines of budgets');
  expect((await at.ask(owner, 'GET', '/api/settings/brand')).json()).toMatchObject({ currency: 'TWD' });
  // Anything else of the brand is changed as ever.
  expect((await write({ ...brand, name: '兰花' })).statusCode).toBe(200);
  expect((await write({ ...brand, currency: 'CNY', amountsStay: true })).json()).toMatchObject({ currency: 'CNY' });
  held.pop();
  expect((await write({ ...brand, currency: 'USD' })).json()).toMatchObject({ currency: 'USD' });
});
