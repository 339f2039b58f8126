import { chromium } from 'playwright-core';
import { readFileSync } from 'node:fs';
const link = readFileSync('/tmp/cohx/serve.log','utf8').match(/http:\S+sign-in\S+/)[0];
const [,, name, path, locale='zh-CN', width='1440', action=''] = process.argv;
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
import { existsSync } from 'node:fs';
const stateFile = '/tmp/cohx/state.json';
const ctx = await browser.newContext({ viewport: { width: Number(width), height: 900 }, locale, storageState: existsSync(stateFile) ? stateFile : undefined, extraHTTPHeaders: {} });
const page = await ctx.newPage();
page.on('console', m => m.type()==='error' && console.log('console', m.text().slice(0,300)));
page.on('pageerror', e => console.log('pageerror', String(e).slice(0,300)));
if (!existsSync(stateFile)) {
  await page.goto(link); await page.waitForTimeout(2500);
  const btn = page.getByRole('button').first(); await btn.click().catch(()=>{}); await page.waitForTimeout(2500);
  await ctx.storageState({ path: stateFile });
}
await page.addInitScript(l => localStorage.setItem('perennial.language', l), locale);
await page.goto('http://127.0.0.1:3391' + path); await page.waitForTimeout(4000);
if (action) { await eval(`(async()=>{${action}})()`); await page.waitForTimeout(2500); }
const h = await page.evaluate(() => document.documentElement.scrollHeight);
await page.screenshot({ path: `/tmp/cohx/${name}.png`, fullPage: true });
console.log(name, page.url(), h, await page.evaluate(() => document.documentElement.scrollWidth));
await browser.close();
