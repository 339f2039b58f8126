import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createPlanningServer,
  type PlanningServer,
} from '../../../../../test/planning-server.ts';
import {
  addItem,
  createPlan,
  type Item,
  listDoers,
  listMyWork,
  listProjects,
  listProjectWork,
  readProject,
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
      outside: [
        {
          itemNo: login,
          name: '登录',
          projectName: '小程序',
          ends: '2026-06-18',
          doneOn: null,
        },
      ],
    });
    expect(
      (await project(shop)).body.items.find(({ itemNo }) => itemNo === page),
    ).toMatchObject({
      starts: '2026-06-19',
      ends: '2026-07-03',
      lateDays: 4,
      isCritical: true,
    });
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
