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
  listItems,
  removeItem,
  undoChange,
} from '../../contract.ts';

describe('projects, milestones, tasks and meetings', () => {
  let team: PlanningServer;
  let planNo = 0;
  const put = (kind: Item['kind'], body: object, parentNo: number | null = null) =>
    team.ask(addItem, {
      params: { planNo },
      body: { kind, parentNo, afterNo: null, body: { ...body } },
    });
  const added = async (
    kind: Item['kind'],
    body: object,
    parentNo: number | null = null,
  ): Promise<Item> => {
    const { status, body: item, text } = await put(kind, body, parentNo);
    expect(status, text).toBe(201);
    return item;
  };
  const edit = (item: Item, changes: object) =>
    team.ask(editItem, {
      params: { planNo, itemNo: item.itemNo },
      body: { version: item.version, changes: { ...changes } },
    });
  beforeAll(async () => {
    team = await createPlanningServer('planning.read planning.edit');
    planNo = (
      await team.ask(createPlan, { body: { name: '2026', startsOn: '2026-01-01' } })
    ).body.planNo;
  });
  afterAll(() => team.close());

  it('do not end before they start, and are not done tomorrow', async () => {
    expect(
      (await put('project', { name: '会员日 🎉', from: '2026-07-01', to: '2026-06-30' }))
        .code,
    ).toBe('planning.ends_before_start');
    const project = await added('project', {
      name: '会员日 🎉',
      from: '2026-07-01',
      to: '2026-07-01',
    });
    expect(
      (
        await put(
          'task',
          { name: '选品', from: '2026-07-02', to: '2026-07-01' },
          project.itemNo,
        )
      ).code,
    ).toBe('planning.ends_before_start');
    expect(
      (await put('task', { name: '选品', to: '2026-02-30' }, project.itemNo)).code,
    ).toBe('planning.item_refused');
    const task = await added('task', { name: '选品', to: '2026-07-01' }, project.itemNo);
    expect((await edit(task, { state: 'done' })).code).toBe('planning.done_without_day');
    expect((await edit(task, { doneOn: '2026-06-18' })).code).toBe(
      'planning.done_without_day',
    );
    expect((await edit(task, { state: 'done', doneOn: '2026-06-19' })).code).toBe(
      'planning.done_ahead',
    );
    expect(
      (await edit(task, { state: 'done', doneOn: '2026-06-18' })).body,
    ).toMatchObject({ body: { name: '选品', state: 'done', doneOn: '2026-06-18' } });
    expect(
      (
        await put(
          'milestone',
          { name: '开卖', due: '2026-07-01', doneOn: '2026-06-20' },
          project.itemNo,
        )
      ).code,
    ).toBe('planning.done_ahead');
  });

  it('name what there is: accounts, meetings, and what the plan has', async () => {
    expect(
      (await put('task', { name: 'x', owner: { staffId: 999, name: '林' } })).code,
    ).toBe('planning.no_such_account');
    expect(
      (
        await put('meeting', {
          name: 'x',
          at: '2026-06-18T06:00:00Z',
          participants: [{ staffId: 999, name: '林' }],
        })
      ).code,
    ).toBe('planning.no_such_account');
    expect(
      (await put('task', { name: 'x', owner: { name: '设计部 小王' } })).status,
    ).toBe(201);
    const task = await added('task', { name: 'y' });
    expect((await put('task', { name: 'x', meetingNo: task.itemNo })).code).toBe(
      'planning.not_of_plan',
    );
    expect(
      (
        await put('project', {
          name: 'x',
          from: '2026-07-01',
          to: '2026-07-01',
          sourceNo: 999_999,
        })
      ).code,
    ).toBe('planning.not_of_plan');
    const elsewhere = (
      await team.ask(createPlan, { body: { name: '2027', startsOn: '2027-01-01' } })
    ).body.planNo;
    expect(
      (
        await team.ask(addItem, {
          params: { planNo: elsewhere },
          body: {
            kind: 'task',
            parentNo: null,
            afterNo: null,
            body: { name: 'x', dependsOn: [task.itemNo] },
          },
        })
      ).code,
    ).toBe('planning.not_of_plan');
    expect(
      (
        await team.ask(addItem, {
          params: { planNo: elsewhere },
          body: {
            kind: 'task',
            parentNo: task.itemNo,
            afterNo: null,
            body: { name: 'x' },
          },
        })
      ).status,
    ).toBe(404);
  });

  it('never wait for themselves, by however long a way', async () => {
    const first = await added('task', { name: '1' });
    let last = first;
    for (let n = 2; n <= 60; n++)
      last = await added(n % 7 === 0 ? 'milestone' : 'task', {
        name: String(n),
        ...(n % 7 === 0 ? { due: '2026-07-01' } : {}),
        dependsOn: [last.itemNo, first.itemNo],
      });
    const refused = await edit(first, { dependsOn: [last.itemNo] });
    expect([refused.status, refused.code]).toEqual([422, 'planning.depends_on_itself']);
    expect((await edit(first, { dependsOn: [first.itemNo] })).code).toBe(
      'planning.depends_on_itself',
    );
    // What was taken out is waited for no longer, and is part of the way again when it comes back.
    const {
      body: { changeNo },
    } = await team.ask(removeItem, { params: { planNo, itemNo: last.itemNo } });
    expect((await edit(first, { dependsOn: [last.itemNo] })).code).toBe(
      'planning.depends_on_itself',
    );
    await team.ask(undoChange, { params: { planNo, changeNo } });
    const tasks = (
      await team.ask(listItems, {
        params: { planNo },
        query: { kinds: 'task,milestone' },
      })
    ).body.items;
    expect(tasks.find(({ itemNo }) => itemNo === last.itemNo)?.body.dependsOn).toEqual([
      expect.any(Number),
      first.itemNo,
    ]);
  });
});
