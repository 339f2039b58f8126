import { existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium as playwright, type Browser, type Page } from 'playwright-core';

const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];
const quiet = [
  '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-domain-reliability', '--no-default-browser-check',
];

/** A headless browser: an installed one when there is one, else the one that came with the packages and its libraries. */
export async function openBrowser(): Promise<Browser> {
  const own = process.env.PERENNIAL_TEST_PACKAGED_BROWSER === '1' ? undefined : installed.find((path) => existsSync(path));
  if (own) return playwright.launch({ executablePath: own, args: quiet });
  // The package unpacks the libraries a bare machine lacks only where it believes to be a cloud function.
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs22.x';
  // It unpacks nothing when its browser is there already; then the libraries must be too.
  if (!existsSync(join(tmpdir(), 'al2023'))) rmSync(join(tmpdir(), 'chromium'), { force: true });
  const { default: packaged } = await import('@sparticuz/chromium');
  const executablePath = await packaged.executablePath();
  const libraries = [join(tmpdir(), 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  return playwright.launch({
    executablePath,
    args: [...quiet, '--headless=shell', '--no-zygote', '--in-process-gpu'],
    env: { PATH: process.env.PATH ?? '', LD_LIBRARY_PATH: libraries, HOME: tmpdir() },
  });
}

/** A page of an English reader at a desk, with cookies of its own; what goes wrong in it is added to `faults`. */
export async function openPage(browser: Browser, faults: string[], patienceMs: number): Promise<Page> {
  const page = await (await browser.newContext({ locale: 'en-GB', viewport: { width: 1440, height: 900 } })).newPage();
  page.setDefaultTimeout(patienceMs);
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  return page;
}
