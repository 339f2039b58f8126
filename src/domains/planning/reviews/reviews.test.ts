import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertLines, testLine } from '../../../../test/order-lines.ts';
import { createPlanningServer, type PlanningServer } from '../../../../test/planning-server.ts';
import { addItem, closeProject, createPlan, editItem, type FoundReview, freezeCard, type ItemKindName, listItems, listReviews, listReviewTags, markCard, openCards, readClosing, readReviewVersion, removeItem, undoChange } from '../contract.ts';

const words = { outcome: 'partly' as const, result: '复购率到了 20%', wentWell: '', wentBadly: '', lessons: '短信要早三天发', nextSteps: '', tags: ['复购'] };

describe('reviews of projects', () => {
  let team: PlanningServer;
  let planNo = 0;
  beforeAll(async () => {
    team = await createPlanningServer('planning.read planning.edit');
    await insertLines(team.platform.clickhouse, [testLine({ order: 'A', customerNo: 1, amount: 100, at: '2026-02-01T04:00:00.000Z' })]);
    await team.platform.pg.query('update fact_state set data_version = data_version + 1');
    ({ body: { planNo } } = await team.ask(createPlan, { body: { name: '五年规划', startsOn: '2026-01-01' } }));
  });
  afterAll(() => team.close());

  const put = async (kind: ItemKindName, body: object, parentNo: number | null = null, inPlan = planNo) => {
    const reply = await team.ask(addItem, { params: { planNo: inPlan }, body: { kind, parentNo, afterNo: null, body: { ...body } } });
    expect(reply.status, reply.text).toBe(201);
    return reply.body.itemNo;
  };
  const project = (name: string, more: object = {}, inPlan = planNo) => put('project', { name, from: '2026-05-01', to: '2026-06-10', state: 'running', ...more }, null, inPlan);
  const close = (itemNo: number, version = 1, more: object = {}, review: object = {}, inPlan = planNo) => team.ask(closeProject, { params: { planNo: inPlan, itemNo }, body: { state: 'done', version, review: { ...words, ...review }, ...more } });
  const closing = async (itemNo: number) => (await team.ask(readClosing, { params: { planNo, itemNo } })).body;
  const edit = (itemNo: number, version: number, changes: object) => team.ask(editItem, { params: { planNo, itemNo }, body: { version, changes: { ...changes } } });
  const find = async (query: object = {}): Promise<FoundReview[]> => (await team.ask(listReviews, { query })).body.rows;
  const stateOf = async (itemNo: number) => (await team.ask(listItems, { params: { planNo }, query: { kinds: 'project' } })).body.items.find((each) => each.itemNo === itemNo)!;

  it('hold what a project came to when it was closed: work in time and late, its monitors, its goal and its money', async () => {
    const goal = await put('goal', { name: '销售额', level: 'core', metric: { metric: 'sales', filter: null }, targets: [{ period: '2026', value: '1000' }] });
    const { rows: lines } = await team.platform.pg.query<{ lineNo: number }>(
      `insert into budget_line (plan_no, name, purpose, from_month, until_month, cap, over_cap, spent, reserved, created_at, created_by) select $1, name, purpose, '2026-01-01', '2026-12-01', 1000, 'stop', 400.5, 0, now(), '林'
        from unnest(array['短信', '人力'], array['messages', 'people']) as l (name, purpose) returning line_no as "lineNo"`, [planNo]);
    const itemNo = await project('会员日', { sourceNo: goal, lineNos: lines.map(({ lineNo }) => lineNo) });
    const task = (to: string | null, doneOn: string | null, more: object = {}) => put('task', { name: '做', to, state: doneOn ? 'done' : 'todo', doneOn, ...more }, itemNo);
    await task('2026-05-10', '2026-05-10');
    await task('2026-05-10', '2026-05-15');
    await task('2026-06-08', null);
    await task('2026-06-18', null);
    await task(null, '2026-05-01');
    await task('2026-05-01', null, { state: 'dropped' });
    await put('milestone', { name: '上线', due: '2026-06-01', doneOn: '2026-05-31' }, itemNo);
    const monitor = await put('monitor', { name: '投诉', metric: null, unit: '件', bound: { is: 'at_most', high: '3' } }, itemNo);
    await team.platform.pg.query("insert into plan_monitor (item_no, state, looked_at, due_at, since, told, figure_key) values ($1, 'within', now(), now(), '2026-06-14', 'within', '')", [monitor]);
    await team.platform.pg.query("insert into plan_monitor_reading (item_no, from_day, to_day, state, value, computed_at) values ($1, '2026-06-08', '2026-06-14', 'known', 2, now())", [monitor]);
    await team.platform.pg.query("insert into plan_monitor_turn (item_no, state, from_day, to_day, value, at, told) select $1, state, '2026-06-01', '2026-06-07', 5, now(), '{}' from unnest(array['crossed', 'within']) state", [monitor]);
    const expected = {
      asOf: '2026-06-18', lateDays: 8, tasks: { total: 5, inTime: 1, late: 1, withoutDay: 1, open: 1, overdue: 1, dropped: 1, mostLateDays: 10 }, milestones: { total: 1, inTime: 1, late: 0, open: 0, overdue: 0 },
      monitors: [{ name: '投诉', countedIn: '件', state: 'within', value: '2', period: { from: '2026-06-08', to: '2026-06-14' }, crossed: 1 }], goal: { name: '销售额', unit: 'money', target: 1_000, actual: '100', status: 'off' },
      budget: [{ name: '短信', cap: '1000', spent: '400.5' }],
    };
    expect((await close(itemNo)).status).toBe(201);
    const read = await closing(itemNo);
    expect(read).toMatchObject({ review: { kind: 'review', body: words }, closings: [{ state: 'done', figures: expected, by: expect.any(String) }], versions: [{ by: expect.any(String) }] });
    expect(await stateOf(itemNo)).toMatchObject({ body: { state: 'done' } });
    // What comes after does not change what was kept.
    await task('2026-06-01', '2026-06-01');
    team.setTime('2026-06-25T04:00:00Z');
    const later = await closing(itemNo);
    expect([later.figures.tasks.total, later.figures.lateDays, later.closings]).toEqual([6, 15, read.closings]);
    team.setTime('2026-06-18T04:00:00Z');
  });

  it('show frozen scores of who worked for a project to who may see people, their own to everybody, and keep none of them', async () => {
    const { rows: [lin, wang] } = await team.platform.pg.query<{ staffId: number }>("insert into staff (email, name) values ('lin@kpi.test', '林'), ('wang@kpi.test', '王') returning staff_id as \"staffId\"");
    const itemNo = await project('有人负责', { owner: { staffId: lin.staffId, name: '林' } });
    await put('task', { name: '做', owner: { staffId: null, name: '外包小李' } }, itemNo);
    const template = await put('scorecard', { name: '专员', parts: [{ kind: 'subjective', key: 'a', name: '协作', weight: '100', criteria: '' }] });
    const people = { permissions: 'planning.read planning.edit planning.people', staff: 99 };
    const scored = async (period: string, person: object, score: string | null): Promise<number> => {
      const opened = await team.ask(openCards, { params: { planNo }, body: { templateNo: template, period, people: [person as { name: string }] } }, people);
      expect(opened.status, opened.text).toBe(201);
      const [cardNo] = opened.body.cardNos;
      await team.ask(markCard, { params: { cardNo, key: 'a' }, body: { score: score ?? '1', reason: '共同完成' } }, people);
      if (score !== null) expect((await team.ask(freezeCard, { params: { cardNo }, body: {} }, people)).status).toBe(200);
      return cardNo;
    };
    const linCard = await scored('2026-05', { staffId: lin.staffId, name: '林' }, '82.5');
    await scored('2026-04', { staffId: lin.staffId, name: '林' }, '60');
    await scored('2026-05', { staffId: null, name: '外包小李' }, '70');
    await scored('2026-06', { staffId: lin.staffId, name: '林' }, null);
    await scored('2026-05', { staffId: wang.staffId, name: '王' }, '99');
    const shown = async (as: object) => (await team.ask(readClosing, { params: { planNo, itemNo } }, as)).body.scores.map(({ name, period, total }) => [name, period, total]);
    const both = [['外包小李', '2026-05', '70'], ['林', '2026-05', '82.5']];
    expect((await shown(people)).toSorted()).toEqual(both.toSorted());
    expect([await shown({ permissions: 'planning.read', staff: lin.staffId }), await shown({ permissions: 'planning.read', staff: wang.staffId })]).toEqual([[both[1]], []]);
    expect((await close(itemNo, 1, {}, { tags: [] })).status).toBe(201);
    const { rows: [{ kept }] } = await team.platform.pg.query<{ kept: string }>('select figures::text as kept from plan_closing where project_no = $1', [itemNo]);
    expect(kept).not.toContain('82.5');
    // Opened again after an appeal it stands for nothing.
    await team.platform.pg.query('update kpi_freeze set reopened_at = now() where card_no = $1', [linCard]);
    expect(await shown(people)).toEqual([both[0]]);
  });

  it('are once in a project: it is closed once, closed anew after it was opened again, and keeps what it came to each time', async () => {
    const itemNo = await project('两次');
    // Two people at the same moment.
    const both = await Promise.all([close(itemNo), close(itemNo)]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(both.find(({ status }) => status === 409)?.code).toBe('planning.closed_already');
    expect((await team.ask(addItem, { params: { planNo }, body: { kind: 'review', parentNo: itemNo, afterNo: null, body: { outcome: 'missed' } } })).text).toContain('reviewed_already');
    await edit(itemNo, 2, { state: 'running' });
    expect(await find({ q: '两次' })).toMatchObject([{ isOpen: true }]);
    const review = (await closing(itemNo)).review!;
    // Whoever did not see that there is a review writes over nothing.
    expect((await close(itemNo, 3, { state: 'dropped' }, { outcome: 'dropped', lessons: '别再做' })).code).toBe('planning.changed_meanwhile');
    expect((await stateOf(itemNo)).body.state).toBe('running');
    expect((await close(itemNo, 3, { state: 'dropped', reviewVersion: review.version }, { outcome: 'dropped', lessons: '别再做' })).status).toBe(201);
    const read = await closing(itemNo);
    expect([read.review?.itemNo, read.review?.body.lessons, read.closings.map(({ state }) => state)]).toEqual([review.itemNo, '别再做', ['dropped', 'done']]);
    expect(await find({ q: '两次' })).toMatchObject([{ isOpen: false, outcome: 'dropped' }]);
  });

  it('can be written where the project was closed without one, and taken out and back again', async () => {
    const itemNo = await project('先结项', { state: 'done' });
    const { body: { itemNo: reviewNo } } = await close(itemNo);
    const { body: { changeNo } } = await team.ask(removeItem, { params: { planNo, itemNo: reviewNo } });
    expect([(await closing(itemNo)).review, (await find({ q: '先结项' })).length]).toEqual([null, 0]);
    expect((await close(itemNo, 1, {}, { lessons: '第二份' })).status).toBe(201);
    expect((await team.ask(undoChange, { params: { planNo, changeNo } })).text).toContain('reviewed_already');
    expect((await find({ q: '先结项' })).map(({ excerpt }) => excerpt)).toEqual(['第二份']);
  });

  it('can be changed afterwards, and are read as they were after each change', async () => {
    const itemNo = await project('有历史');
    const { body: { itemNo: reviewNo } } = await close(itemNo);
    await edit(reviewNo, 1, { lessons: '甲' });
    await edit(reviewNo, 2, { result: '乙' });
    const changes = (await closing(itemNo)).versions;
    // Undoing the older change leaves the younger one alone, before and after.
    expect((await team.ask(undoChange, { params: { planNo, changeNo: changes[1].changeNo } })).status).toBe(200);
    const { versions } = await closing(itemNo);
    const bodies = await Promise.all(versions.map(async ({ changeNo }) => (await team.ask(readReviewVersion, { params: { planNo, itemNo, changeNo } })).body.body));
    expect(bodies.map(({ lessons, result }) => [lessons, result])).toEqual([[words.lessons, '乙'], ['甲', '乙'], ['甲', words.result], [words.lessons, words.result]]);
    expect(versions.map(({ fields }) => fields).slice(0, 3)).toEqual([['lessons'], ['result'], ['lessons']]);
    expect((await team.ask(readReviewVersion, { params: { planNo, itemNo, changeNo: 999_999 } })).code).toBe('planning.change_not_found');
  });

  it('are found over all plans by any words of them, parts of Chinese ones, other widths and cases, by tag and outcome', async () => {
    const { body: other } = await team.ask(createPlan, { body: { name: '旧规划', startsOn: '2024-01-01' } });
    const long = `${'长'.repeat(4_990)}🎉藏在中间的结论🎉${'尾'.repeat(4_990)}`;
    expect([...long].length).toBe(9_989);
    await close(await project('小程序上线', {}, other.planNo), 1, {}, { outcome: 'missed', lessons: long, tags: ['技术', '小程序'] }, other.planNo);
    await close(await project('直播带货'), 1, {}, { wentWell: 'ＲＯＩ 到了 3 % _ 100%', lessons: '', result: '', tags: ['直播'] });
    const named = async (query: object) => (await find(query)).map(({ projectName }) => projectName);
    expect(await named({ q: '中间的结' })).toEqual(['小程序上线']);
    expect((await find({ q: '中间的结' }))[0]).toMatchObject({ planName: '旧规划', outcome: 'missed', tags: ['技术', '小程序'], excerpt: expect.stringMatching(/^…长{27}🎉藏在中间的结论🎉尾+…$/u) });
    expect(await named({ q: 'roi' })).toEqual(['直播带货']);
    // Every word has to be there, wherever; none of them is a pattern.
    expect(await named({ q: '结论 小程序' })).toEqual(['小程序上线']);
    expect(await named({ q: '结论 直播' })).toEqual([]);
    expect(await named({ q: '3 % _ 100%' })).toEqual(['直播带货']);
    expect(await named({ q: '🎉' })).toEqual(['小程序上线']);
    expect(await named({ tag: '直播' })).toEqual(['直播带货']);
    expect(await named({ outcome: 'missed' })).toEqual(['小程序上线']);
    expect(await named({ plan: other.planNo })).toEqual(['小程序上线']);
    expect(new Set(await named({ q: '旧规划' }))).toEqual(new Set(['小程序上线']));
    const page = (await team.ask(listReviews, { query: { page: 2, pageSize: 2 } })).body;
    expect([page.rows.length, page.total > 4]).toEqual([2, true]);
    expect((await team.ask(listReviewTags)).body.tags[0]).toEqual({ tag: '复购', count: 4 });
  });

  it('take ten thousand letters each, and refuse more, tags twice and what is no outcome', async () => {
    const itemNo = await project('😀 很长');
    const refused = async (review: object) => (await close(itemNo, 1, {}, review)).status;
    expect([await refused({ lessons: 'x'.repeat(10_001) }), await refused({ tags: ['a', 'a'] }), await refused({ outcome: 'great' }), await refused({ tags: ['x'.repeat(31)] })]).toEqual([400, 400, 400, 400]);
    const full = '好'.repeat(10_000);
    expect((await close(itemNo, 1, {}, { result: full, wentWell: full, wentBadly: full, lessons: full, nextSteps: full })).status).toBe(201);
    expect((await closing(itemNo)).review?.body.nextSteps).toBe(full);
    expect((await find({ q: '😀' }))[0].excerpt).toHaveLength(141);
  });

  it('are for those who may read the plan, and written by those who may edit it', async () => {
    const itemNo = await project('权限');
    const as = { permissions: 'planning.read' };
    expect((await team.ask(closeProject, { params: { planNo, itemNo }, body: { state: 'done', version: 1, review: words } }, as)).status).toBe(403);
    expect((await team.ask(listReviews, {}, { permissions: 'campaigns.read' })).status).toBe(403);
    expect([(await team.ask(readClosing, { params: { planNo, itemNo: 999_999 } })).code, (await close(999_999)).code]).toEqual(['planning.item_not_found', 'planning.item_not_found']);
    expect((await team.ask(readReviewVersion, { params: { planNo, itemNo, changeNo: 1 } })).code).toBe('planning.item_not_found');
    expect((await edit(itemNo, 1, { lineNos: [999_999] })).text).toContain('not_of_plan');
  });
});
