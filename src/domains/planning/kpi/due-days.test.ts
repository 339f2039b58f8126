import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPlanningServer, type PlanningServer } from '../../../../test/planning-server.ts';
import { addItem, agreeDueDays, createPlan, editItem, freezeCard, type Item, listCards, listChanges, openCards, proveCard, readCard, removeItem, undoChange } from '../contract.ts';

const everything = 'planning.read planning.edit planning.people planning.approve';
const [lin, wang, boss, second] = [11, 12, 1, 2];
const asLin = { staff: lin, permissions: 'planning.read planning.edit' };

describe('due days that are moved after the days of a card began', () => {
  let team: PlanningServer;
  let planNo = 0;
  let templateNos: number[] = [];
  const due = new Map<string, Item>();
  const add = async (kind: string, body: object): Promise<Item> => (await team.ask(addItem, { params: { planNo }, body: { kind, parentNo: null, afterNo: null, body } as never })).body;
  const edit = async (name: string, changes: object, as: object = asLin) => {
    const { status, body, text } = await team.ask(editItem, { params: { planNo, itemNo: due.get(name)!.itemNo }, body: { version: due.get(name)!.version, changes: { ...changes } } }, as);
    expect(status, text).toBe(200);
    due.set(name, body);
  };
  const open = async (staffId: number, period = '2026-05', templateNo = templateNos[0]): Promise<number> => (await team.ask(openCards, { params: { planNo }, body: { templateNo, period, people: [{ staffId, name: 'x' }] } })).body.cardNos[0];
  const read = async (cardNo: number) => {
    const { total, lines: [{ evidence }], version } = (await team.ask(readCard, { params: { cardNo } })).body;
    if (evidence.kind !== 'progress') throw new Error(evidence.kind);
    return { total, version, rows: Object.fromEntries(evidence.rows.map(({ name, itemNo: _itemNo, ...row }) => [name, row])) };
  };
  const agree = (cardNo: number, days: [string, string | null][], staff = second, reason = '对方推迟了') => team.ask(agreeDueDays, { params: { cardNo }, body: { days: days.map(([name, dueOn]) => ({ itemNo: due.get(name)!.itemNo, dueOn })), reason } }, { staff });

  beforeAll(async () => {
    team = await createPlanningServer(everything);
    await team.platform.pg.query("insert into staff (staff_id, email, name) overriding system value values ($1, 'lin@shop.test', '林'), ($2, 'wang@shop.test', '王')", [lin, wang]);
    team.setTime(new Date('2026-04-20T04:00:00Z'));
    ({ body: { planNo } } = await team.ask(createPlan, { body: { name: '2026', startsOn: '2026-01-01' } }));
    const curve = [{ days: 0, score: '100' }, { days: 20, score: '0' }];
    const scored = async (name: string) => (await add('scorecard', { name, parts: [{ kind: 'progress', key: 'p', name: 'p', weight: '100', of: 'both', curve }] })).itemNo;
    templateNos = [await scored('专员'), await scored('兼任')];
    const owner = { staffId: lin, name: '林' };
    for (const name of ['上线', '清单', '转交', '不做', '删掉']) due.set(name, await add('task', { name, owner, to: '2026-05-05' }));
    due.set('评审', await add('milestone', { name: '评审', owner, due: '2026-05-08' }));
  });
  afterAll(() => team.close());

  it('count as they stood then, whether they are moved, cleared, given up, handed over or taken out', async () => {
    const cardNo = await open(lin);
    await edit('上线', { to: '2026-05-06' });
    // Before the days began nothing was promised yet.
    expect((await read(cardNo)).rows['上线']).toEqual({ dueOn: '2026-05-06', doneOn: null });
    await edit('上线', { to: '2026-05-05' });
    team.setTime(new Date('2026-05-15T04:00:00Z'));
    const before = await read(cardNo);
    expect([before.total, Object.keys(before.rows).sort()]).toEqual(['52.50', [...due.keys()].sort()]);
    await edit('上线', { to: '2026-06-20' });
    await edit('清单', { to: null });
    await edit('转交', { owner: { staffId: wang, name: '王' } });
    await edit('不做', { state: 'dropped' });
    await edit('评审', { due: '2026-05-20' });
    await team.ask(removeItem, { params: { planNo, itemNo: due.get('删掉')!.itemNo } }, asLin);
    const { total, rows } = await read(cardNo);
    expect(total).toBe(before.total);
    const gone = { dueOn: '2026-05-05', doneOn: null, moved: { from: '2026-05-05', to: null, agreedBy: null } };
    expect((await team.ask(listCards, { params: { planNo }, query: {} })).body.cards.map(({ moved }) => moved)).toEqual([6]);
    expect(rows).toEqual({ 评审: { dueOn: '2026-05-08', doneOn: null, moved: { from: '2026-05-08', to: '2026-05-20', agreedBy: null } }, 上线: { ...gone, moved: { ...gone.moved, to: '2026-06-20' } }, 清单: gone, 转交: gone, 不做: gone, 删掉: gone });
    // Whoever takes something over owes it from then on.
    expect((await read(await open(wang))).rows).toEqual({ 转交: { dueOn: '2026-05-05', doneOn: null } });
    const { body: { changes: [{ changeNo }] } } = await team.ask(listChanges, { params: { planNo }, query: {} });
    await team.ask(undoChange, { params: { planNo, changeNo } });
    expect((await read(cardNo)).rows['删掉']).toEqual({ dueOn: '2026-05-05', doneOn: null });
    // A card of later days asks for what stands when they begin.
    expect((await read(await open(lin, '2026-06'))).rows).toEqual({ 上线: { dueOn: '2026-06-20', doneOn: null } });
    // What is said to have been done earlier says when it was said.
    await edit('清单', { state: 'done', doneOn: '2026-05-04' });
    expect((await read(cardNo)).rows['清单']).toMatchObject({ doneOn: '2026-05-04', saidOn: '2026-05-15' });
    await edit('清单', { state: 'todo', doneOn: null });
  });

  it('count as they are now once a second person agrees, who neither owes nor moved them, and are frozen so', async () => {
    const cardNo = await open(lin, '2026-Q2', templateNos[1]);
    await edit('清单', { to: '2026-05-25' }, { staff: boss });
    const before = await read(cardNo);
    const codes = async (...asked: Parameters<typeof agree>) => (await agree(...asked)).code;
    expect(await codes(cardNo, [['评审', '2026-05-20']], lin)).toBe('planning.own_card');
    expect([await codes(cardNo, [['清单', '2026-05-25']], boss), await codes(cardNo, [['评审', '2026-05-21']]), await codes(cardNo, [['删掉', null]]), (await agree(cardNo, [['评审', '2026-05-20']], second, ' ')).status]).toEqual(['planning.own_move', 'planning.day_changed', 'planning.day_changed', 400]);
    // All of them or none.
    expect(await codes(cardNo, [['评审', '2026-05-20'], ['清单', '2026-05-25']], boss)).toBe('planning.own_move');
    expect((await read(cardNo)).rows).toEqual(before.rows);
    expect((await agree(cardNo, [['评审', '2026-05-20'], ['不做', null], ['清单', '2026-05-25']])).status).toBe(200);
    expect(await codes(cardNo, [['评审', '2026-05-20']])).toBe('planning.day_changed');
    const agreed = await read(cardNo);
    expect(agreed.version).toBe(before.version + 1);
    expect(agreed.rows).toMatchObject({ 评审: { dueOn: '2026-05-20', moved: { from: '2026-05-08', to: '2026-05-20', agreedBy: 'test staff' } }, 清单: { dueOn: '2026-05-25' }, 上线: { dueOn: '2026-05-05' } });
    expect(Object.keys(agreed.rows)).not.toContain('不做');
    team.setTime(new Date('2026-07-02T04:00:00Z'));
    await edit('评审', { due: '2026-07-20' });
    const last = await read(cardNo);
    expect(last.rows['评审']).toMatchObject({ dueOn: '2026-05-20', moved: { from: '2026-05-20', to: '2026-07-20', agreedBy: null } });
    expect((await team.ask(freezeCard, { params: { cardNo }, body: {} })).body).toEqual({ total: last.total });
    expect(await codes(cardNo, [['评审', '2026-07-20']])).toBe('planning.card_frozen');
    await edit('上线', { to: '2026-09-01' });
    expect([(await read(cardNo)).rows, (await team.ask(proveCard, { params: { cardNo } })).body]).toMatchObject([last.rows, { frozen: last.total, again: last.total, isSame: true }]);
    expect(await codes(999_999, [['评审', '2026-07-20']])).toBe('planning.card_not_found');
  });

  it('and what was said besides are as they stood, also where an earlier change is taken back after later ones', async () => {
    const on = (day: string) => team.setTime(new Date(`${day}T04:00:00Z`));
    on('2026-07-20');
    for (const name of ['撤回', '接手']) due.set(name, await add('task', { name, owner: { staffId: lin, name: '林' }, to: '2026-08-10' }));
    const undo: number[] = [];
    on('2026-08-03');
    for (const name of ['撤回', '接手']) {
      await edit(name, { to: '2026-08-20' });
      undo.push((await team.ask(listChanges, { params: { planNo }, query: {} })).body.changes[0].changeNo);
    }
    on('2026-08-04');
    await edit('撤回', { state: 'done', doneOn: '2026-08-04' });
    await edit('接手', { owner: { staffId: wang, name: '王' } });
    on('2026-08-06');
    for (const changeNo of undo) expect((await team.ask(undoChange, { params: { planNo, changeNo } })).status).toBe(200);
    expect((await read(await open(lin, '2026-08'))).rows).toEqual({ 撤回: { dueOn: '2026-08-10', doneOn: '2026-08-04' }, 接手: { dueOn: '2026-08-10', doneOn: null, moved: { from: '2026-08-10', to: null, agreedBy: null } } });
    expect((await read(await open(wang, '2026-08'))).rows).toEqual({ 接手: { dueOn: '2026-08-20', doneOn: null, moved: { from: '2026-08-20', to: '2026-08-10', agreedBy: null } } });
  });
});
