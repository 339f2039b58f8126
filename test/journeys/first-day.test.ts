import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProduct, type Product } from '../product.ts';
import { createReceiver } from '../receiver.ts';
import { openBrowser } from './browser.ts';

const patienceMs = 90_000;
/** What must be shown as the text it is. */
const hostile = '<img src=x onerror="window.stolen = true">';

/** A first day: the product on an empty folder, one browser, from the printed link to a signed-out page. */
describe('the first day of a manager', { timeout: 400_000 }, () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'perennial-journey-'));
  const faults: string[] = [];
  let product: Product;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct(dataDir, { PERENNIAL_DEMO: '1', PERENNIAL_OUTBOUND_ALLOW: '127.0.0.1' }), openBrowser()]);
    page = await browser.newPage({ locale: 'en-GB', viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(patienceMs);
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }, 60_000);

  const open = async (path: string, heading: string): Promise<void> => {
    await page.goto(`${product.url}${path}`);
    await page.getByRole('heading', { name: heading, level: 1 }).or(page.getByRole('heading', { name: heading })).first().waitFor();
  };

  it('signs in by the printed link, which is good once', async () => {
    const link = /http:\/\/\S+\/sign-in\/link#\S+/.exec(product.output())?.[0] ?? '';
    await page.goto(link);
    await page.getByRole('heading', { name: 'Today' }).first().waitFor();
    const stranger = await browser.newPage({ locale: 'en-GB' });
    await stranger.goto(link);
    await stranger.waitForURL(/sign-in/);
    await expect.poll(() => stranger.locator('body').innerText(), { timeout: patienceMs }).toMatch(/link|sign/i);
    expect(await stranger.getByRole('heading', { name: 'Today' }).count()).toBe(0);
    await stranger.close();
  });

  it('sees what the shop sells, and when that was computed', async () => {
    const main = page.locator('main');
    await expect.poll(() => main.innerText(), { timeout: patienceMs }).toMatch(/Net sales[\s\S]*¥|Net sales[\s\S]*CN¥/);
    await main.locator('figure [role=img] svg path').first().waitFor();
    await expect.poll(() => main.innerText(), { timeout: patienceMs }).toMatch(/computed/i);
  });

  it('reads it in another language, and keeps the choice', async () => {
    await page.getByRole('button', { name: 'Change the language' }).click();
    await page.getByRole('menuitem', { name: '繁體中文' }).click();
    await page.getByRole('heading', { name: '今日' }).first().waitFor();
    await page.reload();
    await page.getByRole('heading', { name: '今日' }).first().waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-TW');
    await page.getByRole('button', { name: '切換語言' }).or(page.locator('header button').first()).first().click();
    await page.getByRole('menuitem', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Today' }).first().waitFor();
  });

  it('imports a file of orders: guess, dry run, run, result', async () => {
    const file = join(dataDir, 'orders.csv');
    writeFileSync(file, [
      'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country',
      `A1,P1,"${hostile.replaceAll('"', '""')}",2,2026-01-05 10:00:00,10.50,journey-1,United Kingdom`,
      'A1,P2,Tea caddy,1,2026-01-05 10:00:00,4,journey-1,United Kingdom',
      'A2,P2,Tea caddy,3,2026-02-05 10:00:00,4,journey-2,United Kingdom',
      'C3,P2,Tea caddy,-1,2026-02-06 10:00:00,4,journey-2,United Kingdom',
      'A4,P2,Tea caddy,1,2026-02-30 10:00:00,4,journey-2,United Kingdom',
    ].join('\n'));
    await open('/data/imports/new', 'Import a file');
    await page.locator('input[type=file]').first().setInputFiles(file);
    await page.getByRole('button', { name: 'Dry run' }).click();
    await page.getByRole('button', { name: 'Begin the import' }).click();
    await expect.poll(() => page.locator('main').innerText(), { timeout: patienceMs })
      .toMatch(/Orders: 3, of which cancelled or refunded: 1\. Users: 2\. Net: \D*33(\.00)?\b/);
    expect(await page.evaluate(() => 'stolen' in window)).toBe(false);
  });

  it('finds a user by the number their shop gave them, and reads their story', async () => {
    await open('/users', 'Users');
    await page.getByPlaceholder(/Phone, email/).fill('journey-1');
    await page.getByPlaceholder(/Phone, email/).press('Enter');
    await expect.poll(() => page.locator('tbody a').count(), { timeout: patienceMs }).toBe(1);
    await page.locator('tbody a').click();
    await page.getByRole('tab', { name: 'Timeline' }).click();
    await expect.poll(() => page.locator('main').innerText(), { timeout: patienceMs }).toContain('A1');
    await page.getByRole('tab', { name: 'Identifiers' }).click();
    await page.getByText('journey-1').first().waitFor();
    expect(await page.evaluate(() => 'stolen' in window)).toBe(false);
  });

  it('invites a colleague in a role of their own making, who sees people in part and nothing else', async () => {
    await open('/settings/roles', 'Roles');
    await page.getByRole('button', { name: 'New role' }).click();
    await page.getByRole('textbox', { name: 'Name of the role' }).fill('Night desk');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('checkbox', { name: 'Night desk: See users, personal data in part' }).check();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('0 changes not saved').waitFor();
    await open('/settings/staff', 'Team accounts');
    await page.getByRole('button', { name: 'Invite a colleague' }).click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Night');
    await page.getByRole('textbox', { name: 'E-mail' }).fill('night@example.com');
    await page.getByRole('combobox', { name: 'Roles' }).fill('Night desk');
    await page.getByRole('combobox', { name: 'Roles' }).press('Enter');
    await page.getByRole('button', { name: 'Make the account and a link' }).click();
    const link = await page.getByText(/\/sign-in\/link#/).innerText();
    const colleague = await (await browser.newContext({ locale: 'en-GB' })).newPage();
    colleague.setDefaultTimeout(patienceMs);
    await colleague.goto(link);
    await colleague.getByLabel('New password').fill('quiet tea under lamps');
    await colleague.getByLabel('Once more').fill('quiet tea under lamps');
    await colleague.getByRole('button', { name: 'Set the password and sign in' }).click();
    await colleague.getByRole('heading', { name: 'Users', level: 1 }).waitFor();
    for (const section of await colleague.locator('nav [aria-expanded=false]').all()) await section.click();
    expect(await colleague.getByRole('menuitem', { name: /Orders|Overview|Team accounts/ }).count()).toBe(0);
    await colleague.locator('tbody a').first().click();
    await expect.poll(() => colleague.locator('main').innerText(), { timeout: patienceMs }).toMatch(/\d{3}\*{4}\d{4}/);
    expect(await colleague.getByRole('button', { name: /in full|Edit|More/ }).count()).toBe(0);
    await colleague.goto(`${product.url}/settings/staff`);
    await colleague.getByText('You may not see this page').waitFor();
    await colleague.context().close();
  });

  it('makes a token that may no more than it says, and finds all of it in the audit log', async () => {
    await open('/settings/tokens', 'API tokens');
    await page.getByRole('button', { name: 'New token' }).first().click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('nightly sync');
    await page.getByRole('combobox', { name: 'Scopes' }).fill('customers.read');
    await page.getByText('See users, personal data in part (customers.read)').click();
    await page.getByRole('button', { name: 'Make the token' }).click();
    const secret = await page.getByText(/^perennial_[\w-]{30,}$/).innerText();
    const headers = { authorization: `Bearer ${secret}` };
    const stranger = await (await browser.newContext()).request.get(`${product.url}/api/customers`, { headers });
    expect(stranger.status()).toBe(200);
    expect((await (await browser.newContext()).request.get(`${product.url}/api/orders`, { headers })).status()).toBe(403);
    await open('/settings/audit', 'Audit log');
    await expect.poll(() => page.locator('main').innerText(), { timeout: patienceMs })
      .toMatch(/Made an API token[\s\S]*Invited a colleague[\s\S]*Changed a role[\s\S]*Made a role/);
    expect(await page.locator('main').innerText()).not.toContain(secret);
  });

  it('builds an audience by a rule, sees at once how many it means and who, and keeps it', async () => {
    await open('/users/audiences/new', 'New audience');
    await page.getByRole('button', { name: 'Add a condition' }).click();
    await page.getByRole('combobox', { name: /Find a condition/ }).fill('bought certain');
    await page.keyboard.press('Enter');
    await page.getByRole('combobox', { name: 'Product', exact: true }).fill('tea caddy');
    await page.locator('.ant-select-item-option').filter({ hasText: /^Tea caddy/ }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /Period: Last 90 days/ }).click();
    await page.getByRole('button', { name: 'Any time' }).click();
    const effect = page.locator('main aside');
    await expect.poll(() => effect.innerText(), { timeout: patienceMs }).toMatch(/\b2\s*people[\s\S]*Tea caddy/);
    await page.getByRole('button', { name: 'Save as an audience' }).click();
    await page.getByLabel('Name').fill('Tea caddies');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Tea caddies' }).waitFor();
    await page.getByRole('link', { name: 'Audiences' }).first().click();
    const row = page.getByRole('row', { name: /Tea caddies/ });
    await expect.poll(() => row.innerText(), { timeout: patienceMs }).toMatch(/Live\s+2\s/);
    await row.getByRole('link', { name: 'Tea caddies' }).click();
    await page.getByRole('tab', { name: 'Members' }).click();
    await expect.poll(() => page.locator('tbody tr').count(), { timeout: patienceMs }).toBeGreaterThanOrEqual(2);
  });

  it('sends an audience to another system, which gets everybody signed, and sees that it arrived', async () => {
    const receiver = await createReceiver();
    await open('/users/audiences/destinations', 'Destinations');
    await page.getByRole('button', { name: 'Add a destination' }).first().click();
    await page.getByLabel('Name').fill('Ad platform');
    await page.getByLabel('Address').fill(`${receiver.url}/in`);
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    const secret = (await page.getByText(/^whsec_/).innerText()).trim();
    await page.getByRole('button', { name: 'I have kept it' }).click();
    await page.getByRole('row', { name: /Ad platform/ }).getByRole('button', { name: 'Try out' }).click();
    await page.getByText('It arrived at “Ad platform”').waitFor();
    await open('/users/audiences', 'Audiences');
    await page.getByRole('link', { name: 'Tea caddies' }).click();
    await page.getByRole('tab', { name: 'Deliveries' }).click();
    await page.getByRole('button', { name: 'Send somewhere' }).click();
    await page.getByRole('combobox', { name: 'Destination' }).click();
    await page.locator('.ant-select-item-option').filter({ hasText: /^Ad platform/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Send', exact: true }).click();
    await expect.poll(() => page.getByRole('row', { name: /Ad platform/ }).innerText(), { timeout: patienceMs }).toMatch(/Done[\s\S]*2 people/);
    const [tried, members] = receiver.received;
    expect([tried.path, receiver.received.length, members.body.toString().trimEnd().split('\n').length]).toEqual(['/in', 2, 3]);
    const id = String(members.headers['webhook-id']);
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
    const signed = createHmac('sha256', key).update(`${id}.${String(members.headers['webhook-timestamp'])}.${members.body.toString()}`).digest('base64');
    expect(members.headers['webhook-signature']).toBe(`v1,${signed}`);
    expect(members.body.toString()).not.toContain('"phone"');
    await receiver.close();
  });

  it('sees what the people of an audience are like, and takes a picture and a file of it along', async () => {
    await page.getByRole('tab', { name: 'Make-up' }).click();
    const main = page.locator('main');
    await expect.poll(() => main.innerText(), { timeout: patienceMs }).toMatch(/Recency against frequency and value[\s\S]*Never bought[\s\S]*Lifecycle/);
    const saved = async (name: string, click: () => Promise<void>): Promise<string> => {
      const [download] = await Promise.all([page.waitForEvent('download'), click()]);
      expect(download.suggestedFilename()).toMatch(new RegExp(name));
      return readFileSync(await download.path(), 'utf8');
    };
    const heat = page.getByRole('figure').filter({ hasText: 'Recency against' });
    const takePicture = async (kind: string): Promise<void> => {
      await heat.getByRole('button', { name: 'Save as a picture' }).click();
      await page.getByRole('menuitem', { name: kind }).click();
    };
    expect(await saved('^Recency against.*\\.svg$', () => takePicture('Drawing (SVG)'))).toMatch(/^<svg xmlns[\s\S]*Champions/);
    expect(await saved('\\.png$', () => takePicture('Picture (PNG)'))).toMatch(/^.PNG/);
    expect(await saved('^audience-\\d+-make-up\\.csv$', () => page.getByRole('button', { name: 'Save as a file' }).click())).toMatch(/Trait,Value,People[\s\S]*Champions,/);
  });

  it('fits on a phone: no page is wider than the screen', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    const tooWide: string[] = [];
    for (const [path, heading] of [['/', 'Today'], ['/users', 'Users'], ['/users/audiences', 'Audiences'], ['/users/audiences/destinations', 'Destinations'], ['/data/imports', 'Imports'], ['/insights', 'Overview'], ['/settings/staff', 'Team accounts']] as const) {
      await open(path, heading);
      await page.waitForLoadState('networkidle');
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (width > 390) tooWide.push(`${path}: ${width}`);
    }
    expect(tooWide).toEqual([]);
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it('signs out, with less movement as their device asks, and nothing opens any more', async () => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await open('/users', 'Users');
    await page.getByRole('button', { name: /Account/ }).click();
    const signOut = page.getByRole('menuitem', { name: 'Sign out' });
    await expect.poll(async () => ((await signOut.boundingBox())?.x ?? Infinity) < 1440, { timeout: patienceMs }).toBe(true);
    await signOut.click();
    await page.waitForURL(/sign-in/);
    const reply = await page.request.get(`${product.url}/api/customers`);
    expect(reply.status()).toBe(401);
  });

  it('met no fault on the way', () => {
    // The one request that is refused on purpose: the link used twice.
    expect(faults.filter((fault) => !/401|404|410|422/.test(fault))).toEqual([]);
  });
});
