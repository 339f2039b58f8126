import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertCustomers } from '../../../../test/audience-people.ts';
import { beginCampaign } from '../../../../test/begun-campaign.ts';
import { insertLines, testLine } from '../../../../test/order-lines.ts';
import { createPlanningServer, type PlanningServer } from '../../../../test/planning-server.ts';
import { wordText } from '../../../../test/read-word.ts';
import type { Program } from '../../../kernel/program.ts';
import { keepResults } from '../../campaigns/results/programs.ts';
import { addItem, type CardPart, createPlan, type DirectorRiskKind, type DirectorView, type ItemKindName, markCard, openCards, readDirector } from '../contract.ts';
import { risksOf } from './risks.ts';
import { bestAndWorst } from './view.ts';

const people = 400;
const manager = 'planning.read planning.edit planning.people';

describe('the view of a director', () => {
  let team: PlanningServer;
  let planNo = 0;
  const put = async (kind: ItemKindName, body: object, parentNo: number | null = null): Promise<number> => {
    const { status, body: { itemNo }, text } = await team.ask(addItem, { params: { planNo }, body: { kind, parentNo, afterNo: null, body: { ...body } } });
    expect(status, text).toBe(201);
    return itemNo;
  };
  /** The page asks again while something is counted. */
  const look = async (as: Parameters<PlanningServer['ask']>[2] = {}): Promise<DirectorView> => {
    for (;;) {
      const { body } = await team.ask(readDirector, { params: { planNo } }, as);
      if (!body.isPending) return body;
    }
  };
  const names = (view: DirectorView, of: DirectorRiskKind): string[] => view.risks.find(({ kind }) => kind === of)!.first.map(({ name }) => name);
  const file = (format: string, locale: string, permissions = manager) =>
    team.server.inject({ url: `/api/plans/${planNo}/director/file?format=${format}&locale=${locale}`, headers: { 'x-test-permissions': permissions } });
  beforeAll(async () => {
    team = await createPlanningServer(manager);
    planNo = (await team.ask(createPlan, { body: { name: '五年规划', startsOn: '2026-01-01' } })).body.planNo;
  });
  afterAll(() => team.close());

  it('of an empty plan has nothing to boast of and nothing at risk', async () => {
    expect(await look()).toMatchObject({
      period: '2026', asOf: '2026-06-17', goals: [], stage: { reached: 'foundation', met: 0, planned: [] }, kpi: null, budget: null, programs: { measured: 0, unclear: 0, total: 0, best: [], worst: [] },
      risks: [{ kind: 'goal', total: 0 }, { kind: 'project', total: 0 }, { kind: 'monitor', total: 0 }, { kind: 'budget', total: 0 }, { kind: 'program', total: 0 }, { kind: 'duty', total: 0 }],
    });
    expect((await team.ask(readDirector, { params: { planNo: 999 } })).code).toBe('planning.plan_not_found');
    expect((await file('html', 'en')).body).toContain('No risks found');
  });

  it('shows core goals alone, and every goal off its path as a risk', async () => {
    await insertLines(team.platform.clickhouse, [testLine({ order: 'A', customerNo: 1, amount: 100, at: '2026-02-01T04:00:00.000Z' })]);
    await team.platform.pg.query('update fact_state set data_version = data_version + 1');
    const goal = (name: string, level: string, value: string) => put('goal', { name, level, metric: { metric: 'sales', filter: null }, targets: [{ period: '2026', value }], owner: { staffId: null, name: '林' } });
    const core = await goal('终身价值', 'core', '1000');
    await goal('复购', 'secondary', '100000');
    await goal('拉新', 'process', '1');
    const view = await look();
    expect(view.goals).toMatchObject([{ name: '终身价值', owner: '林', unit: 'money', state: { itemNo: core, target: 1000, status: 'off', actual: { value: '100' } } }]);
    expect(names(view, 'goal')).toEqual(['复购', '终身价值']);
    expect(view.risks[0].first[1]).toMatchObject({ path: `/plan/goals/${core}?plan=${planNo}`, goal: { itemNo: core }, unit: 'money' });
  });

  it('warns of projects that will be late by how late, and of duties no position has now or to come', async () => {
    const project = (name: string, to: string, state = 'running') => put('project', { name, from: '2026-01-01', to, state });
    await put('milestone', { name: '上线', due: '2026-09-10' }, await project('小程序', '2026-09-01'));
    await project('旧系统', '2026-06-17');
    await project('按时', '2026-12-31');
    await project('做完的', '2026-02-01', 'done');
    const position = (name: string, more: object = {}) => put('position', { name, opens: '2026-01-01', ...more });
    const [now, closed, later] = [await position('运营'), await position('旧岗位', { closes: '2026-06-17' }), await position('以后', { opens: '2027-01-01' })];
    const duty = async (name: string, by: [number, string][], isCore = true): Promise<void> => {
      const dutyNo = await put('duty', { name, stage: 'value', isCore });
      for (const [positionNo, letter] of by) await put('responsibility', { positionNo, letter }, dutyNo);
    };
    await duty('辅助的', [], false);
    await duty('有人做', [[now, 'R']]);
    await duty('只知会', [[now, 'I']]);
    await duty('已撤销', [[closed, 'A']]);
    await duty('明年有人', [[later, 'A']]);
    const view = await look();
    expect(view.risks.find(({ kind }) => kind === 'project')).toMatchObject({ total: 2, first: [{ name: '小程序', lateDays: 9 }, { name: '旧系统', lateDays: null }] });
    expect(names(view, 'duty')).toEqual(['已撤销', '只知会', '辅助的']);
    expect(view.risks.find(({ kind }) => kind === 'duty')?.first[0]).toMatchObject({ stage: 'value', path: `/plan/positions?plan=${planNo}&view=raci` });
  });

  it('has what campaigns brought in as their own results say, and names those that run without a control group', async () => {
    const { pg, clickhouse } = team.platform;
    await pg.query("insert into customer (customer_no, created_at) select n, '2026-01-01' from generate_series(1, $1) n", [people]);
    await insertCustomers(clickhouse, Array.from({ length: people }, (_, i) => ({ customerNo: i + 1 })));
    const begun = new Date('2026-05-01T02:00:00Z');
    const measured = await beginCampaign(team, begun, people, { name: 'Measured' });
    await beginCampaign(team, begun, people, { name: 'Alone', holdout: { share: 0, reason: 'service' } }, 'running');
    await insertLines(clickhouse, [...measured.arms[1]].map((customerNo) => testLine({ customerNo, at: '2026-05-02T02:00:00.000Z', order: `${customerNo}`, amount: 30 + (customerNo % 20) })));
    await keepResults({ ...team, dataVersion: async () => 0 });
    const view = await look();
    expect(view.programs).toMatchObject({ measured: 1, unclear: 0, total: 2, best: [{ name: 'Measured', lift: { isFinal: true } }], worst: [] });
    expect(view.risks.find(({ kind }) => kind === 'program')).toMatchObject({ total: 1, first: [{ name: 'Alone', path: expect.stringMatching(/^\/programs\/campaigns\/\d+$/) }] });
  });

  it('has the totals of the budget of this year, without what people cost where that may not be seen, and lines that are nearly used up', async () => {
    const line = (name: string, purpose: string, cap: number, spent: number) => team.platform.pg.query(
      `insert into budget_line (plan_no, name, purpose, from_month, until_month, cap, over_cap, spent, reserved, created_at, created_by) values ($1, $2, $3, '2026-01-01', '2026-12-01', $4, 'stop', $5, 0, now(), '林')`, [planNo, name, purpose, cap, spent]);
    await line('短信', 'messages', 1_000, 950);
    await line('礼品', 'gifts', 500, 10);
    await line('人力', 'people', 120_000.5, 0);
    const [all, most] = [await look(), await look({ permissions: 'planning.read' })];
    expect(all.budget).toMatchObject({ year: 2026, planned: '121500.5', reserved: '0', isWithoutPeople: false });
    expect(most.budget).toMatchObject({ planned: '1500', isWithoutPeople: true });
    expect(most.risks.find(({ kind }) => kind === 'budget')).toMatchObject({ total: 1, first: [{ name: '短信', share: 0.95, path: `/plan/budget?plan=${planNo}` }] });
    expect((await file('html', 'en')).body).toContain('121,500.50');
    expect((await file('html', 'en', 'planning.read')).body).not.toContain('121,500.50');
  });

  it('warns of what is watched and outside its bounds, the longest first, while its project goes on', async () => {
    const running = await put('project', { name: '私域拉新', from: '2026-01-01', to: '2026-12-31', state: 'running' });
    const over = await put('project', { name: '结束的', from: '2026-01-01', to: '2026-02-01', state: 'done' });
    const watch = async (name: string, projectNo: number, state: string, since: string): Promise<void> => {
      const itemNo = await put('monitor', { name, metric: null, unit: '件', bound: { is: 'at_most', high: '3' } }, projectNo);
      await team.platform.pg.query("insert into plan_monitor (item_no, state, looked_at, due_at, since, told, figure_key) values ($1, $2, now(), now(), $3, 'within', '')", [itemNo, state, since]);
      await team.platform.pg.query("insert into plan_monitor_reading (item_no, from_day, to_day, state, value, computed_at) values ($1, '2026-06-17', '2026-06-17', 'known', 4.5, now())", [itemNo]);
    };
    await watch('投诉', running, 'crossed', '2026-06-10');
    await watch('差评', running, 'crossed', '2026-06-03');
    await watch('正常的', running, 'within', '2026-06-01');
    await watch('不再看', over, 'crossed', '2026-01-05');
    const view = await look();
    expect(names(view, 'monitor')).toEqual(['差评', '投诉']);
    expect(view.risks.find(({ kind }) => kind === 'monitor')!.first[0]).toMatchObject({ path: `/plan/projects/${running}?plan=${planNo}&tab=monitoring`, unit: null, monitor: { project: '私域拉新', value: '4.5', countedIn: '件', bound: { is: 'at_most', high: '3' }, since: '2026-06-03' } });
    expect((await file('html', 'zh-CN')).body).toContain('私域拉新 · 差评：4.5件，应不高于 3件');
  });

  it('shows ten risks of a kind, the worst first, and says how many there are', () => {
    const projects = Array.from({ length: 25 }, (_, n) => ({ itemNo: n + 1, name: `P${n}`, figures: { risk: 'late' as const, lateDays: n } }));
    const program = (changes: Partial<Program>) => ({ kind: 'campaign', name: 'x', state: 'running', hasControl: false, path: '/x', ...changes }) as Program;
    const programs = [program({}), program({ hasControl: true }), program({ state: 'ended' }), program({ state: 'planned' }), program({ kind: 'programme' }), program({ kind: 'benefit' })];
    const [, late, , , uncontrolled] = risksOf({ planNo: 1, today: '2026-06-18', goals: [], projects, programs, budget: [], monitors: [], duties: [], positions: [], responsibilities: [] });
    expect([late.total, late.first.map(({ lateDays }) => lateDays)]).toEqual([25, [24, 23, 22, 21, 20, 19, 18, 17, 16, 15]]);
    expect([uncontrolled.kind, uncontrolled.total]).toEqual(['program', 1]);
  });

  it('never counts a program that lost among the best, nor one on both sides', () => {
    const lifts = (differences: (number | null)[]) => bestAndWorst(differences.map((difference) => ({ lift: difference === null ? null : { revenue: { difference, low: difference - 9, high: difference + 9 } } }) as Program));
    const shown = (differences: (number | null)[]) => {
      const { measured, best, worst } = lifts(differences);
      return [measured, best.map(({ lift }) => lift!.revenue.difference), worst.map(({ lift }) => lift!.revenue.difference)];
    };
    expect(shown([null, null])).toEqual([0, [], []]);
    expect(shown([-5])).toEqual([1, [], [-5]]);
    expect(shown([3, null, 1, 2, 0])).toEqual([4, [3, 2, 1], [0]]);
    expect(shown([1, 2, 3, 4, -1, 5, 6])).toEqual([7, [6, 5, 4], [-1, 1, 2]]);
  });

  it('ranks no program of which is not known how far it may be off', () => {
    const lift = (difference: number, low: number | null, high: number | null) => ({ lift: { revenue: { difference, low, high } } }) as Program;
    const { measured, best, worst } = bestAndWorst([lift(9, null, null), lift(-9, null, null), lift(0, 0, 0), lift(2, -1, 5), lift(-3, -6, 0)]);
    expect([measured, best.map((each) => each.lift!.revenue.difference), worst.map((each) => each.lift!.revenue.difference)]).toEqual([2, [2], [-3]]);
  });

  it('has the average of scores for who may see people, and for nobody else, on the page and in the file', async () => {
    const parts: CardPart[] = [{ kind: 'subjective', key: 'said', name: '协作', weight: '100', criteria: '' }];
    const templateNo = await put('scorecard', { name: '专员', parts });
    const open = async (period: string, all: string[]): Promise<number[]> => (await team.ask(openCards, { params: { planNo }, body: { templateNo, period, team: '', people: all.map((name) => ({ staffId: null, name })) } })).body.cardNos;
    await open('2026-Q1', ['林']);
    await open('2026-Q3', ['林']);
    const [one, two] = await open('2026-Q2', ['林', '王', '赵']);
    for (const [cardNo, score] of [[one, '81.2'], [two, '74.35']] as const) expect((await team.ask(markCard, { params: { cardNo, key: 'said' }, body: { score, reason: '说到做到' } })).status).toBe(200);
    expect((await look()).kpi).toEqual({ period: '2026-Q2', cards: 3, frozen: 0, average: '77.78' });
    expect((await look({ permissions: 'planning.read' })).kpi).toBeNull();
    expect((await file('html', 'en')).body).toContain('77.78');
    expect((await file('html', 'en', 'planning.read')).body).not.toContain('77.78');
  });

  it.each(['zh-CN', 'zh-TW', 'en'] as const)('is in %s as a PDF and in Word what it is as a page', async (locale) => {
    const [pdf, word, html] = await Promise.all(['pdf', 'docx', 'html'].map((format) => file(format, locale)));
    expect([pdf, word, html].map(({ statusCode, headers }) => [statusCode, headers['content-disposition']])).toEqual(['pdf', 'docx', 'html'].map((format) => [200, `attachment; filename="director-${planNo}-${locale}.${format}"`]));
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf.rawPayload)), { mergePages: true });
    for (const said of [text.replace(/\s/g, ''), wordText(word.rawPayload).replace(/\s/g, ''), html.body.replace(/\s/g, '')])
      for (const part of ['五年规划', '终身价值', 'Measured', '小程序', 'Alone', '只知会', '差评']) expect(said).toContain(part);
    expect(html.body).not.toMatch(/director\.|positions\.|goals\.|\{\{/);
  });
});
