import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstRules } from '../../src/domains/messaging/contract.ts';
import { createMailBox, type MailBox } from '../mail-box.ts';
import { startWholeApp, type WholeApp } from '../whole-app.ts';
import { openBrowser, openPage } from './browser.ts';

const patienceMs = 30_000;
const people = 60;
const mailOf = (n: number): string => `drinker${n}@example.com`;
const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();

/** A campaign from its audience to what it earned: by the pages of those who plan it, the mail that arrives, and the shop that tells of orders. */
describe('a campaign', { timeout: 240_000 }, () => {
  const faults: string[] = [];
  let app: WholeApp;
  let box: MailBox;
  let browser: Browser;
  let page: Page;
  /** Whoever got the mail and followed its link. */
  let reader = '';

  const watched = (): Promise<Page> => openPage(browser, faults, patienceMs);
  const order = (n: number, id: string, at: string) => ({ type: 'track', event: 'Order Completed', userId: `U${n}`, messageId: `m-${id}`, timestamp: at, properties: { order_id: id, total: 98, currency: 'CNY', products: [{ product_id: 'TEA-1', name: 'Longjing tea', price: 98, quantity: 1 }] } });
  const sees = (text: RegExp): Promise<unknown> => expect.poll(() => page.locator('main').innerText(), { timeout: patienceMs }).toMatch(text);
  const choose = async (label: string, option: RegExp, on = page): Promise<void> => {
    await on.getByRole('combobox', { name: label, exact: true }).click();
    await on.locator('.ant-select-dropdown:visible .ant-select-item-option').filter({ hasText: option }).first().click();
  };

  beforeAll(async () => {
    [app, box, browser] = await Promise.all([startWholeApp(), createMailBox(), openBrowser()]);
    const known = Array.from({ length: people }, (_, n) => [
      { type: 'identify', userId: `U${n}`, messageId: `i-${n}`, timestamp: daysAgo(200), traits: { name: `Drinker ${n}`, email: mailOf(n), email_opt_in: true } },
      order(n, `before-${n}`, daysAgo(120)),
    ]);
    await app.track(known.flat());
    // The hour at which this runs is nobody's night.
    await app.ask('PUT', '/api/gate-rules', { rules: { ...firstRules, quiet: [] }, basedOn: null });
    page = await watched();
    await page.goto(app.signInLink);
    await page.getByRole('heading', { name: 'Today' }).first().waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
    await box?.close();
  });

  it('means an audience', async () => {
    await expect.poll(async () => (await app.ask<{ total: number }>('GET', '/api/orders?pageSize=1')).total, { timeout: patienceMs }).toBe(people);
    await page.goto(`${app.url}/users/audiences/new`);
    await page.getByRole('button', { name: 'Add a condition' }).click();
    await page.getByRole('combobox', { name: /Find a condition/ }).fill('bought certain');
    await page.keyboard.press('Enter');
    await page.getByRole('combobox', { name: 'Product', exact: true }).fill('longjing');
    await page.locator('.ant-select-item-option').filter({ hasText: /^Longjing tea/ }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /Period: Last 90 days/ }).click();
    await page.getByRole('button', { name: 'Any time' }).click();
    await sees(/\b60\s*people/);
    await page.getByRole('button', { name: 'Save as an audience' }).click();
    await page.getByLabel('Name').fill('Tea drinkers');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Tea drinkers' }).waitFor();
  });

  it('has a way out', async () => {
    await page.goto(`${app.url}/programs/channels/new`);
    await page.getByRole('button', { name: 'Mail server (SMTP)' }).click();
    await page.getByLabel('Server').fill('127.0.0.1');
    await page.getByLabel('Port').fill(String(box.port));
    await choose('Encryption', /Not encrypted/);
    await page.getByLabel("Sender's address").fill('care@shop.test');
    await page.getByLabel("Sender's name").fill('The tea shop');
    await page.getByText('Active', { exact: true }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await sees(/Mail server \(SMTP\)/);
  });

  it('says something, which arrives as a test mail before a second person lets it go', async () => {
    await page.goto(`${app.url}/programs/templates`);
    await page.getByRole('button', { name: 'New template' }).first().click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Name').fill('Spring tea');
    await choose('Begin with', /^Time for more$/);
    await form.getByRole('button', { name: 'Begin' }).click();
    await page.getByRole('button', { name: 'Send to myself' }).click();
    await page.getByRole('dialog').getByLabel('Your mail address').fill('me@shop.test');
    await page.getByRole('dialog').getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText(/The provider took it/).waitFor();
    const [{ to, mail }] = box.received;
    expect([to, mail.subject]).toEqual(['me@shop.test', 'Is Longjing green tea, 50 g running out?']);
    const looked = await watched();
    await looked.setContent(String(mail.html));
    expect(await looked.locator('body').innerText()).toMatch(/Dear Alex Wang,[\s\S]*Longjing green tea/);
    expect(await looked.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    await looked.context().close();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Submit for approval' }).click();
    await sees(/Waits for a second person/);
    const { roles } = await app.ask<{ roles: { roleId: number; key: string }[] }>('GET', '/api/roles');
    const roleIds = roles.filter(({ key }) => key === 'manager').map(({ roleId }) => roleId);
    const { path } = await app.ask<{ path: string }>('POST', '/api/staff', { email: 'second@shop.test', name: 'Second', roleIds });
    const second = await watched();
    await second.goto(`${app.url}${path}`);
    await second.getByLabel('New password').fill('quiet tea under lamps');
    await second.getByLabel('Once more').fill('quiet tea under lamps');
    await second.getByRole('button', { name: 'Set the password and sign in' }).click();
    await second.getByRole('heading', { name: 'Today' }).first().waitFor();
    await second.goto(page.url());
    await second.getByRole('button', { name: 'Approve' }).click();
    await second.getByRole('button', { name: 'OK' }).click();
    await second.getByText('Approved').first().waitFor();
    await second.context().close();
  });

  it('leaves some out, says whom it will reach, and reaches them once', async () => {
    box.received.length = 0;
    await page.goto(`${app.url}/programs/campaigns/new`);
    await page.getByLabel('Name', { exact: true }).fill('Spring tea is here');
    await choose('Who', /Tea drinkers/);
    await choose('Template', /Spring tea/);
    await page.getByLabel('Control group').fill('30');
    await expect.poll(() => page.locator('main aside').innerText(), { timeout: patienceMs }).toMatch(/Reach expected\s*42[\s\S]*Audience\s*60[\s\S]*Control group\s*18/);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('heading', { name: 'Spring tea is here' }).waitFor();
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await page.getByRole('button', { name: 'Submit', exact: true }).click();
    await page.getByRole('tab', { name: 'Progress' }).click();
    // The row itself, which tells how far it came, not the campaign above it.
    const once = page.getByRole('row', { name: /Once/ });
    await expect.poll(() => once.innerText(), { timeout: patienceMs }).toMatch(/Done/);
    const reached = new Set(box.received.map(({ to }) => to));
    const row = await once.innerText();
    const [, heldOut, handed] = /\b60\s+(\d+)\s+(\d+)\b/.exec(row) ?? [];
    expect({ mails: box.received.length, handed: Number(handed), all: Number(heldOut) + Number(handed) }).toEqual({ mails: reached.size, handed: reached.size, all: people });
    expect(Number(heldOut)).toBeGreaterThan(4);
  });

  it('is read: a person follows the link and buys', async () => {
    const [{ to, mail, raw }] = box.received;
    reader = to;
    const own = await browser.newContext({ userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148' });
    const inbox = await own.newPage();
    const asked: string[] = [];
    own.on('request', (request) => asked.push(request.url()));
    await inbox.setContent(String(mail.html));
    expect(raw).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    await inbox.getByRole('link', { name: '去逛逛' }).click();
    // Where the shop would answer: the program led there, and nowhere else.
    await expect.poll(() => asked.filter((url) => !url.startsWith(app.url)), { timeout: patienceMs }).toEqual(['https://shop.example.com/']);
    await own.close();
    const n = Number(/\d+/.exec(reader)?.[0]);
    await app.track([order(n, 'after', new Date().toISOString())]);
  });

  it('says what became of it and what it came to', async () => {
    // A result is shown for five minutes before it is worked out again.
    app.platform.clock.now = () => new Date(Date.now() + 360_000);
    await page.getByRole('tab', { name: 'Result' }).click();
    const told = async (): Promise<string> => {
      await page.reload();
      await page.getByText('What each group did').waitFor();
      return (await page.locator('main').innerText()).replace(/\s+/g, ' ');
    };
    await expect.poll(async () => (await app.ask<{ total: number }>('GET', '/api/orders?pageSize=1')).total, { timeout: patienceMs }).toBe(people + 1);
    await expect.poll(async () => (await app.platform.reader.rows("select count() as n from event where name = 'Message Clicked'"))[0], { timeout: patienceMs }).toMatchObject({ n: '1' });
    await expect.poll(told, { timeout: patienceMs, interval: 1_000 }).toMatch(/Version A \d+ 1 [\d.]+% 1 \D*98\.00.*Clicked 1/);
    expect(await told()).toMatch(/Nobody can tell|Too few people/);
    expect(faults).toEqual([]);
  });
});
