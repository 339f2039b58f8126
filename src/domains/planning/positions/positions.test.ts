import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPlanningServer, type PlanningServer } from '../../../../test/planning-server.ts';
import { wordText } from '../../../../test/read-word.ts';
import { createSay } from '../../../platform/i18n.ts';
import { addItem, createPlan, editItem, editPlan, type Item, listChanges, listItems, removeItem, undoChange } from '../contract.ts';
import { createItems } from '../items/items.ts';
import type { PlanningDoors } from '../part.ts';
import { createPositions } from './positions.ts';

describe('positions and who fills them', () => {
  let team: PlanningServer;
  let planNo = 0;
  const put = (kind: Item['kind'], body: object, parentNo: number | null = null) => team.ask(addItem, { params: { planNo }, body: { kind, parentNo, afterNo: null, body: { ...body } } });
  const added = async (kind: Item['kind'], body: object, parentNo: number | null = null): Promise<Item> => {
    const { status, body: item, text } = await put(kind, body, parentNo);
    expect(status, text).toBe(201);
    return item;
  };
  const edit = (item: Item, changes: object) => team.ask(editItem, { params: { planNo, itemNo: item.itemNo }, body: { version: item.version, changes: { ...changes } } });
  const position = (name: string, more: object = {}) => added('position', { name, opens: '2026-01-01', ...more });
  beforeAll(async () => {
    team = await createPlanningServer('planning.read planning.edit');
    planNo = (await team.ask(createPlan, { body: { name: '2026', startsOn: '2026-01-01' } })).body.planNo;
  });
  afterAll(() => team.close());

  it('report to one another, and never to themselves by however long a way', async () => {
    const head = await position('用户运营经理 🌱');
    const lead = await position('CRM 负责人', { reportsToNo: head.itemNo });
    const clerk = await position('CRM 专员', { reportsToNo: lead.itemNo });
    expect((await edit(head, { reportsToNo: clerk.itemNo })).code).toBe('planning.reports_to_itself');
    expect((await edit(head, { reportsToNo: head.itemNo })).code).toBe('planning.reports_to_itself');
    expect((await edit(head, { becomesNo: head.itemNo })).code).toBe('planning.becomes_itself');
    expect((await edit(head, { reportsToNo: 999_999 })).code).toBe('planning.not_of_plan');
    expect((await edit(head, { closes: '2025-12-31' })).code).toBe('planning.ends_before_start');
    expect((await edit(clerk, { reportsToNo: head.itemNo })).status).toBe(200);
  });

  it('take no more than the whole of anybody\'s time on any day', async () => {
    const [one, other] = [await position('数据分析师'), await position('体验负责人')];
    const full = await added('assignment', { person: { name: '王晓 😀' }, from: '2026-01-01', to: '2026-06-30' }, one.itemNo);
    const refused = await put('assignment', { person: { name: '王晓 😀' }, sharePercent: 30, from: '2026-06-30' }, other.itemNo);
    expect([refused.status, refused.code]).toEqual([422, 'planning.time_over_whole']);
    expect(refused.text).toContain('body.sharePercent');
    // The day and the positions are told as the reader writes them.
    const language = (of: string) => team.ask(addItem, { params: { planNo }, body: { kind: 'assignment', parentNo: other.itemNo, afterNo: null, body: { person: { name: '王晓 😀' }, sharePercent: 30, from: '2026-06-30' } } }, { locale: of });
    expect((await language('zh-CN')).text).toContain('2026/06/30 起，王晓 😀 的时间占用合计 130%（数据分析师和体验负责人）');
    expect((await language('en')).text).toContain('From Jun 30, 2026 on, 王晓 😀 would give 130% of their time (数据分析师 and 体验负责人)');
    const half = await added('assignment', { person: { name: '王晓 😀' }, sharePercent: 50, from: '2026-07-01' }, other.itemNo);
    expect((await edit(full, { to: null })).code).toBe('planning.time_over_whole');
    expect((await edit(half, { sharePercent: 100 })).status).toBe(200);
    expect((await put('assignment', { person: { name: '王晓' }, from: '2026-01-01' }, other.itemNo)).status).toBe(201);
    expect((await put('assignment', { person: { staffId: 999, name: '林' }, from: '2026-01-01' }, one.itemNo)).code).toBe('planning.no_such_account');
    // What was taken back may not come back over the whole either.
    const { body: { changeNo } } = await team.ask(removeItem, { params: { planNo, itemNo: half.itemNo } });
    expect((await put('assignment', { person: { name: '王晓 😀' }, from: '2026-08-01' }, one.itemNo)).status).toBe(201);
    expect((await team.ask(undoChange, { params: { planNo, changeNo } })).code).toBe('planning.time_over_whole');
  });

  it('have each part in a duty once', async () => {
    const [duty, who] = [await added('duty', { name: '会员活动', stage: 'value' }), await position('会员运营')];
    await added('responsibility', { positionNo: who.itemNo, letter: 'R' }, duty.itemNo);
    await added('responsibility', { positionNo: who.itemNo, letter: 'A' }, duty.itemNo);
    expect((await put('responsibility', { positionNo: who.itemNo, letter: 'A' }, duty.itemNo)).code).toBe('planning.responsible_already');
    expect((await put('responsibility', { positionNo: duty.itemNo, letter: 'C' }, duty.itemNo)).code).toBe('planning.not_of_plan');
  });

  it('show what they cost to nobody who may not see it, in no list and no history', async () => {
    const costly = await position('运营总监');
    const cost = { from: '2026-01-01', monthly: '31234.56' };
    expect((await put('position_cost', cost, costly.itemNo)).code).toBe('planning.kind_forbidden');
    const plan = { planNo };
    const rich = { permissions: 'planning.read planning.edit planning.people' };
    const kept = await team.ask(addItem, { params: plan, body: { kind: 'position_cost', parentNo: costly.itemNo, afterNo: null, body: cost } }, rich);
    expect(kept.status, kept.text).toBe(201);
    expect((await team.ask(listItems, { params: plan, query: {} }, rich)).text).toContain('31234.56');
    expect((await team.ask(listChanges, { params: plan, query: {} }, rich)).body.changes[0]).toMatchObject({ kind: 'add', itemKind: 'position_cost' });
    expect((await team.ask(listItems, { params: plan, query: {} })).text).not.toContain('31234.56');
    expect((await team.ask(listItems, { params: plan, query: { kinds: 'position_cost' } })).body.items).toEqual([]);
    const { changes } = (await team.ask(listChanges, { params: plan, query: {} })).body;
    expect(changes.filter(({ itemKind }) => itemKind === 'position_cost')).toEqual([]);
    const item = { ...plan, itemNo: kept.body.itemNo };
    const changeNo = changes[0].changeNo + 1;
    const refused = [await team.ask(editItem, { params: item, body: { version: 1, changes: { monthly: '1' } } }), await team.ask(removeItem, { params: item }), await team.ask(undoChange, { params: { ...plan, changeNo } })];
    expect(refused.map(({ status, code }) => [status, code])).toEqual(Array(3).fill([403, 'planning.kind_forbidden']));
  });

  describe('that carry a role', () => {
    const chief = { permissions: 'planning.read planning.edit access.staff' };
    let [own, strong, lin, wang] = [0, 0, 0, 0];
    const roleOf = async (name: string, permission: string): Promise<number> => {
      const { rows: [{ roleId }] } = await team.platform.pg.query<{ roleId: number }>('insert into role (name) values ($1) returning role_id as "roleId"', [name]);
      await team.platform.pg.query('insert into role_permission values ($1, $2, true)', [roleId, permission]);
      return roleId;
    };
    const account = async (name: string): Promise<number> => (await team.platform.pg.query<{ staffId: number }>("insert into staff (email, name) values ($1 || '@example.com', $1) returning staff_id as \"staffId\"", [name])).rows[0].staffId;
    const held = async (): Promise<[number, number][]> => {
      await createPositions({ ...team, say: createSay(), items: createItems(team.platform) } as unknown as PlanningDoors).follow();
      return (await team.platform.pg.query<{ staffId: number; roleId: number }>('select staff_id as "staffId", role_id as "roleId" from staff_role order by 1, 2')).rows.map(({ staffId, roleId }) => [staffId, roleId]);
    };
    beforeAll(async () => {
      [own, strong, lin, wang] = [await roleOf('chart', 'planning.read'), await roleOf('strong', 'access.mail'), await account('lin'), await account('wang')];
      await team.platform.pg.query('insert into staff_role values ($1, $2)', [wang, own]);
    });

    it('are given and taken by nobody who could not give the role', async () => {
      expect((await put('position', { name: 'x', opens: '2026-01-01', roleId: own })).code).toBe('access.chart_needs_staff');
      const asChief = (roleId: number) => team.ask(addItem, { params: { planNo }, body: { kind: 'position', parentNo: null, afterNo: null, body: { name: 'x', opens: '2026-01-01', roleId } } }, chief);
      expect((await asChief(strong)).code).toBe('access.beyond_own');
      const administrator = (await team.platform.pg.query<{ roleId: number }>("select role_id as \"roleId\" from role where key = 'administrator'")).rows[0].roleId;
      expect((await asChief(administrator)).code).toBe('access.chart_without_administrators');
      const carrying = (await asChief(own)).body;
      expect((await put('assignment', { person: { staffId: lin, name: 'lin' }, from: '2026-06-01' }, carrying.itemNo)).code).toBe('access.chart_needs_staff');
      expect((await edit(carrying, { roleId: null })).code).toBe('access.chart_needs_staff');
      expect((await team.ask(removeItem, { params: { planNo, itemNo: carrying.itemNo } })).code).toBe('access.chart_needs_staff');
      expect((await put('assignment', { person: { name: 'no account' }, from: '2026-06-01' }, carrying.itemNo)).status).toBe(201);
      expect((await edit(carrying, { purpose: 'y' })).status).toBe(200);
    });

    it('are not kept open, nor is another plan made the current one, by who could not give their roles', async () => {
      const add = (kind: 'position' | 'assignment', body: object, parentNo: number | null = null) => team.ask(addItem, { params: { planNo }, body: { kind, parentNo, afterNo: null, body: { ...body } } }, chief);
      const { body: closed } = await add('position', { name: 'closed', opens: '2026-01-01', closes: '2026-03-31', roleId: own });
      await add('assignment', { person: { staffId: lin, name: 'lin' }, sharePercent: 10, from: '2026-01-01' }, closed.itemNo);
      for (const changes of [{ closes: null }, { closes: '2026-12-31' }, { opens: '2025-01-01' }]) expect((await edit(closed, changes)).code).toBe('access.chart_needs_staff');
      const { body: { planNo: other } } = await team.ask(createPlan, { body: { name: '空的', startsOn: '2026-01-01' } });
      const makeCurrent = (no: number, as = {}) => team.ask(editPlan, { params: { planNo: no }, body: { isCurrent: true } }, as);
      expect((await makeCurrent(other)).code).toBe('access.chart_needs_staff');
      expect([(await makeCurrent(planNo)).status, (await makeCurrent(other, chief)).status, (await makeCurrent(planNo)).code, (await makeCurrent(planNo, chief)).status]).toEqual([200, 200, 'access.chart_needs_staff', 200]);
      expect((await team.ask(removeItem, { params: { planNo, itemNo: closed.itemNo } }, chief)).status).toBe(200);
    });

    it('have the role held from the first to the last day, and leave what was held before and what was taken by hand', async () => {
      const at = await team.ask(addItem, { params: { planNo }, body: { kind: 'position', parentNo: null, afterNo: null, body: { name: 'y', opens: '2026-01-01', roleId: own } } }, chief);
      for (const staffId of [lin, wang]) {
        const assigned = await team.ask(addItem, { params: { planNo }, body: { kind: 'assignment', parentNo: at.body.itemNo, afterNo: null, body: { person: { staffId, name: 'z' }, sharePercent: 50, from: '2026-07-01', to: '2026-07-31' } } }, chief);
        expect(assigned.status, assigned.text).toBe(201);
      }
      expect(await held()).toEqual([[wang, own]]);
      team.setTime('2026-07-01T04:00:00Z');
      expect(await held()).toEqual([[lin, own], [wang, own]]);
      await team.platform.pg.query('delete from staff_role where staff_id = $1', [lin]);
      expect(await held()).toEqual([[wang, own]]);
      await team.platform.pg.query('insert into staff_role values ($1, $2)', [lin, own]);
      team.setTime('2026-08-01T04:00:00Z');
      expect(await held()).toEqual([[wang, own]]);
      const { rows } = await team.platform.pg.query("select action, subject from audit_log where action like 'access.%_by_chart' order by seq");
      expect(rows).toEqual([{ action: 'access.give_by_chart', subject: `staff:${lin}` }, { action: 'access.take_by_chart', subject: `staff:${lin}` }]);
    });
  });

  it('are written down as a file, one or all, in the reader’s language and without what anybody costs', async () => {
    const head = await position('客服主管 🌱', { purpose: '让用户满意', skills: ['沟通 <好>'], kpi: ['满意度'], headcount: 2 });
    const below = await position('客服专员', { reportsToNo: head.itemNo });
    const duty = await added('duty', { name: '处理投诉', stage: 'foundation', note: '一天之内' });
    await added('responsibility', { positionNo: below.itemNo, letter: 'A' }, duty.itemNo);
    await added('assignment', { person: { name: '高圆' }, from: '2026-01-01', sharePercent: 60 }, below.itemNo);
    const file = (query: string, permissions = 'planning.read') => team.server.inject({ url: `/api/plans/${planNo}/positions/file?${query}`, headers: { 'x-test-permissions': permissions, 'x-test-staff': '1' } });
    const one = await file(`format=html&locale=zh-TW&position=${below.itemNo}`);
    expect(one.headers['content-type']).toBe('text/html; charset=utf-8');
    for (const text of ['客服主管 🌱', '处理投诉', '一天之内', '負責', '高圆 · 60%']) expect(one.body).toContain(text);
    expect(one.body).not.toContain('让用户满意');
    const all = await file('format=docx&locale=en');
    const written = wordText(all.rawPayload);
    for (const text of ['Job descriptions', '让用户满意', '沟通 <好>', '客服专员', '满意度']) expect(written).toContain(text);
    expect((await file('format=pdf&locale=zh-CN')).rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    expect((await file(`position=${duty.itemNo}`)).json()).toMatchObject({ status: 404, code: 'planning.item_not_found' });
    expect((await file('format=xls')).statusCode).toBe(400);
  });
});
