import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { budgetPlan } from '../../../../../test/budget-plan.ts';
import { createPlanningServer, type PlanningServer } from '../../../../../test/planning-server.ts';
import { whileHeld } from '../../../../../test/while-held.ts';
import { createSay } from '../../../../platform/i18n.ts';
import { readFirstSheet } from '../../../../platform/workbook/read-workbook.ts';
import { type WorkbookCell, workbookBytes } from '../../../../platform/workbook/workbook.ts';
import { exportBudget, importBudgetWorkbook, listBudgetChanges, listBudgetLines, previewBudgetWorkbook } from '../../contract.ts';
import { readLines } from './read-lines.ts';

const everything = 'planning.read planning.edit planning.budget planning.approve planning.people';
const headings = ['名称', '渠道', '用途', '阶段', '环节', '成本中心', '开始月份', '结束月份', '上限', '用完时', '币种'];
const good = ['短信', '阿里云', '短信与推送', '策略实验期', '留存', 'CC-1', '2026-01', '2026-12', '1200.5', '提醒', 'CNY'];

const bytesOf = (rows: readonly (readonly WorkbookCell[])[], titles = headings): Promise<Buffer> =>
  workbookBytes([{ title: '预算', columns: titles.map((title) => ({ title, format: title === '上限' || title === 'Cap' ? ('money' as const) : ('text' as const) })), rows }], 'CNY');

describe('a budget as a workbook', () => {
  let team: PlanningServer;
  beforeAll(async () => {
    team = await createPlanningServer(everything);
  });
  afterAll(() => team.close());

  const send = async (planNo: number, bytes: Buffer, as = {}) => {
    const request = { params: { planNo }, body: { workbook: bytes.toString('base64') } };
    return {
      preview: (await team.ask(previewBudgetWorkbook, request, { locale: 'zh-CN', ...as })).body,
      take: () => team.ask(importBudgetWorkbook, request, { locale: 'zh-CN', ...as }),
    };
  };
  const linesOf = async (planNo: number) => (await team.ask(listBudgetLines, { params: { planNo }, query: { sort: 'name', pageSize: 200 } })).body.rows;

  it('writes nothing before it is confirmed, and then what it says: lines, and caps that wait for a second person', async () => {
    const { planNo } = await budgetPlan(team);
    const { preview, take } = await send(planNo, await bytesOf([good, ['礼品', '', '礼品与奖品', null, null, null, '2026/3', '2026年6月', '0.3', null, null]]));
    expect(preview).toMatchObject({ problems: [], unchanged: 0, rows: [{ row: 2, lineNo: null, definition: { name: '短信', stage: 'experiments', lane: 'retention', cap: '1200.5', overCap: 'warn' } }, { row: 3, definition: { fromMonth: '2026-03', untilMonth: '2026-06', cap: '0.3', overCap: 'stop' } }] });
    expect(await linesOf(planNo)).toEqual([]);
    expect((await take()).body).toEqual({ created: 2, asked: 2 });
    expect((await linesOf(planNo)).map(({ name, cap, openChangeNo }) => [name, cap, openChangeNo !== null])).toEqual([['短信', '0', true], ['礼品', '0', true]].sort());
  });

  it('goes out in one language and comes back in another as the same', async () => {
    const plan = await budgetPlan(team);
    await plan.line({ name: '投放', channel: '抖音', purpose: 'media', stage: 'value', lane: 'acquisition', costCentre: 'A', cap: '88888.88' });
    await plan.line({ name: '礼品', purpose: 'gifts', cap: '0.0001', overCap: 'ignore' });
    for (const locale of ['en', 'zh-TW']) {
      const { planNo } = plan;
      const reply = await plan_export(planNo, locale);
      const { preview } = await send(planNo, reply);
      expect(preview).toEqual({ rows: [], unchanged: 2, absent: [], problems: [] });
      const { rows } = await readFirstSheet(reply);
      expect(rows[0].length).toBe(17);
    }
  });
  const plan_export = async (planNo: number, locale: string): Promise<Buffer> => {
    const reply = await team.server.inject({ method: 'GET', url: exportBudget.path.replace(':planNo', String(planNo)), headers: { 'x-test-permissions': everything, 'accept-language': locale } });
    expect(reply.statusCode).toBe(200);
    return reply.rawPayload;
  };

  it('changes what its lines are for at once, and asks for other caps; the same again changes nothing', async () => {
    const plan = await budgetPlan(team);
    const { planNo } = plan;
    const lineNo = await plan.line({ name: '短信', cap: '100' });
    const bytes = await bytesOf([good]);
    const { preview, take } = await send(planNo, bytes);
    expect(preview.rows).toMatchObject([{ lineNo, capBefore: '100', definition: { cap: '1200.5' } }]);
    expect((await take()).body).toEqual({ created: 0, asked: 1 });
    expect((await plan.read(lineNo)).line).toMatchObject({ channel: '阿里云', costCentre: 'CC-1', cap: '100' });
    // Asked for again, with another cap: the newer wish stands in the place of the older.
    const more = await send(planNo, await bytesOf([good.map((cell) => (cell === '1200.5' ? '1300' : cell))]));
    expect((await more.take()).body).toEqual({ created: 0, asked: 1 });
    const { rows } = (await team.ask(listBudgetChanges, { params: { planNo } })).body;
    expect(rows.map(({ cap }) => cap)).toEqual(['1300']);
    await plan.decide(rows.map(({ changeNo }) => changeNo));
    expect((await plan.read(lineNo)).line).toMatchObject({ cap: '1300', overCap: 'warn' });
  });

  it('knows a line again by its number, under another name, in another stage and with names exchanged, and doubles or loses none', async () => {
    const plan = await budgetPlan(team);
    const { planNo } = plan;
    const [first, second, third] = [await plan.line({ name: '甲', cap: '10' }), await plan.line({ name: '乙', cap: '20' }), await plan.line({ name: '丙', cap: '30' })];
    const titles = [...headings, '编号'];
    const row = (name: string, cap: string, no: string, stage: string | null = null) => [name, '', '短信与推送', stage, null, null, '2026-01', '2026-12', cap, '停止', 'CNY', no];
    // Two exchange their names, the third moves to another stage under another name, and the name it had is a new line's.
    const { preview, take } = await send(planNo, await bytesOf([row('乙', '10', String(first)), row('甲', '20', String(second)), row('丁', '30', String(third), '策略实验期'), row('丙', '5', '')], titles));
    expect(preview).toMatchObject({ problems: [], absent: [], rows: [{ lineNo: first, nameBefore: '甲', changed: ['name'] }, { lineNo: second, changed: ['name'] }, { lineNo: third, nameBefore: '丙', changed: ['name', 'stage'] }, { lineNo: null }] });
    expect((await take()).body).toEqual({ created: 1, asked: 1 });
    const told = async () => (await linesOf(planNo)).map(({ lineNo, name, stage, cap }) => [lineNo, name, stage, cap]).sort((a, b) => Number(a[0]) - Number(b[0]));
    expect(await told()).toMatchObject([[first, '乙', null, '10'], [second, '甲', null, '20'], [third, '丁', 'experiments', '30'], [expect.anything(), '丙', null, '0']]);
    // What the product wrote comes back as the same.
    const again = await send(planNo, await plan_export(planNo, 'en'));
    expect(again.preview).toMatchObject({ rows: [], unchanged: 4, absent: [], problems: [] });
    const bad = await send(planNo, await bytesOf([row('戊', '1', '999999'), row('己', '1', String(first)), row('庚', '1', String(first)), row('甲', '1', ''), row('辛', '1', 'x')], titles));
    expect(bad.preview.problems.map(({ cell }) => cell).sort()).toEqual(['L2', 'L4', 'L6']);
    const taken = await send(planNo, await bytesOf([row('甲', '10', String(first))], titles));
    expect(taken.preview.problems.map(({ cell, text }) => [cell, text.includes('名称')])).toEqual([['A2', true]]);
    expect((await taken.take()).status).toBe(422);
  });

  it('leaves what it has no column for as it is', async () => {
    const plan = await budgetPlan(team);
    const lineNo = await plan.line({ name: '投放', channel: '抖音', purpose: 'media', stage: 'value', lane: 'acquisition', costCentre: 'A', cap: '500', overCap: 'warn' });
    const narrow = ['名称', '用途', '开始月份', '结束月份', '上限'];
    const row = ['投放', '媒体投放', '2026-01', '2026-12'];
    expect((await send(plan.planNo, await bytesOf([[...row, '500']], narrow))).preview).toEqual({ rows: [], unchanged: 1, absent: [], problems: [] });
    await plan.line({ name: '不在文件里', purpose: 'other' });
    await plan.line({ name: '人力', purpose: 'people' });
    const more = await send(plan.planNo, await bytesOf([[...row, '600'], ['新的', '其他', '2026-01', '2026-12', '1']], narrow));
    expect(more.preview.rows).toMatchObject([{ changed: ['cap'], definition: { costCentre: 'A', overCap: 'warn' } }, { changed: [], definition: { costCentre: '', overCap: 'stop' } }]);
    expect(more.preview.absent).toEqual(['不在文件里', '人力']);
    expect((await send(plan.planNo, await bytesOf([]), { permissions: everything.replace(' planning.people', '') })).preview.absent).toEqual(['投放', '不在文件里']);
    expect((await more.take()).status).toBe(201);
    expect((await plan.read(lineNo)).line).toMatchObject({ channel: '抖音', stage: 'value', lane: 'acquisition', costCentre: 'A' });
  });

  it('tells what is wrong with each cell, and takes none of it', async () => {
    const { planNo } = await budgetPlan(team);
    const but = (at: number, cell: WrittenCell): WrittenCell[] => ['行', ...good.slice(1)].map((value, i) => (i === at ? cell : value)).map((value, i) => (i === 0 && at !== 0 ? `行${at}${String(cell)}` : value));
    const { preview, take } = await send(planNo, await bytesOf([
      but(0, ''), but(2, '打水漂'), but(6, '2026-13'), but(6, '六月'), but(7, '2025-12'), but(9, '也许'), but(10, 'USD'), but(3, '第五阶段'), good, good,
    ]));
    expect(preview.problems.map(({ cell }) => cell)).toEqual(['A2', 'C3', 'G4', 'G5', 'H6', 'J7', 'K8', 'D9', 'A11']);
    expect(preview.problems[5].text).toContain('也许');
    const refused = await take();
    expect([refused.status, refused.code, refused.text.includes('A2')]).toEqual([422, 'planning.budget_workbook_problems', true]);
    expect(await linesOf(planNo)).toEqual([]);
    const nothing = await send(planNo, await bytesOf([['x']], ['名称']));
    expect(nothing.preview.problems.map(({ cell }) => cell)).toEqual(['A1', 'A1', 'A1', 'A1']);
    const none = await team.ask(previewBudgetWorkbook, { params: { planNo }, body: { workbook: Buffer.from('no').toString('base64') } });
    expect([none.status, none.code]).toEqual([422, 'planning.budget_no_workbook']);
  });
  type WrittenCell = string;

  it('knows text from numbers, another currency from both, and merged cells', () => {
    const say = createSay();
    const read = (cap: string | { number: string } | Date, merged: string[] = []) => readLines(say, 'en', { title: 'x', merged, rows: [headings, good.map((cell, i) => (i === 8 ? cap : cell))] }, 'CNY');
    expect(read({ number: '0.30000000000000004' }).lines[0].definition.cap).toBe('0.3');
    expect(read({ number: '1E5' }).lines[0].definition.cap).toBe('100000');
    expect(read('1200.50').lines[0].definition.cap).toBe('1200.5');
    const told = (cap: Parameters<typeof read>[0]): string => read(cap).problems.map(({ cell, text }) => `${cell} ${text}`).join();
    expect(told('一千二')).toMatch(/^I2 .*is text/);
    expect(told('1,200')).toMatch(/^I2 .*is text/);
    expect(told('$1200')).toMatch(/^I2 .*has a currency/);
    expect(told('1200 USD')).toMatch(/^I2 .*has a currency/);
    expect(told({ number: '-1' })).toMatch(/^I2 .*below zero/);
    expect(told(new Date('2026-01-01'))).toMatch(/^I2 .*is text/);
    expect(read('5', ['A2:A4']).problems).toEqual([{ cell: 'A2:A4', text: expect.stringContaining('merged') }]);
    // All that is wrong is told at once.
    expect(read('一千二', ['A2:A4']).problems.map(({ cell }) => cell)).toEqual(['A2:A4', 'I2']);
  });

  it('does not change a line that follows positions, and says so at its cell', async () => {
    const { planNo, line } = await budgetPlan(team);
    const lineNo = await line({ name: '编制', purpose: 'people', cap: '5', overCap: 'warn', fromMonth: '2026-01', untilMonth: '2026-12' });
    await team.platform.pg.query('update budget_line set is_from_positions = true where line_no = $1', [lineNo]);
    const row = (cap: string, until: string) => ['编制', '', '人员', null, null, null, '2026-01', until, cap, '提醒', null];
    const same = await send(planNo, await bytesOf([row('5', '2026-12')]));
    expect(same.preview).toMatchObject({ problems: [], rows: [], unchanged: 1 });
    const other = await send(planNo, await bytesOf([row('9', '2026-11')]));
    expect(other.preview.problems.map(({ cell }) => cell)).toEqual(['H2', 'I2']);
    expect((await other.take()).status).toBe(422);
  });

  it('waits for whoever decides about its plan, and neither waits for the other for ever', async () => {
    const { planNo, line } = await budgetPlan(team);
    const lineNo = await line({ name: '短信', cap: '100' });
    const { take } = await send(planNo, await bytesOf([good]));
    const lock = (table: string, key: number) => (client: pg.PoolClient) => client.query(`select from ${table} where ${table === 'plan' ? 'plan_no' : 'line_no'} = $1 for update`, [key]);
    expect((await whileHeld(team.platform.pg, lock('plan', planNo), take, lock('budget_line', lineNo))).status).toBe(201);
  });

  it('tells nobody who may not see what people cost of their line by its number', async () => {
    const { planNo, line } = await budgetPlan(team);
    const lineNo = await line({ name: '编制', purpose: 'people', cap: '54321', costCentre: 'CC-9', overCap: 'warn' });
    await team.platform.pg.query('update budget_line set is_from_positions = true where line_no = $1', [lineNo]);
    const narrow = ['名称', '用途', '开始月份', '结束月份', '上限', '编号'];
    for (const cap of ['1', '54321']) {
      const { preview } = await send(planNo, await bytesOf([['甲', '其他', '2026-01', '2026-12', cap, String(lineNo)]], narrow), { permissions: 'planning.read planning.budget' });
      expect(preview).toEqual({ rows: [], unchanged: 0, absent: [], problems: [{ cell: 'A2', text: expect.any(String) }] });
    }
  });

  it('takes what people cost from nobody who may not see it', async () => {
    const { planNo } = await budgetPlan(team);
    const bytes = await bytesOf([['编制', '', '人员', null, null, null, '2026-01', '2026-12', '5', null, null]]);
    const { preview, take } = await send(planNo, bytes, { permissions: 'planning.read planning.budget' });
    expect(preview.problems).toMatchObject([{ cell: 'A2' }]);
    expect((await take()).status).toBe(422);
    expect((await (await send(planNo, bytes)).take()).status).toBe(201);
  });
});
