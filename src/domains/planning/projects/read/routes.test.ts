import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createPlanningServer,
  type PlanningServer,
} from '../../../../../test/planning-server.ts';
import {
  addItem,
  createPlan,
  editItem,
  type Item,
  listChanges,
  listDoers,
  listMyWork,
  listProjects,
  listProjectWork,
  readProject,
  readProjectBoard,
  readProjectGantt,
  readWork,
  undoChange,
} from '../../contract.ts';

describe('how projects stand', () => {
  let team: PlanningServer;
  let planNo = 0;
  const add = async (
    kind: Item['kind'],
    body: object,
    parentNo: number | null = null,
  ): Promise<number> => {
    const reply = await team.ask(addItem, {
      params: { planNo },
      body: { kind, parentNo, afterNo: null, body: { ...body } },
    });
    expect(reply.status, reply.text).toBe(201);
    return reply.body.itemNo;
  };
  const project = (itemNo: number) =>
    team.ask(readProject, { params: { planNo, itemNo } });
  beforeAll(async () => {
    team = await createPlanningServer('planning.read planning.edit');
    await team.platform.pg.query(
      "insert into staff (email, name) values ('lin@shop.test', '林'), ('wang@shop.test', '王')",
    );
    planNo = (
      await team.ask(createPlan, { body: { name: '2026', startsOn: '2026-01-01' } })
    ).body.planNo;
  });
  afterAll(() => team.close());

  it('is told by what is done, by what will be late, and by what it waits for elsewhere', async () => {
    const [shop, app] = [
      await add('project', { name: '会员日', from: '2026-06-01', to: '2026-06-30' }),
      await add('project', { name: '小程序', from: '2026-06-01', to: '2026-12-31' }),
    ];
    expect((await project(shop)).body.figures).toMatchObject({
      tasks: 0,
      progress: null,
      next: null,
      risk: 'none',
    });
    const login = await add(
      'task',
      { name: '登录', from: '2026-06-10', to: '2026-06-16', state: 'doing' },
      app,
    );
    await add(
      'task',
      {
        name: '选品',
        from: '2026-06-01',
        to: '2026-06-05',
        state: 'done',
        doneOn: '2026-06-04',
        estimateHours: 6,
      },
      shop,
    );
    const page = await add(
      'task',
      {
        name: '页面',
        from: '2026-06-15',
        to: '2026-06-29',
        estimateHours: 2,
        dependsOn: [login],
      },
      shop,
    );
    expect((await project(shop)).body).toMatchObject({
      today: '2026-06-18',
      figures: {
        tasks: 2,
        done: 1,
        overdue: 0,
        progress: 0.75,
        ends: '2026-07-03',
        lateDays: 3,
        risk: 'late',
      },
      work: 2,
    });
    const one = await team.ask(readWork, { params: { planNo, itemNo: page } });
    expect(one.body).toMatchObject({ item: { starts: '2026-06-19', ends: '2026-07-03', lateDays: 4, isCritical: true }, waitsFor: [{ itemNo: login, name: '小程序 › 登录' }] });
    expect((await team.ask(readWork, { params: { planNo, itemNo: shop } })).code).toBe('planning.item_not_found');
    await add('milestone', { name: '内测', due: '2026-09-01', dependsOn: [login] }, app);
    const { projects, today } = (await team.ask(listProjects, { params: { planNo } }))
      .body;
    expect([
      today,
      projects.map(({ body, figures: { risk, overdue, next } }) => [
        body.name,
        risk,
        overdue,
        next?.name,
      ]),
    ]).toEqual([
      '2026-06-18',
      [
        ['小程序', 'at_risk', 1, '内测'],
        ['会员日', 'late', 0, undefined],
      ],
    ]);
    expect([
      (await project(login)).code,
      (await team.ask(listProjects, { params: { planNo: 999 } })).code,
    ]).toEqual(['planning.item_not_found', 'planning.plan_not_found']);
  });

  it('gathers what one has to do, by account or by name, whatever project it belongs to', async () => {
    const { doers } = (await team.ask(listDoers)).body;
    expect(doers.map(({ name }) => name)).toEqual(['林', '王']);
    const [lin, wang] = doers.map(({ staffId, name }) => ({ staffId, name }));
    const shop = await add('project', {
      name: '直播',
      from: '2026-06-01',
      to: '2026-06-30',
    });
    await add('task', { name: '脚本', to: '2026-06-20', owner: lin }, shop);
    await add('task', { name: '场地', to: '2026-06-20', owner: wang }, shop);
    await add(
      'task',
      { name: '旧的', to: '2026-06-20', owner: lin, state: 'dropped' },
      shop,
    );
    await add(
      'milestone',
      { name: '开播', due: '2026-06-28', owner: { name: 'test staff' } },
      shop,
    );
    await add(
      'meeting',
      { name: '过脚本', at: '2026-06-18T03:30:00Z', participants: [lin] },
      shop,
    );
    await add(
      'meeting',
      { name: '开过的', at: '2026-06-18T02:30:00Z', participants: [lin] },
      shop,
    );
    const { items, meetings } = (
      await team.ask(listMyWork, { params: { planNo } }, { staff: lin.staffId })
    ).body;
    expect(items.map(({ body, projectName }) => [body.name, projectName]).sort()).toEqual(
      [
        ['开播', '直播'],
        ['脚本', '直播'],
      ],
    );
    expect(meetings.map(({ body }) => body.name)).toEqual(['过脚本']);
  });

  it('stands on a board by its states, the first of each column, more where they are asked for, and what was moved wherever it is', async () => {
    const main = await add('project', { name: '看板', from: '2026-01-01', to: '2026-12-31' });
    const days = ['2026-07-03', '2026-07-01', null, '2026-07-02'];
    const tasks: number[] = [];
    for (const [n, to] of days.entries()) tasks.push(await add('task', { name: `任务 ${n}`, to, owner: { name: '王' } }, main));
    for (const doneOn of ['2026-06-01', '2026-06-03', '2026-06-02']) await add('task', { name: doneOn, state: 'done', doneOn }, main);
    await add('milestone', { name: '不在看板上', due: '2026-06-01' }, main);
    const board = async (query: object = {}) => {
      const { body: { columns } } = await team.ask(readProjectBoard, { params: { planNo, itemNo: main }, query });
      return Object.fromEntries(columns.map(({ state, total, cards }) => [state, [total, ...cards.map(({ name }) => name)]]));
    };
    expect(await board()).toEqual({
      todo: [4, '任务 1', '任务 3', '任务 0', '任务 2'], doing: [0], waiting: [0], done: [3, '2026-06-03', '2026-06-02', '2026-06-01'], dropped: [0],
    });
    expect(await board({ todo: 1, done: 2 })).toMatchObject({ todo: [4, '任务 1'], done: [3, '2026-06-03', '2026-06-02'] });
    expect(await board({ todo: 1, also: tasks[2] })).toMatchObject({ todo: [4, '任务 2', '任务 1'] });
    // A card says enough to be moved; what is moved is seen at once, and taken back likewise.
    const { body: { columns: [{ cards: [first] }] } } = await team.ask(readProjectBoard, { params: { planNo, itemNo: main } });
    expect(first).toEqual({ itemNo: tasks[1], version: 1, name: '任务 1', owner: '王', department: '', to: '2026-07-01', doneOn: null, lateDays: 0 });
    expect((await team.ask(editItem, { params: { planNo, itemNo: first.itemNo }, body: { version: first.version, changes: { state: 'doing' } } })).status).toBe(200);
    expect(await board()).toMatchObject({ todo: [3, '任务 3', '任务 0', '任务 2'], doing: [1, '任务 1'] });
    const { changes: [{ changeNo }] } = (await team.ask(listChanges, { params: { planNo } })).body;
    await team.ask(undoChange, { params: { planNo, changeNo } });
    expect(await board()).toMatchObject({ todo: [4, '任务 1', '任务 3', '任务 0', '任务 2'], doing: [0] });
    expect((await team.ask(readProjectBoard, { params: { planNo, itemNo: main }, query: { todo: 2_001 } })).status).toBe(400);
  });

  it('lies over time: all of a small project, of a large one what stands in the days that are looked at', async () => {
    const main = await add('project', { name: '时间', from: '2026-01-01', to: '2026-12-31' });
    const late = await add('task', { name: '还没做完', from: '2026-02-01', to: '2026-02-10', state: 'doing' }, main);
    await add('task', { name: '早就做完', from: '2026-01-01', to: '2026-03-31', state: 'done', doneOn: '2026-02-01' }, main);
    await add('task', { name: '只有截止', to: '2026-06-20', dependsOn: [late] }, main);
    await add('task', { name: '没有日期' }, main);
    await add('task', { name: '不做了', to: '2026-06-20', state: 'dropped' }, main);
    await add('milestone', { name: '年底', due: '2026-12-20' }, main);
    const gantt = async (query: object = {}) => {
      const { body: { rows, period } } = await team.ask(readProjectGantt, { params: { planNo, itemNo: main }, query });
      return [rows.map(({ name }) => name), period];
    };
    expect(await gantt()).toEqual([['早就做完', '还没做完', '只有截止', '年底', '没有日期'], null]);
    const in120 = { from: '2026-05-19', to: '2026-09-16', undated: 1, before: 1, after: 1 };
    expect(await gantt({ most: 4 })).toEqual([['还没做完', '只有截止'], { ...in120, inside: 2 }]);
    expect(await gantt({ most: 1 })).toEqual([['还没做完'], { ...in120, inside: 2 }]);
    expect(await gantt({ from: '2026-12-20', to: '2026-12-31' })).toEqual([['年底'], { from: '2026-12-20', to: '2026-12-31', undated: 1, before: 3, after: 0, inside: 1 }]);
    expect(await gantt({ from: '2026-03-01', to: '2026-03-31' })).toMatchObject([['早就做完', '还没做完'], { before: 0, after: 2 }]);
    const { body: { rows } } = await team.ask(readProjectGantt, { params: { planNo, itemNo: main } });
    expect(rows.find(({ name }) => name === '只有截止')).toMatchObject({ from: '2026-06-20', to: '2026-06-20', hasStart: false, kind: 'task', dependsOn: [late], version: 1, ends: '2026-06-20', lateDays: 0 });
  });

  it('is listed a page at a time, in any order: open, late, or all, with what each waits for', async () => {
    const [main, other] = [await add('project', { name: '大项目', from: '2026-01-01', to: '2026-12-31' }), await add('project', { name: '别处', from: '2026-01-01', to: '2026-12-31' })];
    const before = await add('task', { name: '接口', to: '2026-07-01' }, other);
    await add('task', { name: '没有日子' }, main);
    await add('task', { name: '后做 😀', to: '2026-08-01', dependsOn: [before] }, main);
    await add('task', { name: '晚了', from: '2026-03-01', to: '2026-03-02', owner: { name: '王' } }, main);
    await add('task', { name: '做完', to: '2026-02-02', state: 'done', doneOn: '2026-02-01' }, main);
    await add('milestone', { name: '上线', due: '2026-09-01' }, main);
    const list = async (query: object) => (await team.ask(listProjectWork, { params: { planNo, itemNo: main }, query })).body;
    const names = async (query: object) => (await list(query)).rows.map(({ body }) => body.name);
    expect(await names({ sort: 'due' })).toEqual(['晚了', '后做 😀', '上线', '没有日子']);
    expect(await names({ sort: '-due' })).toEqual(['上线', '后做 😀', '晚了', '没有日子']);
    expect([await names({ show: 'late' }), await names({ show: 'all', q: '做', sort: 'due' })]).toEqual([['晚了'], ['做完', '后做 😀']]);
    expect(await list({ sort: 'due', pageSize: 1, page: 2 })).toMatchObject({ total: 4, rows: [{ body: { name: '后做 😀' }, waitsFor: ['别处 › 接口'] }] });
    expect((await team.ask(listProjectWork, { params: { planNo, itemNo: before } })).code).toBe('planning.item_not_found');
  });
});
