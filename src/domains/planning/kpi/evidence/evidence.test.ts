import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPlanningServer, type PlanningServer } from '../../../../../test/planning-server.ts';
import { type Actor, systemActor } from '../../../../kernel/actor.ts';
import { createDocuments } from '../../document/write/documents.ts';
import { createFigures } from '../../figures/figures.ts';
import { createItems, type Items } from '../../items/items.ts';
import { createPrograms } from '../../programs/programs.ts';
import { createSay } from '../../../../platform/i18n.ts';
import { type CardPart, createPlan, permissions as allPermissions, workKinds } from '../../contract.ts';
import type { CardRow, MarkRow } from '../cards/store.ts';
import { cardsOf } from '../cards/read-cards.ts';
import { scoreLines } from '../rules/score-line.ts';
import { gatherEvidence } from './gather.ts';
import { readPlanRows } from './plan-rows.ts';
import { countWork, workActions } from './work.ts';

const [lin, wang] = [{ staffId: 1, name: '林' }, { staffId: 2, name: '王' }];
const outside = { staffId: null, name: '外包' };
const actor: Actor = { ...systemActor, name: '林' };
const zone = 'Asia/Shanghai';

describe('what a card stands on in the plan itself', () => {
  let team: PlanningServer;
  let items: Items;
  let planNo = 0;
  const add = (kind: 'milestone' | 'task' | 'meeting', body: object) => items.add(planNo, { kind, parentNo: null, afterNo: null, body: { ...body } }, actor);
  beforeAll(async () => {
    team = await createPlanningServer(allPermissions.join(' '));
    items = createItems(team.platform);
    ({ body: { planNo } } = await team.ask(createPlan, { body: { name: '2026', startsOn: '2026-01-01' } }));
    await add('milestone', { name: '系统上线', owner: lin, due: '2026-03-10', doneOn: '2026-03-08' });
    await add('milestone', { name: '外包交付', owner: outside, due: '2026-03-20' });
    await add('task', { name: '整理标签', owner: lin, to: '2026-03-15', state: 'done', doneOn: '2026-03-20' });
    await add('task', { name: '没有期限', owner: lin, state: 'done', doneOn: '2026-03-31' });
    await add('task', { name: '四月的事', owner: lin, to: '2026-04-02' });
    await add('task', { name: '不做了', owner: lin, to: '2026-03-12', state: 'dropped' });
    await add('task', { name: '王的事', owner: wang, to: '2026-03-12', state: 'done', doneOn: '2026-04-01' });
    // The last hour of March in Shanghai, which is still the afternoon in UTC; and the first of April.
    await add('meeting', { name: '月会', at: '2026-03-31T15:30:00.000Z', state: 'held', participants: [lin, wang] });
    await add('meeting', { name: '四月会', at: '2026-03-31T16:00:00.000Z', state: 'held', participants: [lin] });
    await add('meeting', { name: '取消的会', at: '2026-03-02T02:00:00.000Z', state: 'cancelled', participants: [lin] });
  });
  afterAll(() => team.close());

  const march = { from: '2026-03-01', until: '2026-03-31' };

  it('leaves out what was dropped and what was not held', async () => {
    const { tasks, meetings } = await readPlanRows(items, planNo);
    expect([tasks.length, meetings.length]).toEqual([4, 2]);
  });

  it('counts tasks on the day they were done and meetings in the brand’s days', async () => {
    const plan = await readPlanRows(items, planNo);
    const count = async (staffId: number, work: 'tasks' | 'meetings', days = march): Promise<number> => (await countWork(team.platform.pg, [{ staffId, work, ...days }], plan, zone))[0].count;
    expect([await count(1, 'tasks'), await count(2, 'tasks'), await count(1, 'meetings'), await count(2, 'meetings'), await count(3, 'meetings')]).toEqual([2, 0, 1, 1, 0]);
    expect(await count(1, 'meetings', { from: '2026-04-01', until: '2026-04-01' })).toBe(1);
  });

  it('knows each kind of work either from the audit log or from the plan', () => {
    const logged = workKinds.filter((kind) => workActions[kind].length > 0);
    expect(workKinds.filter((kind) => !logged.includes(kind))).toEqual(['tasks', 'meetings']);
    const actions = logged.flatMap((kind) => workActions[kind]);
    expect(new Set(actions).size).toBe(actions.length);
  });

  const parts: CardPart[] = [
    { kind: 'outcome', key: 'o', name: 'o', weight: '25', metric: { metric: 'sales', filter: null }, better: { is: 'higher', target: '2', floor: '0', most: '100' } },
    { kind: 'process', key: 'w', name: 'w', weight: '25', work: 'tasks', better: { is: 'higher', target: '2', floor: '0', most: '100' } },
    { kind: 'progress', key: 'p', name: 'p', weight: '25', of: 'both', curve: [{ days: 0, score: '100' }, { days: 10, score: '0' }] },
    { kind: 'subjective', key: 's', name: 's', weight: '25', criteria: '' },
  ];
  const card = (cardNo: number, person: typeof lin | typeof outside, more: Partial<CardRow> = {}): CardRow =>
    ({ cardNo, planNo, period: '2026-03', ...march, staffId: person.staffId, personName: person.name, team: '', position: '', parts, shift: null, version: 1, ...more });
  const marks: MarkRow[] = [
    { cardNo: 1, key: 's', kind: 'superior', score: '80.00', reason: '好', by: '周', at: new Date('2026-04-01') },
    { cardNo: 2, key: 's', kind: 'self', score: '100.00', reason: '我', by: '王', at: new Date('2026-04-01') },
  ];
  const doors = () => ({ ...team, say: createSay(), items, documents: createDocuments(), figures: createFigures(team.platform, team.insights), programs: createPrograms(team) });
  const gather = async (cards: CardRow[]) => gatherEvidence(doors(), cards, marks);

  it('that is not counted yet leaves a list of cards without a total, not with a wrong one, until it is', async () => {
    const { rows: [{ cardNo }] } = await team.platform.pg.query<{ cardNo: number }>(
      `insert into kpi_card (plan_no, template_no, period, from_day, until_day, staff_id, person_name, team, position_name, parts, opened_by, opened_at)
        select $1, (select min(item_no) from plan_item), '2026-03', $2, $3, $4, $5, '', '', $6, 'x', now() returning card_no as "cardNo"`, [planNo, march.from, march.until, lin.staffId, lin.name, JSON.stringify(parts)]);
    const slow = doors();
    const shown = async (waitMs: number) => (await cardsOf(slow, planNo, '2026-03', systemActor, waitMs)).cards.find((each) => each.cardNo === cardNo);
    expect(await shown(0)).toMatchObject({ isPending: true, total: null });
    await expect.poll(() => shown(0)).toMatchObject({ isPending: false, total: expect.stringMatching(/^\d+\.\d\d$/) });
    await team.platform.pg.query('delete from kpi_card where card_no = $1', [cardNo]);
  });

  it('is gathered for many cards at once, each with its own', async () => {
    const found = await gather([card(1, lin), card(2, wang), card(3, outside)]);
    const rows = (cardNo: number, key: string) => found.get(cardNo)!.find(({ part }) => part.key === key)!.evidence;
    expect(rows(1, 'p')).toMatchObject({ kind: 'progress', rows: [{ name: '系统上线', dueOn: '2026-03-10', doneOn: '2026-03-08' }, { name: '整理标签', doneOn: '2026-03-20' }], asOf: '2026-04-01' });
    expect(rows(2, 'p')).toMatchObject({ rows: [{ name: '王的事', doneOn: '2026-04-01' }] });
    // Who has no account is known by name in the plan, and unknown to the log.
    expect(rows(3, 'p')).toMatchObject({ rows: [{ name: '外包交付', doneOn: null }] });
    expect([rows(1, 'w'), rows(3, 'w')]).toMatchObject([{ state: 'known', count: 2 }, { state: 'no_account', count: 0 }]);
    expect([rows(1, 's'), rows(2, 's')]).toMatchObject([{ superior: { score: '80.00', by: '周' }, self: null }, { superior: null, self: { score: '100.00' } }]);
    expect(rows(1, 'o')).toMatchObject({ kind: 'outcome', state: 'no_data', value: null, label: '销售额', from: '2026-03-01', until: '2026-03-31' });
  });

  it('counts as late what was due on the last of its days and was not done in them', async () => {
    const [done, open, later] = [{ doneOn: '2026-03-31' }, { doneOn: null }, { doneOn: '2026-06-01' }];
    const ofQuarter = async (name: string, { doneOn }: { doneOn: string | null }): Promise<string | null> => {
      await add('milestone', { name, owner: { staffId: null, name }, due: '2026-03-31', doneOn });
      const [, kept] = [...(await gather([card(9, { staffId: null, name } as typeof outside)]))][0];
      return scoreLines(kept).lines.find(({ key }) => key === 'p')!.score;
    };
    expect([await ofQuarter('按时', done), await ofQuarter('没做', open), await ofQuarter('六月才做', later)]).toEqual(['100.00', '90.00', '90.00']);
  });

  it('of days that are to come is not there: nobody has done nothing in them', async () => {
    const [, kept] = [...(await gather([card(5, lin, { period: '2026-12', from: '2026-12-01', until: '2026-12-31' })]))][0];
    expect([kept.find(({ part }) => part.key === 'w')!.evidence, scoreLines(kept).total]).toMatchObject([{ kind: 'process', state: 'not_begun' }, null]);
  });

  it('of days under way is looked at as of today', async () => {
    const found = await gather([card(1, lin, { period: '2026', from: '2026-01-01', until: '2026-12-31' })]);
    expect(found.get(1)!.find(({ part }) => part.key === 'p')!.evidence).toMatchObject({ asOf: '2026-06-18' });
  });
});
