import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { insertLines, testLine } from '../../../../test/order-lines.ts';
import { createPlanningServer, type PlanningServer } from '../../../../test/planning-server.ts';
import { createSay } from '../../../platform/i18n.ts';
import { writeMailServer } from '../../../platform/mail/mail-server.ts';
import { addItem, createPlan, editItem, editPlan, listMonitors, type MonitorStanding, removeItem, undoChange } from '../contract.ts';
import { createDocuments } from '../document/write/documents.ts';
import { createFigures } from '../figures/figures.ts';
import { createItems } from '../items/items.ts';
import { createPrograms } from '../programs/programs.ts';
import { createMonitors } from './monitors.ts';
import { readMonitors } from './read.ts';

const sales = { metric: 'sales', filter: null };

describe('monitoring rules of projects', () => {
  let team: PlanningServer;
  let monitors: ReturnType<typeof createMonitors>;
  let items: ReturnType<typeof createItems>;
  let planNo = 0;
  let robotNo = 0;
  let answers: 'live' | 'broken' = 'live';
  const orders = (...days: [day: string, amount: number][]) => insertLines(team.platform.clickhouse, days.map(([day, amount], n) => testLine({ order: `${day} ${n} ${amount}`, customerNo: n + 1, amount, at: `${day}T04:00:00.000Z` })))
    .then(() => team.platform.pg.query('update fact_state set data_version = data_version + 1'));
  beforeAll(async () => {
    team = await createPlanningServer('planning.read planning.edit');
    const { platform } = team;
    await platform.pg.query("insert into staff (email, name) values ('lin@shop.test', '林'), ('wang@shop.test', '王')");
    ({ rows: [{ robotNo }] } = await platform.pg.query<{ robotNo: number }>(`insert into plan_robot (kind, name, sealed, created_at, created_by) values ('wecom', '运营群', '', now(), '林') returning robot_no as "robotNo"`));
    await writeMailServer(platform.pg, platform.secret, { host: '127.0.0.1', port: 9, security: 'plain', user: '', password: '', fromAddress: 'plan@shop.test', fromName: '常青', siteAddress: 'https://crm.shop.test' });
    await orders(['2026-06-12', 100], ['2026-06-13', 100], ['2026-06-14', 100], ['2026-06-15', 100], ['2026-06-16', 100], ['2026-06-17', 50]);
    items = createItems(platform);
    const answer: typeof team.insights.answer = (...asked) => (answers === 'broken' ? Promise.reject(new Error('the engine is away')) : team.insights.answer(...asked));
    monitors = createMonitors({ ...team, say: createSay(), documents: createDocuments(), items, figures: createFigures(platform, { ...team.insights, answer }), programs: createPrograms(team) });
    ({ body: { planNo } } = await team.ask(createPlan, { body: { name: '2026', startsOn: '2026-01-01' } }));
  });
  afterAll(() => team.close());
  beforeEach(async () => {
    team.setTime('2026-06-18T04:00:00Z');
    await team.platform.pg.query('update plan_item set removed_at = now() where removed_at is null');
    await team.platform.pg.query('delete from plan_mail');
    await team.platform.pg.query('delete from plan_robot_message');
  });

  const put = async (kind: 'project' | 'monitor' | 'need', body: object, parentNo: number | null) => (await team.ask(addItem, { params: { planNo }, body: { kind, parentNo, afterNo: null, body: { ...body } } }));
  const project = async (more: object = {}): Promise<number> => (await put('project', { name: '会员日', from: '2026-06-01', to: '2026-07-31', state: 'running', owner: { staffId: 1, name: '林' }, ...more }, null)).body.itemNo;
  const rule = { name: '日销售额', metric: sales, window: 'day', bound: { is: 'at_least', low: '80' } };
  const add = async (parentNo: number, body: object = {}): Promise<number> => {
    const { body: { itemNo }, status, text } = await put('monitor', { ...rule, ...body }, parentNo);
    expect(status, text).toBe(201);
    return itemNo;
  };
  const edit = async (itemNo: number, version: number, changes: object) => expect((await team.ask(editItem, { params: { planNo, itemNo }, body: { version, changes: { ...changes } } })).status).toBe(200);
  const read = async (itemNo: number): Promise<MonitorStanding> => (await team.ask(listMonitors, { params: { planNo } })).body.monitors.find((each) => each.itemNo === itemNo)!.standing;
  const letters = async () => (await team.platform.pg.query<{ to: string; subject: string; text: string }>('select to_address as to, subject, text from plan_mail order by mail_no')).rows;
  const said = async () => (await team.platform.pg.query<{ message: { title: string; lines: string[]; link: { href: string } } }>('select message from plan_robot_message order by message_no')).rows.map(({ message }) => message);

  it('stand by the newest whole period, with those before it, and have the way each is changed', async () => {
    const itemNo = await add(await project());
    expect(await read(itemNo)).toEqual({ state: 'unknown', since: null, lookedAt: null, readings: [], turns: [] });
    expect(await monitors.look()).toBe(1);
    const standing = await read(itemNo);
    expect(standing).toMatchObject({ state: 'crossed', since: '2026-06-17', turns: [{ state: 'crossed', from: '2026-06-17', to: '2026-06-17', value: '50', told: ['林'] }] });
    expect(standing.readings).toHaveLength(13);
    expect(standing.readings.slice(-3).map(({ to, state, value }) => [to, state, value])).toEqual([['2026-06-15', 'known', '100'], ['2026-06-16', 'known', '100'], ['2026-06-17', 'known', '50']]);
    expect(standing.readings[0]).toMatchObject({ to: '2026-06-05', state: 'no_data', value: null });
    // Nothing is due: neither time nor anybody changed anything.
    expect(await monitors.look()).toBe(0);
    team.setTime('2026-06-18T04:00:05Z');
    await edit(itemNo, 1, { window: 'last7' });
    await monitors.look();
    expect((await read(itemNo)).readings.at(-1)).toMatchObject({ from: '2026-06-11', to: '2026-06-17', value: '550' });
    expect((await read(itemNo)).state).toBe('within');
  });

  it('tell each person in one letter and each group in one message, once when it is crossed and once when it holds again', async () => {
    const projectNo = await project();
    const first = await add(projectNo, { tellsAccounts: [2], tellsRobots: [robotNo] });
    await add(projectNo, { name: '日订单', metric: { metric: 'orders', filter: null }, bound: { is: 'at_least', low: '5' } });
    // Two processes at the same moment.
    await Promise.all([monitors.look(), monitors.look()]);
    expect((await letters()).map(({ to, subject }) => [to, subject]).sort()).toEqual([['lin@shop.test', '监控：2 项超出范围'], ['wang@shop.test', '监控：1 项超出范围']]);
    expect(await said()).toEqual([{ title: '监控：1 项超出范围', lines: [expect.stringMatching(/^【超出】会员日 · 日销售额：.*50.*应不低于 .*80/)], link: { text: '打开项目', href: `https://crm.shop.test/plan/projects/${projectNo}?plan=${planNo}&tab=monitoring` } }]);
    expect((await read(first)).turns.map(({ told }) => told)).toEqual([['林', '王', '运营群']]);
    // Hours later, and a day later without any data, there is no news.
    for (const time of ['2026-06-18T06:00:00Z', '2026-06-19T04:00:00Z', '2026-06-19T05:30:00Z']) {
      team.setTime(time);
      expect(await monitors.look()).toBe(2);
    }
    expect([(await letters()).length, (await said()).length]).toEqual([2, 1]);
    expect(await read(first)).toMatchObject({ state: 'unknown', since: '2026-06-18', readings: expect.arrayContaining([expect.objectContaining({ to: '2026-06-18', state: 'no_data' })]) });
    await orders(['2026-06-18', 500]);
    team.setTime('2026-06-19T06:31:00Z');
    await monitors.look();
    expect((await said()).map(({ title }) => title)).toEqual(['监控：1 项超出范围', '监控：1 项恢复正常']);
    expect((await letters()).at(-1)).toMatchObject({ subject: '监控：1 项恢复正常', text: expect.stringContaining('【恢复】会员日 · 日销售额') });
    expect((await read(first)).turns.map(({ state, value }) => [state, value])).toEqual([['within', '500'], ['crossed', '50']]);
  });

  it('wait with the news where somebody is to be written to and no mail leaves yet', async () => {
    const { platform: { pg } } = team;
    const { rows: [{ value }] } = await pg.query<{ value: unknown }>("select value from setting where name = 'mail_server'");
    await pg.query("delete from setting where name = 'mail_server'");
    const itemNo = await add(await project());
    await monitors.look();
    expect(await read(itemNo)).toMatchObject({ state: 'crossed', turns: [] });
    await pg.query("insert into setting (name, value) values ('mail_server', $1)", [JSON.stringify(value)]);
    team.setTime('2026-06-18T06:00:00Z');
    await monitors.look();
    expect([(await letters()).length, (await read(itemNo)).turns.length]).toEqual([1, 1]);
  });

  it('of figures that are typed in stand for the period of their day, and are unknown where nobody typed one', async () => {
    const typed = (day: string, value: string) => ({ day, value, source: '客服周报' });
    const projectNo = await project();
    const itemNo = await add(projectNo, { name: '投诉 😀', metric: null, window: 'week', unit: '件', bound: { is: 'within', low: '0', high: '3' }, typed: [typed('2026-06-02', '9'), typed('2026-06-08', '5'), typed('2026-06-13', '2')] });
    await monitors.look();
    expect(await read(itemNo)).toMatchObject({ state: 'within', since: '2026-06-14', readings: expect.arrayContaining([expect.objectContaining({ to: '2026-06-14', value: '2' }), expect.objectContaining({ to: '2026-06-07', value: '9' }), expect.objectContaining({ to: '2026-05-31', state: 'no_data' })]) });
    team.setTime('2026-06-18T04:00:10Z');
    await edit(itemNo, 1, { typed: [typed('2026-06-09', '4.5')] });
    await monitors.look();
    expect(await read(itemNo)).toMatchObject({ state: 'crossed', readings: expect.arrayContaining([expect.objectContaining({ to: '2026-06-07', state: 'no_data' })]) });
    expect((await letters())[0].text).toContain('4.5件');
    team.setTime('2026-06-22T04:00:00Z');
    await monitors.look();
    expect((await read(itemNo)).state).toBe('unknown');
  });

  it('are watched while their project goes on and its plan is the current one; what was before the project is none of their business', async () => {
    const projectNo = await project();
    const itemNo = await add(projectNo);
    const isWatched = async () => (await team.ask(listMonitors, { params: { planNo }, query: { project: projectNo } })).body.monitors[0].isWatched;
    const later = await add(await project({ name: '下一场', from: '2026-06-18' }));
    await monitors.look();
    expect([(await read(later)).state, (await read(later)).readings.at(-1)?.value, (await letters()).length]).toEqual(['unknown', '50', 1]);
    await edit(projectNo, 1, { state: 'done' });
    team.setTime('2026-06-18T08:00:00Z');
    expect([await isWatched(), await monitors.look()]).toEqual([false, 1]);
    team.setTime('2026-06-18T08:00:05Z');
    await edit(projectNo, 2, { state: 'running' });
    // Open again it is looked at at once, and what was told is not told again.
    expect([await isWatched(), await monitors.look(), (await letters()).length, (await read(itemNo)).state]).toEqual([true, 1, 1, 'crossed']);
    const { body: other } = await team.ask(createPlan, { body: { name: '草案', startsOn: '2027-01-01' } });
    await team.ask(editPlan, { params: { planNo: other.planNo }, body: { isCurrent: true } });
    team.setTime('2026-06-18T12:00:00Z');
    expect([await isWatched(), await monitors.look()]).toEqual([false, 0]);
    await team.ask(editPlan, { params: { planNo }, body: { isCurrent: true } });
    const { body: { changeNo } } = await team.ask(removeItem, { params: { planNo, itemNo } });
    expect(await monitors.look()).toBe(1);
    await team.ask(undoChange, { params: { planNo, changeNo } });
    expect((await read(itemNo)).turns).toHaveLength(1);
  });

  it('stay as they stand while the engine is away, and are looked at again soon after', async () => {
    const projectNo = await project();
    const live = await add(projectNo);
    await monitors.look();
    const typed = await add(projectNo, { name: '手工', metric: null, bound: { is: 'at_most', high: '1' }, typed: [{ day: '2026-06-18', value: '2', source: '日报' }] });
    answers = 'broken';
    team.setTime('2026-06-19T04:00:00Z');
    expect(await monitors.look()).toBe(2);
    expect([(await read(live)).state, (await read(live)).readings.at(-1)?.to, (await read(typed)).state]).toEqual(['crossed', '2026-06-17', 'crossed']);
    answers = 'live';
    expect(await monitors.look()).toBe(0);
    team.setTime('2026-06-19T04:05:00Z');
    expect(await monitors.look()).toBe(1);
    expect((await read(live)).readings.at(-1)?.to).toBe('2026-06-18');
  });

  it('note nothing where telling fails on the way, and tell it when it works again', async () => {
    const itemNo = await add(await project(), { tellsRobots: [robotNo] });
    const say: ReturnType<typeof createSay> = () => { throw new Error('the process dies here'); };
    const dying = createMonitors({ ...team, say, documents: createDocuments(), items, figures: createFigures(team.platform, team.insights), programs: createPrograms(team) });
    await expect(dying.look()).rejects.toThrow('the process dies here');
    expect([await read(itemNo), await letters(), await said()]).toEqual([{ state: 'unknown', since: null, lookedAt: null, readings: [], turns: [] }, [], []]);
    await monitors.look();
    expect([(await read(itemNo)).turns.length, (await letters()).length, (await said()).length]).toEqual([1, 1, 1]);
  });

  it('keep the figure that was read last where an older one arrives after it', async () => {
    const itemNo = await add(await project());
    await monitors.look();
    await team.platform.pg.query("update plan_monitor_reading set value = 90, computed_at = '2026-06-19T00:00:00Z' where item_no = $1 and to_day = '2026-06-17'", [itemNo]);
    team.setTime('2026-06-18T06:00:00Z');
    await monitors.look();
    expect(await read(itemNo)).toMatchObject({ state: 'within', turns: [{ state: 'within', value: '90' }, { state: 'crossed' }] });
  });

  it('are read by others without a figure being asked: as they were decided, with what was news since a moment', async () => {
    const projectNo = await project();
    await add(projectNo);
    await monitors.look();
    answers = 'broken';
    const found = await readMonitors(team.platform.pg, items, planNo, { projectNo, turnsSince: new Date('2026-06-18T00:00:00Z') });
    expect(found).toMatchObject([{ kind: 'monitor', body: { name: '日销售额' }, project: { itemNo: projectNo }, standing: { state: 'crossed', turns: [{ state: 'crossed' }] } }]);
    expect((await readMonitors(team.platform.pg, items, planNo, { turnsSince: new Date('2026-06-19T00:00:00Z') }))[0].standing.turns).toEqual([]);
    answers = 'live';
  });

  it('are refused where they could never hold, of a metric nobody counts, or telling somebody there is not', async () => {
    const projectNo = await project();
    const refusal = async (body: object, parentNo: number | null = projectNo) => (await put('monitor', { ...rule, ...body }, parentNo)).text;
    expect(await refusal({ bound: { is: 'within', low: '2', high: '1' } })).toContain('band_upside_down');
    expect(await refusal({ metric: { metric: 'profit', filter: null } })).toContain('metric_not_counted');
    expect(await refusal({ tellsAccounts: [999] })).toContain('no_such_account');
    expect(await refusal({ tellsRobots: [999] })).toContain('no_such_robot');
    expect(await refusal({}, null)).toContain('wrong_parent');
    expect(await refusal({ bound: { is: 'at_least', low: 'much' } })).toContain('item_refused');
    expect(await refusal({ tellsAccounts: [1, 1] })).toContain('item_refused');
    expect((await team.ask(listMonitors, { params: { planNo: 999 } })).code).toBe('planning.plan_not_found');
    expect((await team.ask(listMonitors, { params: { planNo } }, { permissions: 'insights.read' })).status).toBe(403);
  });
});
