import type { Browser, Page } from 'playwright-core';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWholeApp, type WholeApp } from '../whole-app.ts';
import { openBrowser, openPage } from './browser.ts';

const patienceMs = 30_000;

/** A department from an empty page to what its director reads: by the pages, as whoever founds it walks them. */
describe('the plan of a school', { timeout: 180_000 }, () => {
  const faults: string[] = [];
  let app: WholeApp;
  let browser: Browser;
  let page: Page;
  let project: number;

  const watched = (): Promise<Page> => openPage(browser, faults, patienceMs);
  const sees = (text: RegExp): Promise<unknown> => expect.poll(() => page.locator('main').innerText(), { timeout: patienceMs }).toMatch(text);
  const goTo = async (path: string, heading: string): Promise<void> => {
    await page.goto(`${app.url}${path}`);
    await page.getByRole('heading', { name: heading, exact: true }).first().waitFor();
  };

  beforeAll(async () => {
    [app, browser] = await Promise.all([startWholeApp(), openBrowser()]);
    page = await watched();
    await page.goto(app.signInLink);
    await page.getByRole('heading', { name: 'Today' }).first().waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  it('says on every page where to begin while there is none', async () => {
    await goTo('/plan/goals', 'Goals');
    await sees(/No plan yet/);
    await page.getByRole('button', { name: 'Begin a plan' }).click();
    await page.waitForURL(/\/plan\/start/);
  });

  it('is filled from the template of education, and says how much of it has substance', async () => {
    await sees(/Education/);
    await page.getByRole('button', { name: 'Start with this business' }).nth(1).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
    await page.waitForURL(/step=reasons/);
    await sees(/\d+\s?%/);
    await sees(/SWOT|needs?/i);
  });

  it('keeps what the team adds to it, and takes it back', async () => {
    await goTo('/plan/positions', 'Positions and duties');
    await page.getByRole('button', { name: 'New position' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Name').fill('Alumni lead 🎓');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: /^Alumni lead 🎓/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Assign somebody' }).click();
    const assigning = page.getByRole('dialog').last();
    await assigning.getByLabel('Person').fill('Lin Xia');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await assigning.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => page.getByRole('dialog').first().innerText(), { timeout: patienceMs }).toMatch(/Lin Xia \(no account\) · 100%/);
    await goTo('/plan/positions', 'Positions and duties');
    await page.getByRole('button', { name: 'Changes' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Undo' }).first().click();
    await expect.poll(() => page.getByRole('dialog').innerText(), { timeout: patienceMs }).toMatch(/undid a change of who fills a position/);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('button', { name: /^Alumni lead 🎓/ }).innerText(), { timeout: patienceMs }).not.toMatch(/Lin Xia/);
  });

  it('gives each duty its people by the keyboard alone', async () => {
    await goTo('/plan/positions?view=raci', 'Positions and duties');
    const cell = page.locator('[data-cell="0-0"]');
    await cell.focus();
    await page.keyboard.press('c');
    await expect.poll(() => cell.innerText(), { timeout: patienceMs }).toBe('C');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-cell'))).toBe('1-0');
    await cell.focus();
    await page.keyboard.press('Delete');
    await expect.poll(() => cell.innerText(), { timeout: patienceMs }).toBe('');
  });

  it('shows on a board what somebody else does to it within seconds, and loses nothing of either when both change one task', async () => {
    const [{ planNo }] = (await app.ask<{ plans: { planNo: number }[] }>('GET', '/api/plans')).plans;
    const add = async (kind: string, parentNo: number | null, body: object): Promise<number> =>
      (await app.ask<{ itemNo: number }>('POST', `/api/plans/${planNo}/items`, { kind, parentNo, afterNo: null, body })).itemNo;
    project = await add('project', null, { name: 'Open day', from: '2026-01-01', to: '2026-12-31' });
    const task = await add('task', project, { name: 'Book the hall' });
    const read = async () => (await app.ask<{ items: { itemNo: number; version: number; body: { name: string; state: string } }[] }>('GET', `/api/plans/${planNo}/items?kinds=task`)).items.find(({ itemNo }) => itemNo === task)!;
    const change = async (changes: object): Promise<unknown> => app.ask('PATCH', `/api/plans/${planNo}/items/${task}`, { version: (await read()).version, changes });
    await goTo(`/plan/projects/${project}?tab=board`, 'Open day');
    const column = (name: string) => page.getByRole('region', { name, exact: true });
    await column('To do').getByText('Book the hall').click();
    const form = page.getByRole('dialog');
    await form.getByLabel('What is to be done').fill('Book the great hall');
    await change({ state: 'doing' });
    await expect.poll(() => column('Doing').innerText(), { timeout: patienceMs }).toMatch(/Book the hall/);
    await form.getByRole('button', { name: 'Save' }).click();
    await form.waitFor({ state: 'hidden' });
    await expect.poll(() => column('Doing').innerText(), { timeout: patienceMs }).toMatch(/Book the great hall/);
    expect((await read()).body).toMatchObject({ name: 'Book the great hall', state: 'doing' });
    await column('Doing').getByRole('button', { name: /^Move “Book the great hall”/ }).focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(async () => (await read()).body.state, { timeout: patienceMs }).toBe('waiting');
    await change({ department: 'Events' });
    await page.getByText(/changed a task/).waitFor();
  });

  it('moves a goal in the tree by the keyboard, which stays with it', async () => {
    await goTo('/plan/goals', 'Goals');
    const handles = page.locator('ul[aria-label="Goals"] button[aria-label^="Move"]');
    const names = (): Promise<(string | null)[]> => handles.evaluateAll((all) => all.map((each) => each.getAttribute('aria-label')));
    const focused = (): Promise<string | null | undefined> => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    await handles.nth(1).waitFor();
    const before = await names();
    await handles.nth(1).focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(names, { timeout: patienceMs }).not.toEqual(before);
    await expect.poll(focused, { timeout: patienceMs }).toBe(before[1]);
    await page.getByRole('button', { name: 'Changes' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Undo' }).first().click();
    await page.keyboard.press('Escape');
    await expect.poll(names, { timeout: patienceMs }).toEqual(before);
  });

  it('watches a project: a figure that somebody types is found out of its bounds', async () => {
    await goTo(`/plan/projects/${project}?tab=monitoring`, 'Open day');
    await page.getByRole('button', { name: 'New rule' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Name').fill('Guests at the door');
    await form.getByLabel('Lower bound').fill('10');
    await form.getByRole('button', { name: 'Add a figure' }).click();
    const aWeekAgo = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(Date.now() - 7 * 86_400_000);
    await form.getByLabel('Day', { exact: true }).fill(aWeekAgo);
    await page.keyboard.press('Enter');
    await form.getByLabel('Value', { exact: true }).fill('8');
    await form.getByLabel('Source', { exact: true }).fill('Counted by hand');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.waitFor({ state: 'hidden' });
    await sees(/Guests at the door\s*Out of bounds/);
  });

  it('has the report of the week written by itself, and keeps what somebody edits in it', async () => {
    await goTo('/plan/reports', 'Reports');
    await page.getByRole('button', { name: 'Write a report' }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Write' }).click();
    await page.waitForURL(/\/plan\/reports\/\d+/);
    await sees(/Guests at the door/);
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.locator('main textarea').first().fill('Few guests came 🎈');
    await page.getByRole('button', { name: 'Save' }).click();
    await sees(/edited by [\s\S]*Few guests came/);
  });

  it('closes a project with a review that is found again by any of its words', async () => {
    await goTo(`/plan/projects/${project}?tab=review`, 'Open day');
    await page.getByRole('button', { name: 'Close and review' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Outcome').click();
    await page.keyboard.press('Enter');
    await form.getByLabel('Lessons').fill('Invite neighbours by name');
    await form.getByRole('button', { name: 'Close and keep' }).click();
    await form.waitFor({ state: 'hidden' });
    await goTo('/plan/reviews', 'Reviews');
    await page.getByPlaceholder('Any words of a review').fill('neighbours');
    await page.keyboard.press('Enter');
    await sees(/Open day[\s\S]*Invite neighbours by name/);
  });

  it('has its goals, reasons, projects, scorecards and budget on pages without a fault', async () => {
    for (const [path, heading] of [['/plan/reasons', 'Reasons'], ['/plan/goals', 'Goals'], ['/plan/business', 'Core business'], ['/plan/stages', 'Stages'], ['/plan/projects', 'Projects'], ['/plan/kpi', 'KPI'], ['/plan/budget', 'Budget']]) await goTo(path, heading);
    await goTo('/plan/goals', 'Goals');
    await sees(/Lifetime value|lifetime/i);
  });

  it('opens scorecards for whom somebody picked and typed, also where Tab leads on to the next field', async () => {
    await goTo('/plan/kpi?tab=templates', 'KPI');
    await page.getByRole('button', { name: 'Open cards' }).first().click();
    const form = page.getByRole('dialog');
    await form.getByLabel('People').click();
    await page.keyboard.type(' Lin Xia ');
    await page.keyboard.press('Enter');
    await page.locator('.ant-select-item-option').first().click();
    await page.keyboard.press('Tab');
    await form.getByRole('button', { name: 'Open cards' }).click();
    await form.waitFor({ state: 'hidden' });
    await expect.poll(() => page.locator('main tbody').first().innerText(), { timeout: patienceMs }).toMatch(/Lin Xia[^]*mine|mine[^]*Lin Xia/);
  });

  it('is one document that answers the three questions of a director, on the page and as a file', async () => {
    await page.goto(`${app.url}/plan/document`);
    await sees(/Why/);
    const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: /PDF/ }).click()]);
    const stream = await saved.createReadStream();
    const bytes = Buffer.concat(await Array.fromAsync(stream));
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true });
    for (const part of [/Why/, /core business/i, /goal/i, /Alumni\s+lead/]) expect(text).toMatch(part);
  });

  it('comes to the page of its director, with its core goal, its stage and what endangers it', async () => {
    await goTo('/plan/director', 'Director’s view');
    await sees(/risk/i);
    await sees(/Foundation/);
  });

  it('did all this without a fault in the browser', () => {
    expect(faults).toEqual([]);
  });
});
