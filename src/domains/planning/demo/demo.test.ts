import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertCustomers } from '../../../../test/audience-people.ts';
import { beginCampaign } from '../../../../test/begun-campaign.ts';
import { insertLines, testLine } from '../../../../test/order-lines.ts';
import { createPlanningServer, type PlanningServer } from '../../../../test/planning-server.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import {
  type Item, type ItemBody, listBudgetEntries, listBudgetLines, listCards, readGoals, listItems, listPlans, listPrograms, moveItem, readBudget, readDirector, readProgress, listProjects, readStages,
} from '../contract.ts';
import { demoPeople, demoProjects } from './demo-work.ts';

const people = 200;
const now = new Date('2026-06-18T04:00:00Z');

describe('the plan of the demonstration brand', () => {
  let team: PlanningServer;
  let planNo: number;
  let items: Item[];
  const of = <K extends Item['kind']>(kind: K) => items.filter((item) => item.kind === kind) as unknown as (Omit<Item, 'body'> & { body: ItemBody<K> })[];
  beforeAll(async () => {
    team = await createPlanningServer('planning.read planning.edit planning.people planning.budget campaigns.read');
    const { pg, clickhouse } = team.platform;
    await pg.query("insert into customer (customer_no, created_at) select n, '2025-01-01' from generate_series(1, $1) n", [people]);
    await insertCustomers(clickhouse, Array.from({ length: people }, (_, i) => ({ customerNo: i + 1, createdAt: '2025-01-01T00:00:00.000Z' })));
    await insertLines(clickhouse, Array.from({ length: people }, (_, i) => testLine({ customerNo: i + 1, at: '2025-09-02T02:00:00.000Z', order: `${i}`, amount: 100 })));
    await beginCampaign(team, new Date('2026-05-01T02:00:00Z'), people, { name: '沉睡客户召回', costPerMessage: '0.5' });
    await inTransaction(pg, (client) => team.planning.addToDemo(client, { startMs: 0, endMs: now.getTime() }));
    const { body: { plans } } = await team.ask(listPlans, {});
    expect(plans).toMatchObject([{ startsOn: '2026-01-01', years: 5, isCurrent: true }]);
    ({ planNo } = plans[0]);
    ({ body: { items } } = await team.ask(listItems, { params: { planNo } }));
  });
  afterAll(() => team.close());

  it('could have been written by hand: whatever is in it is looked at as if it were new', async () => {
    for (const each of items.filter(({ kind }) => ['project', 'milestone', 'task', 'meeting', 'assignment', 'position_cost', 'program_place', 'goal'].includes(kind))) {
      const beside = items.filter(({ parentNo }) => parentNo === each.parentNo);
      const moved = await team.ask(moveItem, { params: { planNo, itemNo: each.itemNo }, body: { parentNo: each.parentNo, afterNo: beside[beside.indexOf(each) - 1]?.itemNo ?? null } });
      expect(moved.status, moved.text).toBe(200);
    }
  });

  it('has goals whose targets grow from what its own orders came to', async () => {
    const core = of('goal').find(({ body }) => body.level === 'core')!;
    expect(core.body).toMatchObject({ metric: { metric: 'salesPerBuyer' }, baseline: { from: 'registry', period: '2025' } });
    // A hundred a buyer in the last twelve months; two in a hundred more.
    expect(core.body.targets[0]).toEqual({ period: '2026', value: '102' });
    expect(core.body.targets.map(({ value }) => Number(value))).toEqual(core.body.targets.map(({ value }) => Number(value)).toSorted((a, b) => a - b));
    expect((await team.ask(readGoals, { params: { planNo }, query: { day: '2026-06-18' } })).status).toBe(200);
  });

  it('has a budget that was approved by a second person, with invoices of the months that are over and what campaigns spent', async () => {
    const { body: { rows } } = await team.ask(listBudgetLines, { params: { planNo }, query: { pageSize: 50 } });
    expect(rows.every(({ cap, openChangeNo }) => Number(cap) > 0 && openChangeNo === null)).toBe(true);
    const messages = rows.find(({ name }) => name === '短信与消息费')!;
    const { body: entries } = await team.ask(listBudgetEntries, { params: { planNo, lineNo: messages.lineNo } });
    // Of January to May, each at the beginning of the month after.
    expect(entries.rows.filter(({ kind }) => kind === 'spend').map(({ at }) => at.slice(0, 10))).toEqual(['2026-06-01', '2026-05-01', '2026-04-01', '2026-03-01', '2026-02-01']);
    const back = rows.find(({ name }) => name === '沉睡唤回（试点）')!;
    const { body: { programs } } = await team.ask(listPrograms, {});
    // Nothing was sent of it here, so that it cost nothing.
    expect([of('program_place').map(({ body }) => body), back.spent]).toEqual([[{ program: programs[0].key, lane: 'retention', stage: 'experiments', lineNos: [back.lineNo] }], '0']);
    const { body: budget } = await team.ask(readBudget, { params: { planNo } });
    expect([Number(budget.spent) > 0, Number(budget.spent) < Number(budget.planned), budget.waiting, budget.versionNo]).toEqual([true, true, 0, 1]);
  });

  it('has people, cards of theirs, and projects of which one has a task that is late', async () => {
    expect(of('assignment').map(({ body }) => body.person.name)).toEqual(Object.values(demoPeople).map(({ name }) => name));
    const { body: { cards } } = await team.ask(listCards, { params: { planNo }, query: { period: '2026' } });
    expect(cards.map(({ person }) => person.name).toSorted()).toEqual(Object.values(demoPeople).map(({ name }) => name).toSorted());
    expect([of('project').length, of('task').length, of('meeting').length]).toEqual([3, demoProjects.flatMap(({ tasks }) => tasks).length, 2]);
    const overdue = of('task').filter(({ body }) => body.state !== 'done' && body.to !== null && body.to < '2026-06-18');
    expect(overdue.map(({ body }) => body.name)).toEqual(['短信文案两版，送审']);
    expect(overdue[0].body.dependsOn).toEqual([of('task').find(({ body }) => body.name === '二购激励方案与成本测算')!.itemNo]);
  });

  it('shows something on every page', async () => {
    const { body: stages } = await team.ask(readStages, { params: { planNo } });
    expect([stages.planned, stages.warnings]).toEqual([['foundation'], []]);
    const { body: progress } = await team.ask(readProgress, { params: { planNo } });
    expect(progress.elements.map(({ element, share }) => [element, share > 0.6])).toEqual(progress.elements.map(({ element }) => [element, true]));
    expect((await team.ask(readDirector, { params: { planNo } })).status).toBe(200);
    expect((await team.ask(listProjects, { params: { planNo } })).status).toBe(200);
  });
});
