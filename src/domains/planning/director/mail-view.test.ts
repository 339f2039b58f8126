import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPlanReports, type PlanReports } from '../../../../test/plan-reports.ts';
import { addMailing, type CardPart, listDirectorMails, listMailings, markCard, openCards, sendDirector } from '../contract.ts';
import { mostFileBytes, noteLetters } from '../post/post.ts';

const manager = 'planning.read planning.edit planning.approve planning.people';

describe("a director's page as a mail", () => {
  let at: PlanReports;
  const send = (body: object = {}, as = {}) => at.team.ask(sendDirector, { params: { planNo: at.planNo }, body: { readers: [{ kind: 'staff', staffId: at.lin }], robotNos: [], locale: 'zh-CN', ...body } as never }, as);
  const mails = async () => (await at.team.ask(listDirectorMails, { params: { planNo: at.planNo } })).body.mails;
  beforeAll(async () => {
    at = await createPlanReports(manager);
    const { put, team, planNo } = at;
    const goal = { level: 'core', targets: [{ period: '2026', value: '1000' }], owner: { name: '王' }, typed: [{ month: '2026-01', value: '100', source: '年报' }] };
    await put('goal', { name: '终身价值 <b>&', ...goal });
    await put('project', { name: '会晚的项目', from: '2026-01-01', to: '2026-06-01', state: 'running' });
    const parts: CardPart[] = [{ kind: 'subjective', key: 'said', name: '协作', weight: '100', criteria: '' }];
    const { itemNo: templateNo } = await put('scorecard', { name: '专员', parts });
    const { body: { cardNos: [cardNo] } } = await team.ask(openCards, { params: { planNo }, body: { templateNo, period: '2026-Q2', team: '', people: [{ staffId: null, name: '赵' }] } });
    await team.ask(markCard, { params: { cardNo, key: 'said' }, body: { score: '77.78', reason: '说到做到' } });
    await team.platform.pg.query(
      `insert into budget_line (plan_no, name, purpose, from_month, until_month, cap, over_cap, spent, reserved, created_at, created_by) select $1, name, purpose, '2026-01-01', '2026-12-01', cap, 'stop', 0, 0, now(), '林'
        from (values ('短信', 'messages', 1000), ('人力', 'people', 120000.5)) as line (name, purpose, cap)`, [planNo]);
  });
  afterAll(() => at.close());

  it('is read in the mail itself, with the PDF, and leaves out scores of people and what they cost, whoever sends it', async () => {
    expect((await send({ robotNos: [at.robotNo] })).status).toBe(202);
    expect((await send()).code).toBe('planning.director_under_way');
    await at.workAt('2026-06-18T05:00:00Z');
    const [{ to, mail }] = at.box.received.splice(0);
    expect([to, mail.subject, mail.attachments.map(({ filename, contentType }) => [filename, contentType])]).toEqual(['lin@shop.test', '五年规划 · 负责人总览', [[`director-${at.planNo}-zh-CN.pdf`, 'application/pdf']]]);
    const { text: pdf } = await extractText(await getDocumentProxy(new Uint8Array(mail.attachments[0].content)), { mergePages: true });
    const html = String(mail.html);
    expect(html).toContain('终身价值 &lt;b&gt;&amp;');
    for (const body of [html, mail.text!, pdf]) {
      for (const shown of ['终身价值', '会晚的项目', '¥1,000.00']) expect(body).toContain(shown);
      for (const kept of ['77.78', '平均分', '121,000.50', '120,000.50']) expect(body).not.toContain(kept);
    }
    expect(html).toContain(`https://crm.shop.test/plan/director?plan=${at.planNo}`);
    expect(html).not.toMatch(/<(script|img|link|iframe)/);
    expect(JSON.parse(String(at.groups.received.splice(0)[0].body)).text.content).toContain('所处阶段：基础建设期');
    expect(await mails()).toMatchObject([{ state: 'made', isByItself: false, copies: [{ name: '林', state: 'sent' }, { name: '运营群', state: 'sent' }] }]);
    const { rows: [{ files }] } = await at.team.platform.pg.query<{ files: number }>('select count(*)::int as files from plan_mail_file');
    expect(files).toBe(0);
  });

  it('is written in the language each reader chose', async () => {
    const { pg } = at.team.platform;
    await pg.query("update staff set language = 'en' where staff_id = $1", [at.lin]);
    expect((await send({ readers: [{ kind: 'staff', staffId: at.lin }, { kind: 'address', address: 'guest@example.com' }] })).status).toBe(202);
    await at.workAt('2026-06-18T05:30:00Z');
    const received = at.box.received.splice(0).map(({ mail }) => [mail.text!.includes('Budget'), mail.text!.includes('预算'), mail.attachments[0].filename]);
    expect(received.toSorted()).toEqual([[false, true, `director-${at.planNo}-zh-CN.pdf`], [true, false, `director-${at.planNo}-en.pdf`]]);
    await pg.query('update staff set language = null');
  });

  it('goes by itself every Monday at nine, and one that was missed is told and not sent days later', async () => {
    at.team.setTime('2026-06-18T06:00:00Z');
    await at.team.ask(addMailing, { params: { planNo: at.planNo }, body: { what: { kind: 'director' }, rhythm: { every: 'week', weekday: 1, at: '09:00' }, locale: 'en', readers: [{ kind: 'address', address: 'boss@agency.test' }, { kind: 'staff', staffId: at.lin }], robotNos: [], isPaused: false } }, { staff: at.lin });
    await at.workAt('2026-06-22T01:00:10Z');
    expect(at.box.received.map(({ mail }) => mail.attachments.length)).toEqual([1, 1]);
    expect(at.arrived().map(({ to }) => to)).toEqual(['boss@agency.test', 'lin@shop.test']);
    await at.workAt('2026-06-30T04:00:00Z');
    expect(at.arrived()).toEqual([{ to: 'lin@shop.test', subject: 'The overview missed 1 time' }]);
    expect((await at.team.ask(listMailings, { params: { planNo: at.planNo } })).body.mailings).toMatchObject([{ what: { kind: 'director' }, nextAt: '2026-07-06T01:00:00.000Z', last: { state: 'missed', isLate: true } }]);
  });

  it('goes to nobody who was shut out meanwhile', async () => {
    await at.team.platform.pg.query('update staff set disabled_at = now() where staff_id = $1', [at.lin]);
    await at.workAt('2026-07-06T01:00:10Z');
    expect(at.arrived().map(({ to }) => to)).toEqual(['boss@agency.test']);
    expect((await send()).code).toBe('planning.reader_not_found');
    await at.team.platform.pg.query('update staff set disabled_at = null where staff_id = $1', [at.lin]);
  });

  it('is sent by who answers for plans, and not without a mail server', async () => {
    expect((await send({}, { permissions: 'planning.read planning.edit' })).status).toBe(403);
    expect((await send({ readers: [] })).status).toBe(400);
    await at.team.platform.pg.query("delete from setting where name = 'mail_server'");
    expect((await send()).code).toBe('platform.mail_not_set_up');
  });

  it('like every letter carries a file of a size that mail servers take, and none beyond', async () => {
    const letter = (bytes: number) => ({ about: 'x:1', to: { name: '林', address: 'lin@shop.test' }, locale: 'en' as const, subject: 's', html: '', text: '', file: { name: 'f', type: 'application/pdf', content: Buffer.alloc(bytes) } });
    await expect(noteLetters(at.team.platform.pg, [letter(mostFileBytes + 1)], new Date())).rejects.toMatchObject({ code: 'planning.letter_file_too_big' });
  });
});
