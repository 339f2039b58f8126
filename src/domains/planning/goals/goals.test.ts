import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMailBox, type MailBox } from '../../../../test/mail-box.ts';
import { insertLines, testLine } from '../../../../test/order-lines.ts';
import { createPlanningServer, type PlanningServer } from '../../../../test/planning-server.ts';
import { createSay } from '../../../platform/i18n.ts';
import { writeMailServer } from '../../../platform/mail/mail-server.ts';
import { writeBrand } from '../../../platform/settings.ts';
import { addItem, createPlan, editItem, moveItem, readGoal, readGoals, removeItem } from '../contract.ts';
import { createDocuments } from '../document/write/documents.ts';
import { createFigures } from '../figures/figures.ts';
import { createItems } from '../items/items.ts';
import { createPrograms } from '../programs/programs.ts';
import { createGoals } from './goals.ts';

type Goal = Record<string, unknown>;
const typed = (month: string, value: string) => ({ month, value, source: '店长周报' });

describe('goals of a plan', () => {
  let team: PlanningServer;
  let box: MailBox;
  let planNo = 0;
  let questions = 0;
  let goals: ReturnType<typeof createGoals>;
  beforeAll(async () => {
    [team, box] = await Promise.all([createPlanningServer('planning.read planning.edit'), createMailBox()]);
    const { platform } = team;
    platform.config.outboundAllow.push('127.0.0.1');
    await platform.pg.query("insert into staff (email, name) values ('lin@shop.test', '林')");
    // A hundred a month in 2025, with as much again in December; fifty a month in 2026.
    const months = (year: number, count: number) => Array.from({ length: count }, (_, n) => `${year}-${String(n + 1).padStart(2, '0')}-02T04:00:00.000Z`);
    await insertLines(platform.clickhouse, [
      ...months(2025, 12).map((at, n) => testLine({ order: `L${n}`, customerNo: n + 1, amount: n === 11 ? 200 : 100, at })),
      ...months(2026, 6).map((at, n) => testLine({ order: `N${n}`, customerNo: 1, amount: 50, at })),
    ]);
    await platform.pg.query('update fact_state set data_version = data_version + 1');
    goals = createGoals({ ...team, say: createSay(), documents: createDocuments(), items: createItems(platform), figures: createFigures(platform, { ...team.insights, answer: (...asked) => (questions++, team.insights.answer(...asked)) }), programs: createPrograms(team) });
    ({ body: { planNo } } = await team.ask(createPlan, { body: { name: '2026', startsOn: '2026-01-01' } }));
  });
  afterAll(async () => {
    await box.close();
    await team.close();
  });

  const add = async (body: Goal, parentNo: number | null = null) =>
    (await team.ask(addItem, { params: { planNo }, body: { kind: 'goal', parentNo, afterNo: null, body: { name: '目标', level: 'core', ...body } } }));
  const sales = { metric: { metric: 'sales', filter: null }, targets: [{ period: '2026', value: '1300' }], baseline: { from: 'registry', period: '2025' } };
  /** The page asks again while something is counted. */
  const read = async <T extends { isPending: boolean }>(ask: () => Promise<{ body: T }>): Promise<T> => {
    for (;;) {
      const { body } = await ask();
      if (!body.isPending) return body;
    }
  };
  const state = async (itemNo: number, unit: 'year' | 'quarter' | 'month' = 'year') =>
    (await read(() => team.ask(readGoals, { params: { planNo }, query: { unit } }))).goals.find((each) => each.itemNo === itemNo)!;

  it('stand against live figures: path, forecast and progress until yesterday, with the baseline they grow from', async () => {
    const { body: { itemNo } } = await add(sales);
    const year = await state(itemNo);
    expect(year).toMatchObject({ nature: 'sum', target: 1_300, origin: 'set', status: 'off', growth: 0, actual: { state: 'known', value: '300', isTyped: false }, baseline: { value: '1300', isTyped: false, source: '2025' } });
    // Of June, 17 of 30 days are over; last year 600 of 1300 were there by then.
    expect([year.path, year.forecast, year.method]).toEqual([expect.closeTo(500 + (100 * 17) / 30, 6), expect.closeTo((300 * 1_300) / 600, 6), 'season']);
    expect(await state(itemNo, 'quarter')).toMatchObject({ period: '2026-Q2', target: expect.closeTo(300, 6), origin: 'season', growth: null });
    const page = await read(() => team.ask(readGoal, { params: { planNo, itemNo } }));
    expect(page.states.map(({ period }) => period)).toEqual(['2026', '2026-Q2', '2026-06']);
    expect(page.course.map(({ actual }) => actual)).toEqual([50, 50, 50, 50, 50, 50, null, null, null, null, null, null]);
    expect(page.course.reduce((sum, { actual, forecast }) => sum + (forecast ?? actual ?? 0), 0)).toBeCloseTo(650, 6);
    expect((await team.ask(readGoal, { params: { planNo, itemNo: 999_999 } })).code).toBe('planning.item_not_found');
    expect((await team.ask(readGoals, { params: { planNo: 999 } })).code).toBe('planning.plan_not_found');
  });

  it('stand as typed in where nobody counts them, marked with their source', async () => {
    const { body: { itemNo } } = await add({ targets: [{ period: '2026', value: '0' }], better: 'lower', baseline: { from: 'typed', value: '0', source: '去年年报' }, typed: [typed('2026-01', '2'), typed('2026-03', '3'), typed('2026-09', '9')] });
    expect(await state(itemNo)).toMatchObject({ target: 0, status: 'off', progress: null, growth: null, actual: { value: '5', isTyped: true, source: '店长周报' }, baseline: { isTyped: true, source: '去年年报' } });
    const { body: { itemNo: standing } } = await add({ typedNature: 'standing', targets: [{ period: '2026', value: '100' }], typed: [typed('2026-04', '40')] });
    expect(await state(standing)).toMatchObject({ actual: { value: '40' } });
    const { body: { itemNo: none } } = await add({ targets: [{ period: '2026', value: '100' }] });
    expect(await state(none)).toMatchObject({ actual: { state: 'no_data', value: null }, status: 'none', forecast: null });
  });

  it('say so where there is no figure: nothing recorded, not begun, nobody counts it', async () => {
    const of = async (metric: object) => (await state((await add({ ...sales, baseline: null, metric })).body.itemNo, 'year')).actual;
    expect(await of({ metric: 'sales', filter: { dimension: 'channel', value: '抖音' } })).toMatchObject({ state: 'no_data', value: null });
    expect(await of({ metric: 'customers', filter: null })).toMatchObject({ state: 'known', value: '0' });
    const { body: { itemNo } } = await add(sales);
    const next = await read(() => team.ask(readGoals, { params: { planNo }, query: { unit: 'year', day: '2027-01-01' } }));
    expect(next.goals.find((each) => each.itemNo === itemNo)).toMatchObject({ period: '2027', target: null, actual: { state: 'not_begun', value: null }, status: 'none' });
  });

  it('are refused as their own ancestor, of a metric nobody counts, with parts above the whole or a period twice', async () => {
    const { body: top } = await add(sales);
    const { body: child } = await add({ level: 'secondary' }, top.itemNo);
    expect((await team.ask(moveItem, { params: { planNo, itemNo: top.itemNo }, body: { parentNo: child.itemNo, afterNo: null } })).code).toBe('planning.under_itself');
    expect((await team.ask(moveItem, { params: { planNo, itemNo: top.itemNo }, body: { parentNo: top.itemNo, afterNo: null } })).code).toBe('planning.under_itself');
    const refused = await team.ask(editItem, { params: { planNo, itemNo: top.itemNo }, body: { version: 1, changes: { targets: [{ period: '2026', value: '10' }, { period: '2026-Q1', value: '11' }] } } });
    expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('parts_exceed_whole')]);
    expect((await add({ metric: { metric: 'profit', filter: null } })).text).toContain('metric_not_counted');
    expect((await add({ targets: [{ period: '2026', value: '1' }, { period: '2026', value: '2' }] })).status).toBe(422);
    expect((await add({ targets: [{ period: '2026', value: 'much' }] })).status).toBe(422);
    expect((await add({ typed: [{ month: '2026-01', value: '1', source: '' }] })).status).toBe(422);
  });

  it('of which one is off its path are told to its owner once, and noted until it is back', async () => {
    const { platform } = team;
    const { rows: [{ staffId }] } = await platform.pg.query<{ staffId: number }>('select staff_id as "staffId" from staff');
    await platform.pg.query('update plan_item set removed_at = now()');
    const { body: { itemNo } } = await add({ ...sales, name: '年销售额', owner: { staffId, name: '林' } });
    await goals.look();
    expect(box.received).toHaveLength(0);
    // A month that is over, of which nobody was told when it was under way.
    await platform.pg.query("insert into goal_alert (item_no, period, actual, path, opened_at) values ($1, '2026-03', 1, 2, '2026-03-20')", [itemNo]);
    await writeMailServer(platform.pg, platform.secret, { host: '127.0.0.1', port: box.port, security: 'plain', user: '', password: '', fromAddress: 'plan@shop.test', fromName: '常青', siteAddress: 'https://crm.shop.test' });
    await writeBrand(platform.pg, { name: '常青', timeZone: 'Asia/Shanghai', currency: 'CNY', language: 'en' });
    await goals.look();
    await goals.look();
    expect(box.received).toHaveLength(1);
    expect(box.received[0].mail.subject).toBe('Goals off their path: 3');
    const alerts = async () => (await team.ask(readGoal, { params: { planNo, itemNo } })).body.alerts;
    expect((await alerts()).map(({ period, closedAt, toldAt }) => [period, closedAt, toldAt !== null])).toEqual([['2026-03', null, false], ['2026-06', null, true], ['2026-Q2', null, true], ['2026', null, true]]);
    await platform.pg.query("delete from goal_alert where period = '2026-03'");
    await team.ask(editItem, { params: { planNo, itemNo }, body: { version: 1, changes: { targets: [{ period: '2026', value: '500' }] } } });
    await goals.look();
    expect((await alerts()).every(({ closedAt }) => closedAt !== null)).toBe(true);
    expect((await team.ask(removeItem, { params: { planNo, itemNo } })).status).toBe(200);
  });

  it('are two hundred with no more questions than are needed for one of each metric', async () => {
    await team.platform.pg.query('update plan_item set removed_at = now()');
    const names = team.insights.metrics().map(({ name }) => name);
    const addMany = (count: number) => Promise.all(Array.from({ length: count }, (_, n) => add({ name: `😀 ${n}`, metric: { metric: names[n % names.length], filter: null }, targets: [{ period: '2026', value: String(n) }] })));
    const count = async (): Promise<number> => {
      questions = 0;
      await goals.book.states(planNo, 'year');
      return questions;
    };
    await addMany(names.length);
    const ofEach = await count();
    await addMany(200 - names.length);
    expect([await count(), (await goals.book.states(planNo, 'month')).length]).toEqual([ofEach, 200]);
    expect(ofEach).toBeLessThan(100);
  });
});
