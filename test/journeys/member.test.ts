import type { FastifyInstance } from 'fastify';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adjustPoints, changeMallStock, createBenefit, createMallItem, createPageLink, revokePageLinks, showMallItem } from '../../src/domains/membership/contract.ts';
import { inTransaction } from '../../src/platform/postgres/pool.ts';
import { serveWeb } from '../../src/serve/web-files.ts';
import { createTestServer } from '../harness.ts';
import { plainItem } from '../mall-shop.ts';
import { createMembershipServer, type MembershipServer } from '../membership-server.ts';
import { publishSample, sampleProgramme } from '../sample-programme.ts';
import { openBrowser } from './browser.ts';

const everything = 'membership.read membership.adjust membership.links membership.mall membership.benefits';

/** A member with a phone in their hand: from the link they were sent to what they exchange, and out again. */
describe('a member’s page on a phone', { timeout: 120_000 }, () => {
  const faults: string[] = [];
  let shop: MembershipServer;
  let server: FastifyInstance;
  let browser: Browser;
  let page: Page;
  let anna: number;
  let address: string;

  beforeAll(async () => {
    [shop, browser] = await Promise.all([createMembershipServer(everything), openBrowser()]);
    // A browser keeps a cookie by its own clock.
    shop.setTime(new Date());
    const { pg } = shop.platform;
    await publishSample(pg, sampleProgramme({ joining: { who: 'application', consent: { channel: 'sms', purpose: 'marketing' } } }), '2026-01-01T00:00:00+08:00');
    [anna] = await inTransaction(pg, (client) => shop.customers.identities.resolve(client, [{ identifiers: [{ kind: 'external_id', namespace: '', value: '1001' }], at: new Date('2026-01-01') }]));
    const item = async (changes: object): Promise<void> => {
      const { body: { itemNo } } = await shop.ask(createMallItem, { body: { definition: { ...plainItem, ...changes } } });
      await shop.ask(changeMallStock, { params: { itemNo }, body: { add: 5 } });
      await shop.ask(showMallItem, { params: { itemNo }, body: { state: 'listed' } });
    };
    await item({});
    await item({ names: { 'zh-CN': '随行杯', en: 'Travel cup' }, money: '29.9' });
    await shop.ask(createBenefit, {
      body: {
        names: { 'zh-CN': '满额包邮', en: 'Free shipping' }, notes: '', tiers: ['silver', 'gold', 'black'], promise: { kind: 'free_shipping', from: '49' }, cost: '0', validDays: null,
        limits: { perMember: null, inAll: null }, startsAt: '2026-01-01T00:00:00Z', endsAt: null,
      },
    });
    server = await createTestServer(shop.platform, shop.membership.routes, serveWeb);
    address = await server.listen({ host: '127.0.0.1', port: 0 });
    page = await browser.newPage({ locale: 'zh-CN', viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
    page.setDefaultTimeout(10_000);
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await shop?.close();
  });

  const part = (title: string) => page.locator('section.part', { has: page.getByRole('heading', { name: title, level: 2 }) });
  const balance = (): Promise<string> => page.locator('.card .sum strong').innerText();

  it('opens by the link, whose secret is gone from the address at once, and joins by agreeing', async () => {
    const { body: { path } } = await shop.ask(createPageLink, { params: { customerNo: anna }, body: { mode: 'own', minutes: 60 } });
    await page.goto(`${address}${path}`);
    await page.getByText('还不是会员').waitFor();
    expect(page.url()).not.toContain('#');
    const join = page.getByRole('button', { name: '立即加入' });
    expect(await join.isDisabled()).toBe(true);
    await page.getByLabel(/同意通过短信接收/).check();
    await join.tap();
    await page.locator('.card', { hasText: 'silver会员' }).waitFor();
    expect(await balance()).toBe('0');
  });

  it('reads the balance, why it is so, how an order came to its points, and why the tier is theirs', async () => {
    await shop.membership.ledger.execute({
      kind: 'earn', key: 'order', customerNo: anna, amount: 551, occurredAt: Date.now() - 60_000, availableAt: 0, expiresAt: null,
      derivation: {
        reason: 'order', order: 'TM-1', versionNo: 1, goods: '551.2', changes: {}, base: '551.2', rate: { amount: 1, per: '1' }, factors: [], exact: '551.2', rounding: 'down', rounded: 551, threshold: null, cap: null, points: 551,
      },
    });
    await shop.ask(adjustPoints, { params: { customerNo: anna }, body: { key: 'k', amount: 49, reason: '补偿' } });
    await page.reload();
    await expect.poll(balance).toBe('600');
    const points = part('我的积分');
    await points.getByText('积分从哪里来').tap();
    await points.getByText('现有 600 分：1 笔订单获得 551，品牌调整 +49。').waitFor();
    await points.getByText('怎么算的').tap();
    await points.getByText('551.2 向下取整为 551').waitFor();
    const level = part('我的成长');
    await level.getByText('为什么是这个等级').tap();
    await level.getByText('入会，等级为silver会员。').waitFor();
  });

  it('exchanges points for what takes points alone, and is told where the rest is paid', async () => {
    const mall = part('积分兑换');
    const cup = mall.locator('li', { hasText: '随行杯' });
    expect(await cup.innerText()).toContain('另付 ¥29.90，请到商城下单付款');
    expect(await cup.getByRole('button').count()).toBe(0);
    await mall.locator('li', { hasText: '帆布袋' }).getByRole('button', { name: '兑换' }).tap();
    await page.getByRole('dialog').getByRole('button', { name: '再想想' }).tap();
    expect(await balance()).toBe('600');
    await mall.locator('li', { hasText: '帆布袋' }).getByRole('button', { name: '兑换' }).tap();
    await page.getByRole('dialog').getByRole('button', { name: '确认兑换' }).tap();
    await expect.poll(balance).toBe('500');
    await mall.getByRole('heading', { name: '我的兑换' }).waitFor();
    await part('我的积分').getByText('兑换「帆布袋」').waitFor();
  });

  it.each([
    ['zh-TW', '我的權益', '满额包邮', '會員中心'],
    ['en', 'Your benefits', 'Free shipping', 'Membership'],
    ['zh-CN', '我的权益', '满额包邮', '会员中心'],
  ])('says it in %s, no word of it missing and nothing wider than the phone', async (locale, benefits, benefit, title) => {
    await page.locator('header.top select').selectOption(locale);
    await part(benefits).getByText(benefit, { exact: true }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe(locale);
    expect(await page.title()).toBe(title);
    expect(await page.locator('body').innerText()).not.toMatch(/\{\{|\b[a-z]+\.[a-z]+[.A-Z]?[a-z]*\b(?!\d)/);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  });

  it('is closed once its links are ended, and nothing failed on the way', async () => {
    expect(faults).toEqual([]);
    await shop.ask(revokePageLinks, { params: { customerNo: anna } });
    await page.reload();
    await page.getByRole('heading', { name: '打不开会员页' }).waitFor();
  });
});
