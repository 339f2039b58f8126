import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertCustomers } from '../../../../test/audience-people.ts';
import { insertLines, testLine } from '../../../../test/order-lines.ts';
import { createPlanningServer, type PlanningServer } from '../../../../test/planning-server.ts';
import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import { systemActor } from '../../../kernel/actor.ts';
import { addItem, createPlan, editItem, type Item, readEvidence, removeItem } from '../contract.ts';
import { monthsUntil } from './evidence.ts';

describe('reasons of a plan', () => {
  let team: PlanningServer;
  let planNo = 0;
  const put = (kind: Item['kind'], body: object) => team.ask(addItem, { params: { planNo }, body: { kind, parentNo: null, afterNo: null, body: { ...body } } });
  const added = async (kind: Item['kind'], body: object): Promise<Item> => {
    const { status, body: item, text } = await put(kind, body);
    expect(status, text).toBe(201);
    return item;
  };
  const evidence = async (locale = 'en') => (await team.ask(readEvidence, { params: { planNo } }, { locale })).body.notes;
  beforeAll(async () => {
    team = await createPlanningServer('planning.read planning.edit');
    planNo = (await team.ask(createPlan, { body: { name: '2026', startsOn: '2026-01-01' } })).body.planNo;
  });
  afterAll(() => team.close());

  it('hold strategies that name notes of their own two sides, of the same plan', async () => {
    const [strength, threat] = [await added('swot_note', { quadrant: 'strength', text: '复购品类 🍵', weight: 5 }), await added('swot_note', { quadrant: 'threat', text: '流量变贵' })];
    expect(threat.body).toMatchObject({ weight: 3, evidence: [] });
    const { body: other } = await team.ask(createPlan, { body: { name: 'other', startsOn: '2026-01-01' } });
    const { body: stranger } = await team.ask(addItem, { params: other, body: { kind: 'swot_note', parentNo: null, afterNo: null, body: { quadrant: 'strength', text: 'x' } } });
    expect((await put('strategy', { kind: 'so', text: '以会员承接', noteNos: [stranger.itemNo] })).code).toBe('planning.not_of_plan');
    expect((await put('strategy', { kind: 'wo', text: '以会员承接', noteNos: [threat.itemNo] })).code).toBe('planning.strategy_of_other_sides');
    const strategy = await added('strategy', { kind: 'st', text: '以会员承接', noteNos: [strength.itemNo, threat.itemNo] });
    // The note goes to another side: the strategy stands, and can be changed still.
    await team.ask(editItem, { params: { planNo, itemNo: threat.itemNo }, body: { version: threat.version, changes: { quadrant: 'opportunity' } } });
    expect((await team.ask(editItem, { params: { planNo, itemNo: strategy.itemNo }, body: { version: 1, changes: { text: '以会员留住' } } })).status).toBe(200);
    await team.ask(removeItem, { params: { planNo, itemNo: strength.itemNo } });
    expect((await team.ask(editItem, { params: { planNo, itemNo: strategy.itemNo }, body: { version: 2, changes: { kind: 'so' } } })).status).toBe(200);
  });

  it('weigh from one to five, say the source of what was typed in, and come to one conclusion', async () => {
    for (const weight of [0, 6, 2.5]) expect((await put('swot_note', { quadrant: 'strength', text: 'x', weight })).code).toBe('planning.item_refused');
    expect((await put('swot_note', { quadrant: 'strength', text: 'x', evidence: [{ from: 'typed', text: '七成顾客愿意入会', source: ' ' }] })).code).toBe('planning.item_refused');
    const first = await added('conclusion', { why: '要有专人' });
    expect(await put('conclusion', { why: '再说一遍' })).toMatchObject({ status: 409, code: 'planning.concluded' });
    await team.ask(removeItem, { params: { planNo, itemNo: first.itemNo } });
    expect((await put('conclusion', { goal: '终身价值' })).status).toBe(201);
  });

  it('stand on live figures: a metric by month, an audience of this moment, what was typed in with its source', async () => {
    const { pg, clickhouse } = team.platform;
    await pg.query("insert into customer (customer_no, created_at) select n, '2026-01-01' from generate_series(1, 9) n");
    await insertCustomers(clickhouse, Array.from({ length: 9 }, (_, i) => ({ customerNo: i + 1 })));
    await insertLines(clickhouse, [testLine({ customerNo: 1, at: '2026-05-02T02:00:00.000Z', order: '1', amount: 40 }), testLine({ customerNo: 2, at: '2026-06-02T02:00:00.000Z', order: '2', amount: 2 })]);
    await pg.query('update fact_state set data_version = data_version + 1');
    const sentences = { 'zh-CN': '找回的', 'zh-TW': '找回的', en: 'Found' };
    const audienceId = await team.audiences.keepFound({ name: '沉睡会员', reason: '', people: Bitmap.of([1, 2, 3]), sentences }, systemActor);
    const { itemNo } = await added('swot_note', {
      quadrant: 'weakness', text: '老客沉睡',
      evidence: [{ from: 'metric', asked: { metric: 'sales' }, months: 2 }, { from: 'audience', audienceId }, { from: 'audience', audienceId: 999 }, { from: 'typed', text: '三成说忘了我们', source: '五月问卷，n=412' }, { from: 'metric', asked: { metric: 'profit' } }],
    });
    const [sales, people, gone, typed, unknown] = (await evidence('zh-CN')).find((note) => note.itemNo === itemNo)!.evidence;
    expect(sales).toMatchObject({ label: '销售额', state: 'known', value: '42', unit: 'money', period: { from: '2026-05-01', to: '2026-06-18' }, months: [{ month: '2026-05-01', value: '40' }, { month: '2026-06-01', value: '2' }] });
    expect(people).toMatchObject({ label: '沉睡会员', value: '3', unit: 'count', path: `/users/audiences/${audienceId}` });
    expect([gone.state, unknown.state]).toEqual(['gone', 'not_in_registry']);
    expect(typed).toMatchObject({ from: 'typed', label: '三成说忘了我们', source: '五月问卷，n=412', computedAt: null });
    expect((await team.ask(readEvidence, { params: { planNo: 99 } })).code).toBe('planning.plan_not_found');
    expect(monthsUntil('2026-02-28', 12)).toEqual({ from: '2025-03-01', to: '2026-02-28' });
  });
});
