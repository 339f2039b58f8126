import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { killWriter } from '../../../../test/kill-writer.ts';
import { insertLines, testLine } from '../../../../test/order-lines.ts';
import { createPlanReports, type PlanReports } from '../../../../test/plan-reports.ts';
import { wordText } from '../../../../test/read-word.ts';
import type { EndpointRequest } from '../../../kernel/endpoint.ts';
import {
  addMailing, changeMailing, editPlanReport, listMailings, listPlanReports, type MailingWanted, moveItem, type PlanReport, type PlanReportSection, readPlanReport, removeItem, removeMailing, rewritePlanReport, sendPlanReport, writePlanReport,
} from '../contract.ts';
import { readWaiting } from '../waiting.ts';

const manager = 'planning.read planning.edit planning.approve planning.people';
const linesOf = ({ sections }: Pick<PlanReport, 'sections'>, key: PlanReportSection['key']): string[] => sections.find((each) => each.key === key)?.lines ?? [];

describe('reports of a plan', () => {
  let at: PlanReports;
  let shop = 0;
  let planNo = 0;
  const ask: PlanReports['team']['ask'] = (...asked) => at.team.ask(...asked);
  const read = async (reportNo: number): Promise<PlanReport> => (await ask(readPlanReport, { params: { planNo, reportNo } })).body;
  const write = async (body: object, as = {}): Promise<number> => (await ask(writePlanReport, { params: { planNo }, body: { unit: 'week', day: '2026-06-18', projectNo: null, locale: 'zh-CN', ...body } as never }, as)).body.reportNo;
  const send = (reportNo: number, body: object) => ask(sendPlanReport, { params: { planNo, reportNo }, body: { readers: [], robotNos: [], version: 1, ...body } });
  const mailing = (body: object): Promise<Awaited<ReturnType<typeof ask<typeof addMailing>>>> => ask(addMailing, {
    params: { planNo }, body: { what: { kind: 'report', projectNo: null, covers: 'last', isSent: true }, rhythm: { every: 'week', weekday: 1, at: '09:00' }, locale: 'zh-CN', readers: [{ kind: 'staff', staffId: at.lin }], robotNos: [], isPaused: false, ...body } as MailingWanted,
  });
  const byTheWay = async (): Promise<void> => void (await at.team.platform.pg.query('delete from plan_mailing'));
  beforeAll(async () => {
    at = await createPlanReports(manager);
    planNo = at.planNo;
    // A week that begins on Monday, 15 June; in Shanghai the day turns at 16:00 UTC.
    at.team.setTime('2026-06-10T04:00:00Z');
    shop = (await at.put('project', { name: '小程序', from: '2026-06-01', to: '2026-07-31', state: 'running' })).itemNo;
  });
  afterAll(() => at.close());

  it('tell what was done in a week, and of each thing only what was written down in it', async () => {
    const task = (name: string, more: object = {}) => at.put('task', { name, owner: { staffId: at.lin, name: '林' }, ...more }, shop);
    const [before, script, test, late, later] = [await task('上周做完的'), await task('写脚本', { to: '2026-06-17' }), await task('测试'), await task('早该做完的', { to: '2026-06-12' }), await task('下周的', { to: '2026-06-23' })];
    const other = await at.put('task', { name: '项目外的' });
    const [launch, review] = [await at.put('milestone', { name: '上线', due: '2026-06-30' }, shop), await at.put('milestone', { name: '评审', due: '2026-06-16' }, shop)];
    await at.edit(before, { state: 'done', doneOn: '2026-06-09' });
    at.team.setTime('2026-06-16T04:00:00Z');
    await at.edit(script, { state: 'doing' });
    await at.edit(test, { state: 'doing' });
    await at.edit(script, { state: 'done', doneOn: '2026-06-16' });
    await at.edit(launch, { due: '2026-07-05' });
    await at.edit(later, { to: '2026-06-25' });
    await at.edit(other, { state: 'done', doneOn: '2026-06-16' });
    const meeting = await at.put('meeting', { name: '周会', at: '2026-06-17T02:00:00.000Z', state: 'held', decisions: ['先上小程序'] }, shop);
    await at.put('task', { name: '备案', owner: { name: '王' }, to: '2026-06-24', meetingNo: meeting.itemNo }, shop);
    await at.put('need', { side: 'inside', text: '复购太低' });
    for (const text of ['一', '二', '三', '四']) await at.put('swot_note', { quadrant: 'strength', text });
    at.team.setTime('2026-06-18T04:00:00Z');
    const [ofShop, ofAll] = [await write({ projectNo: shop }), await write({})];
    expect((await read(ofShop)).version).toBe(0);
    await at.workAt('2026-06-18T04:00:01Z');
    const [one, all] = [await read(ofShop), await read(ofAll)];
    expect(one).toMatchObject({ title: '周报 2026/06/15 – 2026/06/21 · 小程序', version: 1, from: '2026-06-15', to: '2026-06-21', projectName: '小程序', last: { state: 'made' } });
    expect(linesOf(one, 'summary')).toEqual(['完成 1 项任务，开始 1 项，改期 2 项，逾期 1 项；达成 0 个里程碑，开会 1 次。', expect.stringContaining('项目进度 33%（2 / 6 项）'), '本期到 2026/06/21 结束，内容截至撰写时。']);
    expect([linesOf(one, 'done'), linesOf(one, 'begun')]).toEqual([['写脚本（林）'], ['测试（林）']]);
    expect(linesOf(one, 'moved')).toEqual(['下周的（林）：2026/06/23 改到 2026/06/25', '上线：2026/06/30 改到 2026/07/05']);
    expect(linesOf(one, 'overdue')).toEqual(['早该做完的（林）：应于 2026/06/12 完成，已逾期 6 天']);
    expect(linesOf(one, 'milestones')).toEqual(['评审：应于 2026/06/16 达成，尚未达成']);
    expect(linesOf(one, 'meetings')).toEqual([expect.stringContaining('周会（2026/06/17 10:00'), '决定：先上小程序', '任务：备案（王）：2026/06/24 截止']);
    expect(linesOf(one, 'next')).toEqual(['备案（王）：2026/06/24 截止', '下周的（林）：2026/06/25 截止']);
    expect(linesOf(all, 'done')).toEqual(['写脚本（小程序、林）', '项目外的']);
    expect(linesOf(all, 'changes').some((line) => line.includes('：添加了需求「复购太低」'))).toBe(true);
    expect(linesOf(all, 'changes').filter((line) => line.includes('SWOT'))).toEqual([expect.stringMatching(/：添加了 SWOT 要点「一」「二」「三」等 4 项$/)]);
    expect(linesOf(all, 'risks')).toEqual([expect.stringMatching(/^小程序：有风险/)]);
    expect([late.itemNo > 0, review.itemNo > 0, await write({})]).toEqual([true, true, ofAll]);
  });

  it('of days that are over say what was so then, whatever was done, moved elsewhere or removed since', async () => {
    const task = await at.put('task', { name: '昨天的', to: '2026-06-17' }, shop);
    at.team.setTime('2026-06-19T04:00:00Z');
    await at.edit(task, { state: 'done', doneOn: '2026-06-19' });
    await ask(moveItem, { params: { planNo, itemNo: task.itemNo }, body: { parentNo: null, afterNo: null } });
    await ask(removeItem, { params: { planNo, itemNo: task.itemNo } });
    const [then, now] = [await write({ unit: 'day', day: '2026-06-18', projectNo: shop }), await write({ unit: 'day', day: '2026-06-19' })];
    await at.workAt('2026-06-19T04:00:01Z');
    expect(linesOf(await read(then), 'overdue').some((line) => line.startsWith('昨天的'))).toBe(true);
    expect(JSON.stringify(await read(now))).not.toContain('昨天的');
  });

  it('say how metrics of goals stand against the days before, and goals against their path; not what people cost', async () => {
    const { platform } = at.team;
    const sold = (order: string, amount: number, day: string) => testLine({ order, customerNo: 1, amount, at: `${day}T04:00:00.000Z` });
    await insertLines(platform.clickhouse, [sold('A', 100, '2026-06-08'), sold('B', 300, '2026-06-12'), sold('C', 150, '2026-06-15'), sold('D', 999, '2026-06-19')]);
    await platform.pg.query('update fact_state set data_version = data_version + 1');
    const goal = await at.put('goal', { name: '销售额', level: 'core', metric: { metric: 'sales', filter: null }, targets: [{ period: '2026-06', value: '3000' }], owner: { name: '林' } });
    const position = await at.put('position', { name: '运营', opens: '2026-01-01' });
    await at.put('position_cost', { from: '2026-01-01', monthly: '54321', source: '合同' }, position.itemNo);
    await at.edit({ itemNo: shop }, { sourceNo: goal.itemNo });
    const week = await write({ day: '2026-06-08', projectNo: shop });
    const underWay = await read(await write({ projectNo: shop }));
    await ask(rewritePlanReport, { params: { planNo, reportNo: underWay.reportNo }, body: { version: underWay.version } });
    const english = await write({ unit: 'month', day: '2026-06-01', locale: 'en' });
    await at.workAt('2026-06-19T05:00:00Z');
    expect(linesOf(await read(week), 'metrics')).toEqual([expect.stringMatching(/：¥400\.00，上期 该时段没有数据，无法比较$/), expect.stringContaining('统计 2026/06/08 – 2026/06/14，对比 2026/06/01 – 2026/06/07')]);
    // From Monday to yesterday, against as many days.
    const [moved, counted] = linesOf(await read(underWay.reportNo), 'metrics');
    expect([moved, counted]).toEqual([expect.stringMatching(/：¥150\.00，上期 ¥100\.00，\+50%$/), expect.stringContaining('统计 2026/06/15 – 2026/06/18，对比 2026/06/08 – 2026/06/11')]);
    expect(linesOf(await read(underWay.reportNo), 'goals')).toEqual(['销售额（2026/06）：实际 ¥550.00，应到 ¥1,800.00，目标 ¥3,000.00，偏离']);
    const month = await read(english);
    expect([month.title, linesOf(month, 'goals').length]).toEqual(['Monthly report Jun 2026 · 五年规划', 2]);
    expect(JSON.stringify(month)).not.toContain('54321');
  });

  it('tell when what a project is watched by was crossed, and that it still is', async () => {
    const rule = await at.put('monitor', { name: '投诉', metric: null, unit: '件', window: 'day', bound: { is: 'at_most', high: '3' }, typed: [{ day: '2026-06-17', value: '9', source: '客服日报' }] }, shop);
    const { pg } = at.team.platform;
    await pg.query("insert into plan_monitor (item_no, state, looked_at, due_at, since, told, figure_key) values ($1, 'crossed', '2026-06-18T04:00:00Z', '2099-01-01', '2026-06-17', 'crossed', 'k')", [rule.itemNo]);
    await pg.query("insert into plan_monitor_turn (item_no, state, from_day, to_day, value, at, told) values ($1, 'crossed', '2026-06-17', '2026-06-17', 9, '2026-06-18T04:00:00Z', '{}')", [rule.itemNo]);
    const [before, then, after] = [await write({ unit: 'day', day: '2026-06-15', projectNo: shop }), await write({ unit: 'day', day: '2026-06-18', projectNo: shop }), await write({ unit: 'day', day: '2026-06-19', projectNo: shop })];
    await ask(rewritePlanReport, { params: { planNo, reportNo: then }, body: { version: (await read(then)).version } });
    await at.workAt('2026-06-19T05:05:00Z');
    expect([linesOf(await read(before), 'monitors'), linesOf(await read(then), 'monitors')]).toEqual([[], ['【超出】小程序 · 投诉：2026/06/17 为 9件，应不高于 3件。']]);
    expect(linesOf(await read(after), 'monitors')).toEqual(['【仍超出】小程序 · 投诉：自 2026/06/17 起，应不高于 3件。']);
  });

  it('are edited by one person at a time, who is told of the other, and written again only when somebody says so', async () => {
    const reportNo = await write({ unit: 'day', day: '2026-06-17' });
    const edit = (version: number, title: string, as = {}) => ask(editPlanReport, { params: { planNo, reportNo }, body: { version, sections: [{ key: 'own', title, lines: ['自己写的 <b>不加粗</b>'] }] } }, as);
    expect((await edit(0, '太早')).code).toBe('planning.report_changed');
    await at.workAt('2026-06-19T05:10:00Z');
    expect((await edit(1, '我的')).body).toMatchObject({ version: 2, editedBy: expect.any(String), sections: [{ title: '我的' }] });
    expect(await edit(1, '你的', { locale: 'zh-CN' })).toMatchObject({ status: 409, code: 'planning.report_changed', text: expect.stringContaining('刚改过这份汇报') });
    const again = (version: number) => ask(rewritePlanReport, { params: { planNo, reportNo }, body: { version } });
    expect((await again(1)).code).toBe('planning.report_changed');
    expect((await again(2)).status).toBe(202);
    expect((await again(2)).code).toBe('planning.report_under_way');
    expect((await edit(2, '抢先')).status).toBe(200);
    await at.workAt('2026-06-19T05:20:00Z');
    expect(await read(reportNo)).toMatchObject({ version: 3, last: { state: 'failed', problem: 'planning.report_changed_meanwhile' }, sections: [{ title: '抢先' }] });
    await again(3);
    await at.workAt('2026-06-19T05:30:00Z');
    expect(await read(reportNo)).toMatchObject({ version: 4, editedBy: null, last: { state: 'made' } });
  });

  it('are sent by mail and to groups, and nobody gets the same version twice', async () => {
    const reportNo = await write({ unit: 'day', day: '2026-06-16' });
    expect((await send(reportNo, { version: 0, robotNos: [at.robotNo] })).code).toBe('planning.report_under_way');
    await at.workAt('2026-06-19T06:00:00Z');
    const to = { readers: [{ kind: 'staff', staffId: at.lin }, { kind: 'address', address: 'Boss@agency.test' }], robotNos: [at.robotNo] };
    const sent = await Promise.all([send(reportNo, to), send(reportNo, to)]);
    expect(sent.map(({ code }) => code).sort()).toEqual(['planning.report_sent_already', undefined]);
    await at.workAt('2026-06-19T06:00:01Z');
    const subject = '日报 2026/06/16 · 五年规划';
    const [{ mail }] = at.box.received;
    expect([String(mail.html), mail.text].map((body) => [body!.includes('写脚本'), body!.includes(`https://crm.shop.test/plan/reports/${reportNo}?plan=${planNo}`)])).toEqual([[true, true], [true, true]]);
    expect(at.arrived()).toEqual([{ to: 'boss@agency.test', subject }, { to: 'lin@shop.test', subject }]);
    expect(at.groups.received.splice(0).map(({ body }) => JSON.parse(String(body)).text.content)).toEqual([expect.stringMatching(/^日报 2026\/06\/16 · 五年规划\n【概要】\n[^]*https:\/\/crm\.shop\.test\/plan\/reports/)]);
    expect((await read(reportNo)).copies.map(({ name, state }) => [name, state])).toEqual([['boss@agency.test', 'sent'], ['林', 'sent'], ['运营群', 'sent']]);
    await ask(editPlanReport, { params: { planNo, reportNo }, body: { version: 1, sections: [{ key: 'own', title: '更正', lines: [] }] } });
    expect((await send(reportNo, { ...to, version: 1 })).code).toBe('planning.report_changed');
    expect((await send(reportNo, { readers: to.readers, version: 2 })).status).toBe(202);
    await at.workAt('2026-06-19T06:01:00Z');
    expect(at.arrived()).toHaveLength(2);
    expect((await ask(readPlanReport, { params: { planNo, reportNo } }, { permissions: 'planning.read' })).body).toMatchObject({ copies: [], goesTo: null, sent: 5 });
    expect((await send(reportNo, { version: 2, readers: [{ kind: 'staff', staffId: 999 }] })).text).toContain('readers.0');
    const { rows } = await at.team.platform.pg.query<{ details: object }>("select details from audit_log where action = 'planning.send_report'");
    expect(rows.map(({ details }) => details)).toMatchObject([{ version: 1, outside: ['b***@agency.test'] }, { version: 2, outside: ['b***@agency.test'] }]);
  });

  it('are in the language of each reader, but for the parts that somebody edited', async () => {
    const { pg } = at.team.platform;
    await pg.query("update staff set language = 'en' where staff_id = $1", [at.lin]);
    const reportNo = await write({ unit: 'day', day: '2026-06-18' });
    await at.workAt('2026-06-19T06:50:00Z');
    const { version, sections } = await read(reportNo);
    expect(sections.length).toBeGreaterThan(1);
    const edited = sections.map((section, n) => (n === 0 ? { ...section, lines: [...section.lines, '手写的一句'] } : section));
    expect((await ask(editPlanReport, { params: { planNo, reportNo }, body: { version, sections: edited } })).status).toBe(200);
    at.arrived();
    const sent = at.box.received.length;
    expect((await send(reportNo, { version: version + 1, readers: [{ kind: 'staff', staffId: at.lin }, { kind: 'address', address: 'boss@agency.test' }] })).status).toBe(202);
    await at.workAt('2026-06-19T06:55:00Z');
    const [boss, lin] = at.box.received.slice(sent).toSorted((a, b) => a.to.localeCompare(b.to)).map(({ mail }) => mail);
    expect([boss.subject, lin.subject]).toEqual(['日报 2026/06/18 · 五年规划', 'Daily report Jun 18, 2026 · 五年规划']);
    expect(lin.text).toContain(`Edited by hand, and as it was written (Simplified Chinese): “${sections[0].title}”.`);
    expect([boss.text!.includes('保留原文'), lin.text!.includes('手写的一句'), lin.text!.includes('应于'), lin.text!.includes('2 days overdue')]).toEqual([false, true, false, true]);
    await pg.query('update staff set language = null where staff_id = $1', [at.lin]);
    at.arrived();
  });

  it('write and send themselves when their time comes in the zone of the brand, once, though two processes work', async () => {
    at.team.setTime('2026-06-19T07:00:00Z');
    expect((await mailing({ robotNos: [at.robotNo] })).body).toMatchObject({ nextAt: '2026-06-22T01:00:00.000Z', isPaused: false });
    await at.workAt('2026-06-22T00:59:00Z');
    expect(at.arrived()).toEqual([]);
    at.team.setTime('2026-06-22T01:00:30Z');
    await Promise.all(Array.from({ length: 4 }, () => at.reports.work()));
    await at.workAt('2026-06-22T01:01:00Z');
    expect(at.arrived()).toEqual([{ to: 'lin@shop.test', subject: '周报 2026/06/15 – 2026/06/21 · 五年规划' }]);
    expect(at.groups.received.splice(0)).toHaveLength(1);
    expect((await ask(listMailings, { params: { planNo } })).body.mailings).toMatchObject([{ nextAt: '2026-06-29T01:00:00.000Z', last: { state: 'made', dueAt: '2026-06-22T01:00:00Z' } }]);
    await byTheWay();
  });

  it('that somebody looks at first wait, and say so to whoever set them up', async () => {
    at.team.setTime('2026-06-22T02:00:00Z');
    const { body } = await ask(addMailing, { params: { planNo }, body: { what: { kind: 'report', projectNo: shop, covers: 'current', isSent: false }, rhythm: { every: 'day', at: '18:00' }, locale: 'zh-CN', readers: [{ kind: 'address', address: 'boss@agency.test' }], robotNos: [], isPaused: false } }, { staff: at.lin });
    expect(body).toMatchObject({ keeper: '林', projectName: '小程序' });
    await at.workAt('2026-06-22T10:00:10Z');
    expect(at.arrived()).toEqual([{ to: 'lin@shop.test', subject: '请过目：日报 2026/06/22 · 小程序' }]);
    const { rows: [{ reportNo }] } = (await ask(listPlanReports, { params: { planNo }, query: { projectNo: shop, unit: 'day', from: '2026-06-22' } })).body;
    expect(await read(reportNo)).toMatchObject({ sent: 0, goesTo: { readers: [{ address: 'boss@agency.test' }] } });
    const { mailingNo, version } = body;
    const changed = { rhythm: { every: 'day', at: '19:00' }, locale: 'zh-CN', readers: [], robotNos: [], isPaused: false, isSent: false, covers: 'current', version } as NonNullable<EndpointRequest<typeof changeMailing>['body']>;
    const change = (more: object) => ask(changeMailing, { params: { planNo, mailingNo }, body: { ...changed, ...more } });
    expect((await change({ isPaused: true })).body).toMatchObject({ nextAt: null, isPaused: true, version: version + 1 });
    expect((await change({})).code).toBe('planning.mailing_changed');
    expect((await change({ version: 2, isSent: true })).code).toBe('planning.nobody_to_send_to');
    await at.workAt('2026-06-25T12:00:00Z');
    expect(at.arrived()).toEqual([]);
    expect((await ask(removeMailing, { params: { planNo, mailingNo } })).status).toBe(200);
    expect((await ask(removeMailing, { params: { planNo, mailingNo } })).code).toBe('planning.mailing_not_found');
  });

  it('that were missed are made up, not sent by themselves, and told once', async () => {
    at.team.setTime('2026-06-26T02:00:00Z');
    await ask(addMailing, { params: { planNo }, body: { what: { kind: 'report', projectNo: null, covers: 'last', isSent: true }, rhythm: { every: 'day', at: '09:00' }, locale: 'en', readers: [{ kind: 'address', address: 'boss@agency.test' }], robotNos: [], isPaused: false } }, { staff: at.lin });
    await at.workAt('2026-06-30T03:00:00Z');
    // 27, 28 and 29 June were missed; that of this morning is two hours late, and says so.
    const { rows } = (await ask(listPlanReports, { params: { planNo }, query: { unit: 'day', projectNo: 0, from: '2026-06-25' } })).body;
    expect(rows.map(({ from, version, sent, last }) => [from, version, sent, last?.isLate])).toEqual([['2026-06-29', 1, 1, false], ['2026-06-28', 1, 0, true], ['2026-06-27', 1, 0, true], ['2026-06-26', 1, 0, true]]);
    const late = at.box.received.find(({ to }) => to === 'boss@agency.test')!;
    expect(late.mail.text).toContain('late because the system was not running');
    expect(at.arrived()).toEqual([{ to: 'boss@agency.test', subject: expect.stringContaining('Daily report Jun 29, 2026') }, { to: 'lin@shop.test', subject: '3 reports missed their time' }]);
    // The page of the day has them until they are sent, and says so to who writes reports.
    const told = async () => (await readWaiting(at.team.platform.pg, at.team.platform.clock.now())).filter(({ count }) => count > 0).map(({ message, count, to, isProblem }) => [message, count, to, isProblem]);
    const lateOnes = (count: number, to: string) => ['planning:waiting.report.late', count, to, true];
    expect(await told()).toEqual([lateOnes(3, '/plan/reports')]);
    for (const { reportNo } of rows.slice(1, 3)) expect((await send(reportNo, { readers: [{ kind: 'staff', staffId: at.lin }] })).status).toBe(202);
    expect(await told()).toEqual([lateOnes(1, `/plan/reports/${rows[3].reportNo}?plan=${planNo}`)]);
    await byTheWay();
    expect(await told()).toEqual([]);
  });

  it('and letters that did not arrive stand on the page of the day, until they are sent again or two weeks are over', async () => {
    const { pg, clock } = at.team.platform;
    await at.workAt('2026-06-30T04:00:00Z');
    at.arrived();
    const letters = async () => (await readWaiting(pg, clock.now())).filter(({ count }) => count > 0).map(({ message, count, to }) => [message.split('.').at(-1), count, to]);
    const letter = (state: string, about: string, at_: string) => pg.query(
      `insert into plan_mail (subject_key, to_name, to_address, locale, subject, html, text, state, due_at) values ($2, '林', $3, 'en', 's', '', '', $1, $4)`, [state, about, `${about}@shop.test`, at_]);
    await letter('failed', 'report:77:1', '2026-06-29T00:00:00Z');
    await letter('unknown', 'meeting:3', '2026-06-29T00:00:00Z');
    await letter('failed', 'meeting:4', '2026-06-10T00:00:00Z');
    expect((await letters()).toSorted()).toEqual([['letters', 1, '/plan/projects'], ['letters', 1, '/plan/reports']]);
    await letter('sent', 'report:77:1', '2026-06-29T01:00:00Z');
    expect(await letters()).toEqual([['letters', 1, '/plan/projects']]);
    await pg.query(`insert into plan_robot_message (robot_no, message, state, due_at, problem) values ($1, '{}', 'failed', $2, 'x')`, [at.robotNo, '2026-06-29T00:00:00Z']);
    expect(await letters()).toEqual([['letters', 1, '/plan/projects'], ['messages', 1, '/plan/robots']]);
    await pg.query("delete from plan_mail where state in ('failed', 'unknown')");
    await pg.query("delete from plan_robot_message where state = 'failed'");
    expect(await letters()).toEqual([]);
  });

  it('and those that are tried again stand there quietly, with why', async () => {
    const { pg, clock } = at.team.platform;
    const told = async () => (await readWaiting(pg, clock.now())).filter(({ count }) => count > 0).map(({ message, count, to, isProblem, why }) => [message, count, to, isProblem, why?.code, why?.params.reply]);
    await pg.query("insert into plan_mail (subject_key, to_name, to_address, locale, subject, html, text, state, due_at) select 'director:1', '林', n || '@shop.test', 'en', 's', '', '', 'waiting', '2026-06-30T04:05:00Z' from generate_series(1, 2) n");
    at.box.react(() => 451);
    await at.workAt('2026-06-30T04:05:00Z');
    expect(await told()).toEqual([['planning:waiting.again.letters', 2, '/plan/director', false, 'platform.mail_deferred', expect.stringContaining('451')]]);
    at.box.react(() => 'take');
    await at.workAt('2026-06-30T04:07:00Z');
    expect(await told()).toEqual([]);
    at.arrived();
  });

  it('leave once though the process that writes them is killed', async () => {
    const { pg } = at.team.platform;
    const many = 30;
    await pg.query(`insert into plan_item (plan_no, kind, place, body, changed_at, changed_by) select $1, 'project', 1000 + n, jsonb_build_object('name', 'P' || n, 'aim', '', 'owner', null, 'departments', '[]'::jsonb, 'from', '2026-01-01', 'to', '2026-12-31', 'state', 'running', 'sourceNo', null), now(), 'x' from generate_series(1, $2::int) n`, [planNo, many]);
    await pg.query(
      `insert into plan_mailing (plan_no, kind, project_no, rhythm, covers, is_sent, locale, readers, robot_nos, created_at, created_by, next_at)
        select $1, 'report', item_no, '{"every": "day", "at": "09:00"}', 'last', true, 'en', jsonb_build_array(jsonb_build_object('kind', 'address', 'address', body ->> 'name' || '@shop.test')), '{}', now(), 'x', '2026-07-01T01:00:00Z' from plan_item where plan_no = $1 and body ->> 'name' ~ '^P[0-9]+$'`, [planNo]);
    await pg.query('delete from plan_mail');
    await killWriter('report-maker.ts', at.team.connections, '2026-07-01T01:00:30Z', 60);
    const noted = async (): Promise<number> => (await pg.query<{ n: number }>('select count(*)::int as n from plan_mail')).rows[0].n;
    expect([await noted() >= 1, await noted() < many]).toEqual([true, true]);
    // What the dead one held is free again after a while.
    await at.workAt('2026-07-01T01:12:00Z');
    await at.workAt('2026-07-01T01:13:00Z');
    expect(at.arrived().map(({ to }) => to).sort()).toEqual(Array.from({ length: many }, (_, n) => `P${n + 1}@shop.test`).sort());
    await byTheWay();
  });

  it('are refused where they cannot be: of days to come, of what is no project, twice by themselves, of no plan', async () => {
    const on = (body: object) => ask(writePlanReport, { params: { planNo }, body: { unit: 'day', day: '2026-07-01', projectNo: null, locale: 'en', ...body } as never });
    expect((await on({ day: '2026-07-02' })).code).toBe('planning.report_not_begun');
    const { itemNo } = await at.put('task', { name: 'x' });
    expect((await on({ projectNo: itemNo })).code).toBe('planning.not_of_plan');
    expect((await on({ projectNo: 999_999 })).code).toBe('planning.item_not_found');
    expect((await ask(readPlanReport, { params: { planNo, reportNo: 999_999 } })).code).toBe('planning.report_not_found');
    expect((await ask(listPlanReports, { params: { planNo: 999 } })).code).toBe('planning.plan_not_found');
    expect((await mailing({})).status).toBe(201);
    expect((await mailing({ rhythm: { every: 'week', weekday: 3, at: '10:00' } })).code).toBe('planning.mailing_exists');
    expect((await mailing({ what: { kind: 'director' }, readers: [] })).code).toBe('planning.nobody_to_send_to');
    expect((await mailing({ what: { kind: 'director' }, robotNos: [999] })).code).toBe('planning.reader_not_found');
    await byTheWay();
  });

  it('are files for Word, as PDF and as a page', async () => {
    const reportNo = await write({ unit: 'day', day: '2026-06-16' });
    const file = (format: string) => at.team.server.inject({ url: `/api/plans/${planNo}/reports/${reportNo}/file?format=${format}`, headers: { 'x-test-permissions': 'planning.read' } });
    expect([await wordText((await file('docx')).rawPayload), (await file('html')).body].every((text) => text.includes('更正'))).toBe(true);
    expect((await file('pdf')).rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
  });
});
