import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { budgetPlan } from '../../../../../test/budget-plan.ts';
import { createPlanningServer, type PlanningServer } from '../../../../../test/planning-server.ts';
import { createSay } from '../../../../platform/i18n.ts';
import { addItem, addPeopleBudget, askBudgetChange, changeBudgetLine, editItem, type Item, listBudgetEntries, readBudget, readStaffing, removeItem } from '../../contract.ts';
import { createItems } from '../../items/items.ts';
import { createBudgetBook } from '../book.ts';
import { followPositions } from './people-line.ts';

const everything = 'planning.read planning.edit planning.budget planning.approve planning.people';

describe('what people cost, in the budget', () => {
  let team: PlanningServer;
  let plan: Awaited<ReturnType<typeof budgetPlan>>;
  let follow: () => Promise<number>;
  beforeAll(async () => {
    team = await createPlanningServer(everything);
    team.setTime(new Date('2026-06-18T04:00:00Z'));
    plan = await budgetPlan(team);
    const doors = { platform: team.platform, items: createItems(team.platform), say: createSay() };
    const book = createBudgetBook(team.platform);
    follow = () => followPositions(doors, book);
  });
  afterAll(() => team.close());

  const put = async (kind: Item['kind'], body: object, parentNo: number | null = null): Promise<Item> => {
    const { status, body: item, text } = await team.ask(addItem, { params: { planNo: plan.planNo }, body: { kind, parentNo, afterNo: null, body: { ...body } } });
    expect(status, text).toBe(201);
    return item;
  };
  const addPeople = (year: number, permissions = everything) => team.ask(addPeopleBudget, { params: { planNo: plan.planNo }, body: { year } }, { permissions });

  it('is taken from positions, approved by a second person, spent month by month, and follows what the plan says', async () => {
    const clerk = await put('position', { name: '专员', opens: '2026-03-01', headcount: 2 });
    const cost = await put('position_cost', { from: '2026-01-01', monthly: '10000.5', source: '人事部' }, clerk.itemNo);
    const assign = (name: string, from: string, sharePercent = 100) => put('assignment', { person: { staffId: null, name }, from, sharePercent }, clerk.itemNo);
    const first = await assign('林', '2026-03-01');
    await assign('周', '2026-04-16', 60);
    const blind = await addPeople(2026, everything.replace(' planning.people', ''));
    expect([blind.status, blind.code]).toEqual([403, 'planning.kind_forbidden']);
    const { body: { lineNo, openChangeNo }, status } = await addPeople(2026);
    expect(status).toBe(201);
    // Nothing is spent of what nobody approved.
    expect([await follow(), (await plan.read(lineNo)).line]).toMatchObject([0, { cap: '0', spent: '0', isFromPositions: true, overCap: 'stop' }]);
    await plan.decide([openChangeNo!]);
    // Ten months of two heads; March, April and May are over. Of April the second of them was there for half, at 60 %.
    expect((await plan.read(lineNo)).line).toMatchObject({ cap: '200010', overCap: 'warn' });
    expect([await follow(), await follow()]).toEqual([1, 0]);
    const { rows } = (await team.ask(listBudgetEntries, { params: { planNo: plan.planNo, lineNo } })).body;
    expect(rows.filter(({ kind }) => kind === 'spend').map(({ amount, note, at }) => [amount, note, at])).toEqual(
      [['16000.8', '2026-05', '2026-05-31T15:59:59.999Z'], ['13000.65', '2026-04', '2026-04-30T15:59:59.999Z'], ['10000.5', '2026-03', '2026-03-31T15:59:59.999Z']]);
    // What is spent is what the page of positions says that those who were there cost.
    const { months } = (await team.ask(readStaffing, { params: { planNo: plan.planNo } })).body;
    expect(months.slice(2, 5).map(({ heads, filled, cost, filledCost }) => [heads, filled, cost, filledCost])).toEqual([['2', '1', '20001', '10000.5'], ['2', '1.3', '20001', '13000.65'], ['2', '1.6', '20001', '16000.8']]);
    const { body } = await team.ask(readBudget, { params: { planNo: plan.planNo }, query: { year: 2026 } });
    expect([body.hasPeopleLine, body.groups.month.filter(({ spent }) => spent !== '0').map(({ key }) => key)]).toEqual([true, ['2026-03', '2026-04', '2026-05']]);

    // Why less is spent than planned: heads that nobody filled.
    expect(body.vacant).toEqual({ heads: '2', filled: '1.6', amount: '21001.05', isNobody: false });
    expect((await plan.read(lineNo)).vacant).toEqual(body.vacant);
    // What is planned lies in the months in which the positions cost it, and it is known what is to come.
    expect(body.groups.month.map(({ planned }) => planned)).toEqual(['0', '0', ...Array.from({ length: 10 }, () => '20001')]);
    expect((await plan.read(lineNo)).line.forecast).toBe('179008.95');

    // It is told only now that the first left in the middle of May: the month is put right, once.
    const left = await team.ask(editItem, { params: { planNo: plan.planNo, itemNo: first.itemNo }, body: { version: first.version, changes: { to: '2026-05-15' } } });
    expect([left.status, await follow(), await follow()]).toEqual([200, 1, 0]);
    expect((await plan.read(lineNo)).line).toMatchObject({ spent: '33840.4016', committed: '0', reserved: '0' });
    expect((await team.ask(readBudget, { params: { planNo: plan.planNo }, query: { year: 2026 } })).body.groups.month[4]).toMatchObject({ key: '2026-05', spent: '10839.2516' });
    await team.ask(editItem, { params: { planNo: plan.planNo, itemNo: first.itemNo }, body: { version: left.body.version, changes: { to: null } } });
    expect([await follow(), await follow(), (await plan.read(lineNo)).line.spent]).toEqual([1, 0, '39001.95']);

    // One head more waits for a second person; that it is one less again needs nobody, and takes the wish back.
    const more = await team.ask(editItem, { params: { planNo: plan.planNo, itemNo: clerk.itemNo }, body: { version: clerk.version, changes: { headcount: 3 } } });
    expect(await follow()).toBe(1);
    expect((await plan.read(lineNo)).line).toMatchObject({ cap: '200010', openChangeNo: expect.any(Number) });
    // Who raised the heads is not the second person, though nobody asked by hand.
    const own = await plan.decide([(await plan.read(lineNo)).line.openChangeNo!], true, { permissions: everything });
    expect([own.status, own.code]).toEqual([403, 'planning.budget_same_person_people']);
    // It is told by the account, whatever anybody is called: what was changed before accounts were kept is told by name.
    const decideAs = async (staff: number) => (await plan.decide([(await plan.read(lineNo)).line.openChangeNo!], true, { staff })).code;
    const { pg } = team.platform;
    await pg.query("update plan_change set by_name = 'somebody' where plan_no = $1", [plan.planNo]);
    expect(await decideAs(1)).toBe('planning.budget_same_person_people');
    await pg.query('update plan_change set by_name = $2, by_actor = null where plan_no = $1', [plan.planNo, 'test staff']);
    expect([await decideAs(1), await decideAs(2)]).toEqual(['planning.budget_same_person_people', 'planning.budget_same_person_people']);
    await pg.query("update plan_change set by_actor = 'staff 1' where plan_no = $1", [plan.planNo]);
    // Whoever says no is not asked the same again.
    expect((await plan.decide([(await plan.read(lineNo)).line.openChangeNo!], false)).status).toBe(200);
    expect([await follow(), (await plan.read(lineNo)).line.openChangeNo]).toEqual([0, null]);
    const most = await team.ask(editItem, { params: { planNo: plan.planNo, itemNo: clerk.itemNo }, body: { version: more.body.version, changes: { headcount: 4 } } });
    expect([await follow(), (await plan.read(lineNo)).line.openChangeNo]).toEqual([1, expect.any(Number)]);
    // Who only has the same name is another person.
    expect((await plan.decide([(await plan.read(lineNo)).line.openChangeNo!])).status).toBe(200);
    await team.ask(editItem, { params: { planNo: plan.planNo, itemNo: clerk.itemNo }, body: { version: most.body.version, changes: { headcount: 1 } } });
    expect([await follow(), await follow()]).toEqual([1, 0]);
    expect((await plan.read(lineNo)).line).toMatchObject({ cap: '100005', openChangeNo: null, spent: '39001.95' });
    expect((await team.ask(removeItem, { params: { planNo: plan.planNo, itemNo: cost.itemNo } })).status).toBe(200);
    expect(await follow()).toBe(1);
    expect((await plan.read(lineNo)).line).toMatchObject({ cap: '0', free: '-39001.95' });
  });

  it('may count twice where another line says it too, which is told by its name', async () => {
    const budget = async () => (await team.ask(readBudget, { params: { planNo: plan.planNo }, query: { year: 2026 } })).body.otherPeopleLines;
    expect(await budget()).toEqual([]);
    await plan.line({ name: '团队人力', purpose: 'people', cap: '1' });
    await plan.line({ name: '短信', purpose: 'messages', cap: '1' });
    expect(await budget()).toEqual(['团队人力']);
    const { body: { otherPeopleLines } } = await team.ask(readBudget, { params: { planNo: plan.planNo }, query: { year: 2026 } }, { permissions: 'planning.read' });
    expect(otherPeopleLines).toEqual([]);
  });

  it('is not said by hand, nor twice for a year, nor for a year that is not of the plan', async () => {
    expect((await addPeople(2026)).code).toBe('planning.budget_people_there');
    expect((await addPeople(2050)).code).toBe('planning.budget_year_outside');
    const { body: next } = await addPeople(2027);
    const params = { planNo: plan.planNo, lineNo: next.lineNo };
    await plan.decide([next.openChangeNo!]);
    expect((await team.ask(askBudgetChange, { params, body: { cap: '1', overCap: 'stop', reason: 'x' } })).code).toBe('planning.budget_by_positions');
    const { name, purpose, fromMonth, untilMonth } = next;
    expect((await team.ask(changeBudgetLine, { params, body: { name, purpose, fromMonth, untilMonth, version: next.version + 1 } })).code).toBe('planning.budget_by_positions');
  });
});
