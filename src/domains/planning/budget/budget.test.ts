import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSay } from '../../../platform/i18n.ts';
import { heldAmounts } from '../plans/held-amounts.ts';
import { budgetPlan, treasurer } from '../../../../test/budget-plan.ts';
import {
  createPlanningServer,
  type PlanningServer,
} from '../../../../test/planning-server.ts';
import {
  askBudgetChange,
  changeBudgetLine,
  closeBudgetLine,
  createBudgetLine,
  listBudgetChanges,
  listBudgetEntries,
  takeBackBudgetInvoice,
  listBudgetLines,
  listBudgetVersionChanges,
  listBudgetVersions,
  orderBudget,
  readBudget,
  readBudgetLine,
} from '../contract.ts';

const everything =
  'planning.read planning.edit planning.budget planning.approve planning.people';

describe('lines of the budget', () => {
  let team: PlanningServer;
  let plan: Awaited<ReturnType<typeof budgetPlan>>;
  beforeAll(async () => {
    team = await createPlanningServer(everything);
    plan = await budgetPlan(team);
  });
  afterAll(() => team.close());

  const ask = (
    lineNo: number,
    cap: string,
    overCap: 'stop' | 'warn' | 'ignore' = 'stop',
  ) =>
    team.ask(askBudgetChange, {
      params: { planNo: plan.planNo, lineNo },
      body: { cap, overCap, reason: '旺季' },
    });
  const waiting = async (as = {}) =>
    (
      await team.ask(
        listBudgetChanges,
        { params: { planNo: plan.planNo } },
        as,
      )
    ).body.rows;
  const versions = async () =>
    (
      await team.ask(listBudgetVersions, {
        params: { planNo: plan.planNo },
      })
    ).body.rows;

  it('spend nothing before a second person approved them, and never more than that one saw', async () => {
    const line = await plan.wished({ name: '短信 📱', cap: '100.25' });
    expect(line).toMatchObject({ cap: '0', free: '0', overCap: 'stop' });
    const early = await plan.order(line.lineNo, 'reserve', '1');
    expect([early.status, early.code]).toEqual([
      409,
      'planning.budget_over_cap',
    ]);
    const own = await plan.decide([line.openChangeNo!], true, { staff: 1 });
    expect([own.status, own.code]).toEqual([
      403,
      'planning.budget_same_person',
    ]);
    expect(await waiting()).toMatchObject([
      { lineName: '短信 📱', cap: '100.25', capBefore: '0', mayDecide: false },
    ]);
    expect(await waiting(treasurer)).toMatchObject([{ mayDecide: true }]);
    expect((await plan.decide([line.openChangeNo!])).body).toEqual({
      versionNo: 1,
    });
    expect((await plan.decide([line.openChangeNo!])).code).toBe(
      'planning.budget_change_not_found',
    );
    expect((await plan.order(line.lineNo, 'reserve', '100.25')).status).toBe(
      201,
    );
    expect((await plan.order(line.lineNo, 'reserve', '0.0001')).code).toBe(
      'planning.budget_over_cap',
    );
    expect(await versions()).toMatchObject([
      {
        versionNo: 1,
        total: '100.25',
        totalBefore: '0',
        changed: [{ name: '短信 📱', cap: '100.25', capBefore: null }],
      },
    ]);
  });

  it('are made stricter by one person, and looser by two: a higher cap, and a stop that becomes a warning', async () => {
    const lineNo = await plan.line({ cap: '100' });
    await plan.order(lineNo, 'commit', '40');
    expect((await ask(lineNo, '39')).code).toBe('planning.budget_below_held');
    expect((await ask(lineNo, '50')).body.isInForce).toBe(true);
    const { body: wish } = await ask(lineNo, '50', 'warn');
    expect(wish.isInForce).toBe(false);
    expect((await plan.read(lineNo)).line).toMatchObject({
      cap: '50',
      overCap: 'stop',
      openChangeNo: wish.changeNo,
    });
    expect((await ask(lineNo, '45')).code).toBe('planning.budget_change_open');
    const refused = await plan.decide([wish.changeNo], false);
    expect(refused.body).toEqual({ versionNo: null });
    expect((await plan.order(lineNo, 'commit', '11')).code).toBe(
      'planning.budget_over_cap',
    );
    const { body: again } = await ask(lineNo, '50', 'warn');
    await plan.decide([again.changeNo]);
    const over = await plan.order(lineNo, 'commit', '11');
    expect(over.body).toMatchObject({ isOver: true });
    expect((await plan.read(lineNo)).line).toMatchObject({
      free: '-1',
      overCap: 'warn',
    });
    // A line that is over its cap can stop from here on, and be raised by less than it is over.
    expect((await ask(lineNo, '50', 'stop')).body.isInForce).toBe(true);
    expect((await plan.read(lineNo)).line).toMatchObject({ free: '-1', overCap: 'stop' });
    expect((await plan.order(lineNo, 'commit', '0.1')).code).toBe('planning.budget_over_cap');
    expect((await ask(lineNo, '49')).code).toBe('planning.budget_below_held');
    const { body: raised } = await ask(lineNo, '50.5');
    expect((await plan.decide([raised.changeNo])).status).toBe(200);
    expect((await plan.read(lineNo)).line).toMatchObject({ cap: '50.5', free: '-0.5' });
  });

  it('are approved together or not at all', async () => {
    const [one, other] = [await plan.wished(), await plan.wished()];
    const both = await plan.decide([one.openChangeNo!, 999_999]);
    expect([both.status, both.code]).toEqual([
      404,
      'planning.budget_change_not_found',
    ]);
    expect((await plan.read(one.lineNo)).line.cap).toBe('0');
    const before = (await versions())[0].versionNo;
    await plan.decide([one.openChangeNo!, other.openChangeNo!]);
    expect((await versions())[0]).toMatchObject({
      versionNo: before + 1,
      changed: [{ cap: '100' }, { cap: '100' }],
    });
  });

  it('have names of their own, and say so when somebody else was quicker', async () => {
    const line = await plan.wished({ name: '礼品' });
    const shape = {
      name: '礼品',
      purpose: 'gifts' as const,
      fromMonth: '2026-01',
      untilMonth: '2026-12',
    };
    const twice = await team.ask(createBudgetLine, {
      params: { planNo: plan.planNo },
      body: { ...shape, cap: '1' },
    });
    expect([twice.status, twice.code]).toEqual([
      409,
      'planning.budget_name_taken',
    ]);
    const params = { planNo: plan.planNo, lineNo: line.lineNo };
    const change = (version: number, more: object) =>
      team.ask(changeBudgetLine, {
        params,
        body: { ...shape, version, ...more },
      });
    expect((await change(1, { lane: 'retention' })).body).toMatchObject({
      purpose: 'gifts',
      lane: 'retention',
      version: 2,
    });
    expect((await change(1, { channel: '门店' })).code).toBe(
      'planning.budget_line_changed',
    );
    expect((await change(2, { untilMonth: '2025-12' })).status).toBe(400);
    expect((await change(2, { fromMonth: '2026-13' })).status).toBe(400);
  });

  it('are closed when nothing is held of them, and what was spent stays', async () => {
    const lineNo = await plan.line({ name: '旧线' });
    const params = { planNo: plan.planNo, lineNo };
    await plan.order(lineNo, 'reserve', '10');
    expect((await team.ask(closeBudgetLine, { params, body: { reason: '停用' } })).code).toBe(
      'planning.budget_line_held',
    );
    await plan.invoice(lineNo, '4', { isLast: true });
    expect((await team.ask(closeBudgetLine, { params, body: { reason: ' ' } })).status).toBe(400);
    expect((await team.ask(closeBudgetLine, { params, body: { reason: '停用' } })).body).toMatchObject({
      isClosed: true,
      spent: '4',
      reserved: '0',
    });
    const { rows: told } = (await team.ask(listBudgetEntries, { params })).body;
    expect(told.map(({ kind, note }) => [kind, note])).toContainEqual(['close', '停用']);
    expect((await ask(lineNo, '500')).code).toBe('planning.budget_line_closed');
    expect((await plan.order(lineNo, 'reserve', '1')).status).toBe(404);
    expect((await plan.wished({ name: '旧线' })).lineNo).not.toBe(lineNo);
    const { body } = await team.ask(listBudgetLines, {
      params: { planNo: plan.planNo },
      query: { state: 'closed' },
    });
    expect(body.rows.map(({ name }) => name)).toEqual(['旧线']);
  });

  it('are drawn on by hand with a reason, once, and never beyond their cap', async () => {
    const lineNo = await plan.line({ cap: '50' });
    const twice = [await plan.order(lineNo, 'spend', '20.5', 'campaign:7', '现金'), await plan.order(lineNo, 'spend', '20.5', 'campaign:7', '现金')];
    expect(twice.map(({ status }) => status)).toEqual([201, 201]);
    expect((await plan.order(lineNo, 'spend', '29.51', 'campaign:7')).code).toBe('planning.budget_over_cap');
    expect((await plan.read(lineNo)).line).toMatchObject({ spent: '20.5', free: '29.5' });
    const { rows } = (await team.ask(listBudgetEntries, { params: { planNo: plan.planNo, lineNo } })).body;
    expect(rows.filter(({ kind }) => kind === 'spend')).toMatchObject([{ program: 'campaign:7', amount: '20.5', note: '手工' }]);
    const asReader = { permissions: 'planning.read planning.edit planning.approve planning.people' };
    const refused = await team.ask(orderBudget, { params: { planNo: plan.planNo, lineNo }, body: { key: 'x', program: 'campaign:7', kind: 'spend', amount: '1', reason: '手工' } }, asReader);
    expect(refused.status).toBe(403);
  });

  it('of any two versions are compared: who asked for what and why, what was closed, and nobody sees what people cost in it', async () => {
    const own = await budgetPlan(team);
    const compare = async (versionNo: number, since?: number, as: object = {}) => team.ask(listBudgetVersionChanges, { params: { planNo: own.planNo, versionNo }, query: { since } }, as);
    const [first, second] = [await own.line({ name: '甲', cap: '10.5' }), await own.line({ name: '乙', cap: '20' })];
    await own.line({ name: '编制', purpose: 'people', cap: '999' });
    const { body: { changeNo } } = await team.ask(askBudgetChange, { params: { planNo: own.planNo, lineNo: first }, body: { cap: '30', overCap: 'warn', reason: '大促加投' } });
    await team.ask(closeBudgetLine, { params: { planNo: own.planNo, lineNo: second }, body: { reason: '停用' } });
    await own.decide([changeNo]);
    expect((await compare(4)).body.rows).toEqual([
      { lineNo: second, name: '乙', cap: null, capBefore: '20', overCap: null, overCapBefore: 'stop', askedBy: '', reason: '' },
      { lineNo: first, name: '甲', cap: '30', capBefore: '10.5', overCap: 'warn', overCapBefore: 'stop', askedBy: expect.any(String), reason: '大促加投' },
    ]);
    expect((await compare(4, 0)).body.rows.map(({ name, capBefore }) => [name, capBefore])).toEqual([['编制', null], ['甲', null]]);
    const blind = await compare(4, 0, { permissions: everything.replace(' planning.people', '') });
    expect([blind.body.total, blind.text.includes('编制')]).toEqual([1, false]);
    const unknown = await Promise.all([compare(5), compare(4, 4), compare(3, 9)]);
    expect(unknown.map(({ status, code }) => [status, code])).toEqual(Array(3).fill([404, 'planning.budget_version_not_found']));
  });

  it('take an invoice once, in the brand’s money, and give back what is left of it', async () => {
    const lineNo = await plan.line({ cap: '1000' });
    await plan.order(lineNo, 'reserve', '300');
    await plan.order(lineNo, 'commit', '120.5');
    const dollars = await plan.invoice(lineNo, '10', { currency: 'USD' });
    expect([dollars.status, dollars.code]).toEqual([
      422,
      'planning.budget_other_currency',
    ]);
    const twice = await Promise.all([1, 2, 3].map(() => plan.invoice(lineNo, '110.25', { number: '甲' })));
    expect(twice.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect((await plan.invoice(lineNo, '110.25', { number: '甲' })).code).toBe(
      'planning.budget_invoice_known',
    );
    expect((await plan.read(lineNo)).line).toMatchObject({
      reserved: '179.5',
      committed: '10.25',
      spent: '110.25',
      free: '700',
    });
    await plan.invoice(lineNo, '20', { number: '乙', isLast: true });
    expect((await plan.read(lineNo)).line).toMatchObject({
      reserved: '0',
      committed: '0',
      spent: '130.25',
      free: '869.75',
    });
    const { body } = await team.ask(listBudgetEntries, {
      params: { planNo: plan.planNo, lineNo },
    });
    expect(body.rows.map(({ kind, note }) => [kind, note]).sort()).toEqual([
      ['cap', expect.any(String)],
      ['commit', '手工'],
      ['release', ''],
      ['reserve', '手工'],
      ['spend', '移动 乙'],
      ['spend', '移动 甲'],
    ]);
  });

  it('are told of, with what is booked of them, to whoever changes the currency they are in', async () => {
    const { pg } = team.platform;
    const before = await heldAmounts(pg, createSay(), 'en');
    const lineNo = await plan.line({ cap: '100' });
    await plan.order(lineNo, 'commit', '40');
    const numbers = (said: string[]): number[] => said.map((text) => Number.parseInt(text, 10));
    expect(numbers(await heldAmounts(pg, createSay(), 'en'))).toEqual(numbers(before).map((count) => count + 1));
    expect((await plan.invoice(lineNo, '1', { currency: 'USD' })).code).toBe('planning.budget_other_currency');
  });

  it('release what is held, and write down no release of nothing', async () => {
    const lineNo = await plan.line({ cap: '100' });
    await plan.order(lineNo, 'reserve', '40');
    expect((await plan.invoice(lineNo, '10', { isLast: true })).status).toBe(201);
    expect((await plan.invoice(lineNo, '10', { isLast: true })).status).toBe(201);
    expect(await plan.order(lineNo, 'release', null)).toMatchObject({ status: 409, code: 'planning.budget_nothing_held' });
    const { rows } = (await team.ask(listBudgetEntries, { params: { planNo: plan.planNo, lineNo } })).body;
    expect(rows.filter(({ kind }) => kind === 'release').map(({ amount }) => amount)).toEqual(['30']);
    expect((await plan.read(lineNo)).line).toMatchObject({ reserved: '0', spent: '20', free: '80' });
  });

  it('take an invoice back that was typed in wrongly, as if it had not been, and its number again', async () => {
    const lineNo = await plan.line({ cap: '1000' });
    await plan.order(lineNo, 'reserve', '300');
    await plan.order(lineNo, 'commit', '120.5');
    const before = (await plan.read(lineNo)).line;
    const money = ({ reserved, committed, spent, free }: typeof before) => ({ held: Number(reserved) + Number(committed), spent, free });
    const enter = (amount: string, more = {}) => plan.invoice(lineNo, amount, { number: '丙%', ...more });
    const invoices = async () => (await team.ask(listBudgetEntries, { params: { planNo: plan.planNo, lineNo } })).body.rows.flatMap(({ invoiceNo }) => invoiceNo ?? []);
    const takeBack = (invoiceNo: number, permissions?: string) => team.ask(takeBackBudgetInvoice, { params: { planNo: plan.planNo, lineNo, invoiceNo }, body: { reason: '多打了一个零' } }, permissions ? { permissions } : {});
    expect((await enter('500')).status).toBe(201);
    const [wrong] = await invoices();
    expect((await takeBack(wrong, 'planning.read')).status).toBe(403);
    expect((await Promise.all([takeBack(wrong), takeBack(wrong)])).map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(money((await plan.read(lineNo)).line)).toEqual(money(before));
    expect(await invoices()).toEqual([]);
    // Again under the same number, also with the same amount, and back again; one of no program too.
    expect([(await enter('500')).status, (await enter('500')).code]).toEqual([201, 'planning.budget_invoice_known']);
    expect((await takeBack((await invoices())[0])).status).toBe(201);
    expect((await enter('50', { program: null })).status).toBe(201);
    expect((await takeBack((await invoices())[0])).status).toBe(201);
    expect(money((await plan.read(lineNo)).line)).toEqual(money(before));
    // The ledger names each by the number on the paper, and marks what was taken back.
    const { rows } = (await team.ask(listBudgetEntries, { params: { planNo: plan.planNo, lineNo } })).body;
    expect(rows.filter(({ isTakenBack }) => isTakenBack).map(({ note }) => note)).toEqual(['移动 丙%', '移动 丙%', '移动 丙%']);
    expect((await takeBack(wrong)).code).toBe('planning.budget_invoice_taken_back');
    expect((await takeBack(999_999)).code).toBe('planning.budget_invoice_not_found');
  });

  it('of people are seen by those who may see what people cost, and by nobody else', async () => {
    const lineNo = await plan.line({ name: '编制', purpose: 'people', cap: '9999' });
    const as = { permissions: everything.replace(' planning.people', '') };
    const { planNo } = plan;
    const list = await team.ask(
      listBudgetLines,
      { params: { planNo }, query: { pageSize: 200 } },
      as,
    );
    expect(list.body.rows.some(({ name }) => name === '编制')).toBe(false);
    const hidden = await team.ask(readBudgetLine, { params: { planNo, lineNo } }, as);
    expect([hidden.status, hidden.text.includes('编制')]).toEqual([404, false]);
    const [mine, theirs] = await Promise.all([
      team.ask(readBudget, { params: { planNo } }),
      team.ask(readBudget, { params: { planNo } }, as),
    ]);
    expect(Number(mine.body.planned) - Number(theirs.body.planned)).toBe(9_999);
    expect([mine.body.isWithoutPeople, theirs.body.isWithoutPeople]).toEqual([false, true]);
    expect((await versions())[0].changed).toMatchObject([{ name: '编制' }]);
    const shown = await team.ask(listBudgetVersions, { params: { planNo } }, as);
    expect(shown.text).not.toContain('编制');
  });
});
