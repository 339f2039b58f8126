import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPlanningServer, type PlanningServer } from '../../../../test/planning-server.ts';
import type { Actor } from '../../../kernel/actor.ts';
import { systemActor } from '../../../kernel/actor.ts';
import { addItem, createPlan, editItem, editPlan, type Item, listChanges, listItems, listPlans, moveItem, removeItem, undoChange } from '../contract.ts';
import { createItems, type Items } from './items.ts';

const everything = 'planning.read planning.edit';
const [lin, wang]: Actor[] = ['林', '王'].map((name) => ({ ...systemActor, name }));
const need = (text: string) => ({ side: 'outside' as const, text, source: '' });

describe('what a plan is made of', () => {
  let team: PlanningServer;
  let items: Items;
  let planNo = 0;
  const begin = async (): Promise<number> => (await team.ask(createPlan, { body: { name: '2026', startsOn: '2026-01-01' } })).body.planNo;
  const texts = async (): Promise<unknown[]> => (await items.list(planNo, null)).map(({ body }) => body.text);
  const add = (text: string, after: Item | null = null, by = lin) => items.add(planNo, { kind: 'need', parentNo: null, afterNo: after?.itemNo ?? null, body: need(text) }, by);
  beforeAll(async () => {
    team = await createPlanningServer(everything);
    items = createItems(team.platform);
  });
  afterAll(() => team.close());

  it('is of one current plan, the first until another is made so', async () => {
    const [first, second] = [await begin(), await begin()];
    expect((await team.ask(listPlans)).body.plans.map((plan) => [plan.planNo, plan.isCurrent])).toEqual([[first, true], [second, false]]);
    expect((await team.ask(editPlan, { params: { planNo: second }, body: { isCurrent: true } })).body).toMatchObject({ planNo: second, isCurrent: true });
    expect((await team.ask(listPlans)).body.plans.map((plan) => [plan.planNo, plan.isCurrent])).toEqual([[second, true], [first, false]]);
    expect((await team.ask(editPlan, { params: { planNo: 999 }, body: { name: 'x' } })).code).toBe('planning.plan_not_found');
    planNo = second;
  });

  it('stands in the order it is put in, however often something is put between the same two', async () => {
    planNo = await begin();
    const [a, z] = [await add('a'), await add('z')];
    expect(await texts()).toEqual(['z', 'a']);
    await items.move(planNo, a.itemNo, { parentNo: null, afterNo: null }, lin);
    for (let n = 0; n < 60; n++) await add(String(n), a);
    expect(await texts()).toEqual(['a', ...Array.from({ length: 60 }, (_, n) => String(59 - n)), 'z']);
    expect((await team.ask(moveItem, { params: { planNo, itemNo: z.itemNo }, body: { parentNo: null, afterNo: 999_999 } })).code).toBe('planning.item_not_found');
    expect((await team.ask(moveItem, { params: { planNo, itemNo: z.itemNo }, body: { parentNo: a.itemNo, afterNo: null } })).code).toBe('planning.wrong_parent');
  });

  it('takes what two people changed of one thing, and of the same field the first, and says who it was', async () => {
    planNo = await begin();
    const { itemNo, version } = await add('会员太少');
    await items.edit(planNo, itemNo, { version, changes: { text: '会员复购低' } }, wang);
    expect(await items.edit(planNo, itemNo, { version, changes: { source: '客服记录' } }, lin)).toMatchObject({ version: 3, body: { text: '会员复购低', source: '客服记录' } });
    const late = await team.ask(editItem, { params: { planNo, itemNo }, body: { version, changes: { text: '会员太贵' } } }, { locale: 'zh-CN' });
    expect([late.status, late.code, late.text]).toEqual([409, 'planning.changed_meanwhile', expect.stringContaining('王')]);
    expect((await team.ask(editItem, { params: { planNo, itemNo }, body: { version, changes: { text: '会员复购低' } } })).status).toBe(200);
    expect((await team.ask(editItem, { params: { planNo, itemNo }, body: { version: 99, changes: { text: 'x' } } })).code).toBe('planning.changed_meanwhile');
    const refused = await team.ask(editItem, { params: { planNo, itemNo }, body: { version: 3, changes: { side: 'above', unknown: 1 } } });
    expect([refused.status, refused.code]).toEqual([422, 'planning.item_refused']);
  });

  it('shows others what changed since, and each change can be taken back until somebody changes the same', async () => {
    planNo = await begin();
    const item = await add('一');
    await items.edit(planNo, item.itemNo, { version: 1, changes: { text: '二' } }, wang);
    await items.edit(planNo, item.itemNo, { version: 2, changes: { source: '问卷' } }, wang);
    expect((await team.ask(listChanges, { params: { planNo }, query: { after: 1 } })).body.changes.map(({ kind, fields, name, by }) => [kind, fields, name, by])).toEqual([['edit', ['text'], '二', '王'], ['edit', ['source'], '二', '王']]);
    expect((await team.ask(undoChange, { params: { planNo, changeNo: 2 } })).body).toEqual({ changeNo: 4 });
    expect((await items.list(planNo, null))[0].body).toEqual({ side: 'outside', text: '一', source: '问卷' });
    expect((await team.ask(undoChange, { params: { planNo, changeNo: 2 } })).code).toBe('planning.undo_too_late');
    await items.undo(planNo, 4, lin);
    expect(await texts()).toEqual(['二']);
    const { body: { changeNo } } = await team.ask(removeItem, { params: { planNo, itemNo: item.itemNo } });
    expect([await texts(), (await team.ask(removeItem, { params: { planNo, itemNo: item.itemNo } })).code]).toEqual([[], 'planning.item_not_found']);
    await items.undo(planNo, changeNo, lin);
    expect((await team.ask(listItems, { params: { planNo }, query: { kinds: 'need' } })).body).toMatchObject({ items: [{ itemNo: item.itemNo, changedBy: '林' }], changeNo: 7 });
  });

  it('takes nothing back to a place that is gone: under what was taken out since, or under what stands beneath it by now', async () => {
    planNo = await begin();
    const goal = (name: string, parentNo: number | null = null) => items.add(planNo, { kind: 'goal', parentNo, afterNo: null, body: { name, level: 'process' } }, lin);
    const undo = async (changeNo: number) => (await team.ask(undoChange, { params: { planNo, changeNo } })).code;
    const [top, other] = [await goal('增长'), await goal('复购')];
    const child = await goal('拉新', top.itemNo);
    await items.move(planNo, child.itemNo, { parentNo: other.itemNo, afterNo: null }, lin);
    const removed = await items.remove(planNo, child.itemNo, wang);
    await items.remove(planNo, other.itemNo, wang);
    expect(await undo(removed)).toBe('planning.undo_without_place');
    await items.undo(planNo, removed + 1, lin);
    await items.undo(planNo, removed, lin);
    await items.move(planNo, top.itemNo, { parentNo: child.itemNo, afterNo: null }, lin);
    expect(await undo(removed - 1)).toBe('planning.undo_without_place');
    expect((await items.list(planNo, null)).map(({ itemNo, parentNo }) => [itemNo, parentNo])).toEqual([[other.itemNo, null], [child.itemNo, other.itemNo], [top.itemNo, child.itemNo]]);
  });

  it('is refused, and nothing of it kept, where its kind demands more than its shape', async () => {
    planNo = await begin();
    const strict = createItems(team.platform);
    strict.registerCheck('need', async ({ body }, client, no) => {
      const { rows: [{ same }] } = await client.query<{ same: number }>("select count(*)::int as same from plan_item where plan_no = $1 and removed_at is null and body ->> 'text' = $2", [no, body.text]);
      return same > 1 ? [{ path: 'body.text', code: 'said_before' }] : [];
    });
    const said = { kind: 'need' as const, parentNo: null, afterNo: null, body: need('一') };
    const first = await strict.add(planNo, said, lin);
    await expect(strict.add(planNo, said, wang)).rejects.toMatchObject({ code: 'planning.item_refused', status: 422, fields: [{ path: 'body.text', code: 'said_before' }] });
    const other = await strict.add(planNo, { ...said, body: need('二') }, wang);
    await expect(strict.edit(planNo, other.itemNo, { version: 1, changes: { text: '一' } }, wang)).rejects.toMatchObject({ code: 'planning.item_refused' });
    expect([await texts(), (await items.changes(planNo, 0)).length]).toEqual([['二', '一'], 2]);
    await strict.remove(planNo, first.itemNo, lin);
    await strict.add(planNo, said, wang);
    await expect(strict.undo(planNo, 3, lin)).rejects.toMatchObject({ code: 'planning.item_refused' });
    expect(await texts()).toEqual(['一', '二']);
  });

  it('is as it was at any time, when everything since is taken back in its order', async () => {
    const step = fc.record({ what: fc.constantFrom('add', 'edit', 'move', 'remove'), which: fc.nat(), to: fc.nat(), by: fc.constantFrom(lin, wang) });
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
      planNo = await begin();
      const [a, b] = [await add('a'), await add('b')];
      const before = await texts();
      for (const { what, which, to, by } of steps) {
        const all = await items.list(planNo, null);
        const pick = (n: number): Item | null => (all.length === 0 ? null : all[n % all.length]);
        const item = pick(which);
        if (what === 'add' || !item) await add(`n${to}`, pick(to), by);
        else if (what === 'edit') await items.edit(planNo, item.itemNo, { version: item.version, changes: { text: `e${to}` } }, by);
        else if (what === 'move') await items.move(planNo, item.itemNo, { parentNo: null, afterNo: pick(to)?.itemNo ?? null }, by);
        else await items.remove(planNo, item.itemNo, by);
      }
      const done = await items.changes(planNo, 2);
      for (const { changeNo } of done.toReversed()) await items.undo(planNo, changeNo, lin);
      expect(await texts()).toEqual(before);
      expect((await items.list(planNo, null)).map((item) => item.itemNo).sort()).toEqual([a.itemNo, b.itemNo].sort());
    }), { numRuns: 25 });
  });

  it('loses nothing of many who add and edit at once', async () => {
    planNo = await begin();
    const item = await add('x');
    const edits = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => items.edit(planNo, item.itemNo, { version: 1, changes: { text: `x${n}` } }, lin)));
    expect(edits.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await Promise.all(Array.from({ length: 20 }, (_, n) => add(`y${n}`, item)));
    expect((await items.list(planNo, null)).length).toBe(21);
    expect((await items.changes(planNo, 0)).map(({ changeNo }) => changeNo)).toEqual(Array.from({ length: 22 }, (_, n) => n + 1));
    expect((await team.ask(addItem, { params: { planNo: 999 }, body: { kind: 'need', parentNo: null, afterNo: null, body: need('z') } })).code).toBe('planning.plan_not_found');
  });
});
