import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertLines, testLine } from '../../../../test/order-lines.ts';
import { createPlanningServer, type PlanningServer } from '../../../../test/planning-server.ts';
import { dayIn } from '../../../kernel/day.ts';
import { addItem, answerAppeal, appealCard, type CardPart, changeCard, createPlan, decideCardChange, editItem, freezeCard, listCards, listWorkKinds, markCard, openCards, proveCard, readCard, reviewPeriod, shiftCard } from '../contract.ts';

const superior = 'planning.read planning.edit planning.people planning.approve';
const [lin, wang, boss, second] = [11, 12, 1, 2];
const higher = (target: string, floor = '0') => ({ is: 'higher' as const, target, floor, most: '120' });
const parts: CardPart[] = [
  { kind: 'outcome', key: 'sales', name: '销售额', weight: '40', metric: { metric: 'sales', filter: null }, better: higher('200', '100') },
  { kind: 'process', key: 'tags', name: '标签', weight: '20', work: 'tags', better: higher('4') },
  { kind: 'progress', key: 'time', name: '按期', weight: '20', of: 'both', curve: [{ days: -10, score: '110' }, { days: 0, score: '100' }, { days: 20, score: '0' }] },
  { kind: 'subjective', key: 'said', name: '协作', weight: '20', criteria: '' },
];

describe('scorecards', () => {
  let team: PlanningServer;
  let planNo = 0;
  let templateNo = 0;
  let today = '';
  let year = '';
  beforeAll(async () => {
    team = await createPlanningServer(superior);
    const { pg, clickhouse } = team.platform;
    for (const [id, action, count] of [[lin, 'audiences.make_tag', 3], [lin, 'access.sign_in', 5], [wang, 'customers.add_tag', 1]] as const) {
      for (let n = 0; n < count; n++) await pg.query("insert into audit_entry (actor_kind, actor_id, actor_name, action, subject, details) values ('staff', $1, 'x', $2, 'x', '{}')", [id, action]);
    }
    // The log has the clock of the database: the period of the cards is the one it is in.
    const { rows: [{ now }] } = await pg.query<{ now: Date }>('select now()');
    team.setTime(now);
    ({ body: { planNo } } = await team.ask(createPlan, { body: { name: '2026', startsOn: '2026-01-01' } }));
    ({ body: { itemNo: templateNo } } = await team.ask(addItem, { params: { planNo }, body: { kind: 'scorecard', parentNo: null, afterNo: null, body: { name: '用户运营专员', parts } } }));
    today = dayIn('Asia/Shanghai', now);
    year = today.slice(0, 4);
    await insertLines(clickhouse, [testLine({ order: 'A', customerNo: 1, amount: 150, at: `${year}-01-01T04:00:00.000Z` })]);
    await pg.query('update fact_state set data_version = data_version + 1');
  });
  afterAll(() => team.close());

  const open = async (people: { staffId: number | null; name: string; from?: string; until?: string }[], { from, until, ...more }: { from?: string; until?: string; period?: string; templateNo?: number } = {}) =>
    team.ask(openCards, { params: { planNo }, body: { templateNo, period: year, team: '华东', people: people.map((person) => ({ ...person, ...(from ? { from } : {}), ...(until ? { until } : {}) })), ...more } });
  const card = async (cardNo: number, staff = boss, permissions = superior) => team.ask(readCard, { params: { cardNo } }, { staff, permissions });
  const markOf = (cardNo: number, score: string, staff: number, permissions = superior) => team.ask(markCard, { params: { cardNo, key: 'said' }, body: { score, reason: '说到做到' } }, { staff, permissions });

  it('are refused with weights of 99 or a curve that contradicts itself, in a sentence that says the sum', async () => {
    const add = (given: CardPart[]) => team.ask(addItem, { params: { planNo }, body: { kind: 'scorecard', parentNo: null, afterNo: null, body: { name: 'x', parts: given } } }, { locale: 'zh-CN' });
    const light = await add(parts.map((part) => (part.key === 'said' ? { ...part, weight: '19' } : part)));
    expect([light.status, light.code, light.text]).toEqual([422, 'planning.weights_not_hundred', expect.stringContaining('现在是 99，')]);
    expect((await add(parts.map((part) => (part.key === 'said' ? { ...part, weight: '20.0001' } : part)))).text).toContain('现在是 100.0001，');
    expect((await add([{ ...parts[1], weight: '100', better: higher('4', '9') } as CardPart])).code).toBe('planning.curve_wrong');
    expect((await add([parts[0], parts[0]])).status).toBe(422);
    // A score beyond what is kept could never be frozen.
    for (const score of ['1000.01', '-1000.01']) expect((await add([{ ...parts[2], weight: '100', curve: [{ days: 0, score }, { days: 1, score: '0' }] } as CardPart])).code).toBe('planning.item_refused');
    expect((await add([{ ...parts[1], weight: '100', better: { ...higher('4'), most: '1000000' } } as CardPart])).code).toBe('planning.item_refused');
  });

  it('stand on what was sold, done, in time and said, each counted where it happened', async () => {
    const project = (kind: string, body: object) => team.ask(addItem, { params: { planNo }, body: { kind, parentNo: null, afterNo: null, body } as never });
    const { pg } = team.platform;
    await pg.query("insert into staff (staff_id, email, name) overriding system value values ($1, 'lin@shop.test', '林'), ($2, 'wang@shop.test', '王')", [lin, wang]);
    expect((await project('milestone', { name: '会员日', owner: { staffId: lin, name: '林' }, due: today, doneOn: today })).status).toBe(201);
    const { body: { cardNos: [cardNo] } } = await open([{ staffId: lin, name: '林' }]);
    const { body } = await card(cardNo);
    expect(body.lines.map(({ score, weight }) => [score, weight])).toEqual([['50.00', '50.00'], ['75.00', '25.00'], ['100.00', '25.00'], [null, '0.00']]);
    // A second way: 50 × 0.5 + 75 × 0.25 + 100 × 0.25.
    expect(body.total).toBe('68.75');
    expect(body.lines[1].evidence).toMatchObject({ kind: 'process', count: 3, rows: [{ ref: expect.stringMatching(/^audit:/) }, {}, {}] });
    expect((await markOf(cardNo, '90', boss)).status).toBe(200);
    expect((await card(cardNo)).body.total).toBe(((50 * 40 + 75 * 20 + 100 * 20 + 90 * 20) / 100).toFixed(2));
    // An account that is not known has no work to count: not applicable.
    const { body: { cardNos: [unknown] } } = await open([{ staffId: null, name: '外包' }]);
    expect((await card(unknown)).body.lines[1]).toMatchObject({ score: null, evidence: { state: 'no_account' } });
    expect((await team.ask(listWorkKinds)).body.kinds.find(({ kind }) => kind === 'tags')?.actions).toContain('audiences.make_tag');
  });

  it('are seen by whom they are about, and by who may see people; nobody scores themselves as a superior', async () => {
    const { body: { cardNos: [cardNo] } } = await open([{ staffId: wang, name: '王' }]);
    expect((await card(cardNo, wang, 'planning.read')).body.isOwn).toBe(true);
    expect((await card(cardNo, lin, 'planning.read')).code).toBe('planning.not_your_card');
    expect((await markOf(cardNo, '50', lin, 'planning.read')).status).toBe(403);
    expect((await team.ask(listCards, { params: { planNo }, query: {} }, { staff: wang, permissions: 'planning.read' })).body.cards.map((each) => each.cardNo)).toEqual([cardNo]);
    await markOf(cardNo, '100', wang, 'planning.read');
    expect((await card(cardNo)).body.lines[3]).toMatchObject({ score: null, evidence: { superior: null, self: { score: '100.00' } } });
    const own = { staff: wang };
    expect([(await team.ask(freezeCard, { params: { cardNo }, body: {} }, own)).code, (await team.ask(shiftCard, { params: { cardNo }, body: { points: '5', reason: 'x' } }, own)).code]).toEqual(['planning.own_card', 'planning.own_card']);
    expect((await markOf(cardNo, '101', boss)).status).toBe(400);
    expect((await team.ask(markCard, { params: { cardNo, key: 'sales' }, body: { score: '5', reason: 'x' } })).code).toBe('planning.part_not_found');
  });

  it('are opened once for a person and a day, also within one request', async () => {
    const [from, until] = [`${year}-01-01`, `${year}-06-30`];
    expect((await open([{ staffId: 77, name: '郑' }, { staffId: 77, name: '郑' }])).code).toBe('planning.card_twice');
    expect((await open([{ staffId: null, name: '外包 🌱' }, { staffId: null, name: '外包 🌱' }])).code).toBe('planning.card_twice');
    expect((await open([{ staffId: 77, name: '郑', from: `${year}-06-30` }, { staffId: 77, name: '郑', from, until }])).code).toBe('planning.card_twice');
    expect((await open([{ staffId: 77, name: '郑', from: `${year}-07-01` }, { staffId: 77, name: '郑', from, until }])).status).toBe(201);
  });

  it('are calibrated with a reason, within the scale', async () => {
    const { body: { cardNos: [cardNo] } } = await open([{ staffId: 21, name: '周' }]);
    await markOf(cardNo, '90', boss);
    expect((await team.ask(shiftCard, { params: { cardNo }, body: { points: '20', reason: '偏严' } })).code).toBe('planning.shift_too_far');
    expect((await team.ask(shiftCard, { params: { cardNo }, body: { points: '-5.5', reason: '偏宽' } })).status).toBe(200);
    expect((await card(cardNo)).body.lines[3]).toMatchObject({ score: '84.50', evidence: { shift: { points: '-5.5', reason: '偏宽' } } });
    await team.ask(shiftCard, { params: { cardNo }, body: { points: '0', reason: '收回' } });
    expect((await card(cardNo)).body.lines[3].score).toBe('90.00');
  });

  it('change their targets at once before they begin, and with a second person’s approval after', async () => {
    const easier = parts.map((part) => (part.kind === 'process' ? { ...part, better: higher('2') } : part));
    const { body: { cardNos: [later] } } = await open([{ staffId: 22, name: '吴' }], { period: String(Number(year) + 1) });
    expect((await team.ask(changeCard, { params: { cardNo: later }, body: { version: 1, parts: easier } })).body).toEqual({ isWaiting: false });
    expect((await team.ask(changeCard, { params: { cardNo: later }, body: { version: 1, parts: easier } })).code).toBe('planning.card_changed');
    const { body: { cardNos: [cardNo] } } = await open([{ staffId: 23, name: '郑' }]);
    expect((await team.ask(changeCard, { params: { cardNo }, body: { version: 1, parts: easier, reason: '太难' } }, { staff: 23 })).code).toBe('planning.own_card');
    const change = (reason = '') => team.ask(changeCard, { params: { cardNo }, body: { version: 1, parts: easier, reason } });
    expect((await change()).code).toBe('planning.change_needs_reason');
    expect((await change('系统晚上线')).body).toEqual({ isWaiting: true });
    expect((await change('再来')).code).toBe('planning.change_waits');
    expect((await team.ask(freezeCard, { params: { cardNo }, body: {} })).code).toBe('planning.change_waits');
    const { body: { changes: [{ changeNo, decision, isOwn }] } } = await card(cardNo);
    expect([decision, isOwn]).toEqual(['waiting', true]);
    const decide = (staff: number) => team.ask(decideCardChange, { params: { cardNo, changeNo }, body: { isApproved: true } }, { staff });
    expect([(await decide(boss)).code, (await decide(23)).code]).toEqual(['planning.own_change', 'planning.own_card']);
    expect((await card(cardNo)).body.version).toBe(1);
    expect((await decide(second)).status).toBe(200);
    expect((await decide(second)).code).toBe('planning.change_decided');
    expect((await card(cardNo)).body).toMatchObject({ version: 2, lines: [{}, { part: { better: { target: '2' } } }, {}, {}] });
    expect((await team.ask(decideCardChange, { params: { cardNo, changeNo: 9_999 }, body: { isApproved: true } })).code).toBe('planning.change_not_found');
  });

  it('of somebody who changed positions count by days', async () => {
    const person = [{ staffId: 24, name: '冯' }];
    const days = async (from: string, until: string, score: string) => {
      const { body: { cardNos: [cardNo] } } = await open(person, { period: `${year}-03`, from: `${year}-03-${from}`, until: `${year}-03-${until}` });
      await markOf(cardNo, score, boss);
    };
    await days('01', '10', '80');
    await days('11', '31', '95');
    const list = async () => (await team.ask(listCards, { params: { planNo }, query: { period: `${year}-03` } })).body;
    await expect.poll(async () => (await list()).cards.some(({ isPending }) => isPending), { timeout: 20_000 }).toBe(false);
    const body = await list();
    // Work and sales score zero or are not applicable for both; each card is what it is, the person is both by 10 and 21 days.
    const [first, other] = body.cards.map(({ total }) => Number(total));
    expect(body.people).toMatchObject([{ person: { name: '冯' }, of: [{ weight: '32.26' }, { weight: '67.74' }], total: ((first * 10 + other * 21) / 31).toFixed(2) }]);
    expect((await open(person, { period: `${year}-03`, from: `${year}-03-05`, until: `${year}-03-06` })).code).toBe('planning.card_twice');
    expect((await open(person, { period: `${year}-03`, from: `${year}-02-05`, until: `${year}-03-06` })).code).toBe('planning.days_not_of_period');
    expect((await open(person, { templateNo: 999_999 })).code).toBe('planning.item_not_found');
  });

  it('of somebody who changes positions end on the day before the new ones begin, and ask each for what is of its days', async () => {
    const person = [{ staffId: 25, name: '陈' }];
    const other = (await team.ask(addItem, { params: { planNo }, body: { kind: 'scorecard', parentNo: null, afterNo: null, body: { name: '数据分析师', parts } } })).body.itemNo;
    const { body: { cardNos: [first] } } = await open(person, { period: '2027-06' });
    const asked = { templateNo: other, period: '2027-06', from: '2027-06-11' };
    const move = (as = boss) => team.ask(openCards, { params: { planNo }, body: { templateNo: other, period: '2027-06', endsOthers: true, people: person.map((each) => ({ ...each, from: '2027-06-11' })) } }, { staff: as });
    expect((await move(25)).code).toBe('planning.own_card');
    const { body: { cardNos: [second] } } = await move();
    const [before, after] = [(await card(first)).body, (await card(second)).body];
    expect([[before.from, before.until], [after.from, after.until]]).toEqual([['2027-06-01', '2027-06-10'], ['2027-06-11', '2027-06-30']]);
    const targets = ({ lines }: typeof before) => lines.flatMap(({ part }) => ('better' in part && part.better.is === 'higher' ? [[part.better.target, part.better.floor, part.better.most]] : []));
    // 200 sales and 4 tags of 30 days are a third of it in ten, and two thirds in twenty.
    expect([targets(before), targets(after)]).toEqual([[['66.67', '33.33', '120'], ['1.33', '0', '120']], [['133.33', '66.67', '120'], ['2.67', '0', '120']]]);
    // Both at once, as of who fills two positions, is as it was.
    const { body: { cardNos: [beside] } } = await open(person, { ...asked, templateNo });
    expect([(await card(second)).body.until, (await card(beside)).body.from]).toEqual(['2027-06-30', '2027-06-11']);
    expect((await team.ask(freezeCard, { params: { cardNo: second }, body: {} })).status).toBe(200);
    const third = (await team.ask(addItem, { params: { planNo }, body: { kind: 'scorecard', parentNo: null, afterNo: null, body: { name: '主管', parts } } })).body.itemNo;
    expect((await team.ask(openCards, { params: { planNo }, body: { templateNo: third, period: '2027-06', endsOthers: true, people: person.map((each) => ({ ...each, from: '2027-06-20' })) } })).code).toBe('planning.card_frozen');
  });

  it('of somebody with two positions at once count by the parts of their time, as these were when they were frozen', async () => {
    const add = async (kind: 'position' | 'assignment' | 'scorecard', body: object, parentNo: number | null = null) => (await team.ask(addItem, { params: { planNo }, body: { kind, parentNo, afterNo: null, body: { ...body } } })).body;
    const person = { staffId: lin, name: '林' };
    const begun = async (name: string, sharePercent: number, score: string) => {
      const { itemNo: positionNo } = await add('position', { name, opens: '2026-01-01' });
      const assignment = await add('assignment', { person, sharePercent, from: '2026-01-01' }, positionNo);
      const { itemNo } = await add('scorecard', { name, positionNo, parts: [{ ...parts[3], weight: '100' }] });
      const { body: { cardNos: [cardNo] } } = await open([person], { templateNo: itemNo, period: '2027-02' });
      await markOf(cardNo, score, boss);
      return { cardNo, assignment };
    };
    const [clerk, lead] = [await begun('专员岗', 60, '90'), await begun('主管岗', 40, '70')];
    const people = async () => (await team.ask(listCards, { params: { planNo }, query: { period: '2027-02' } })).body.people;
    expect(await people()).toMatchObject([{ total: '82.00', of: [{ cardNo: clerk.cardNo, weight: '60.00' }, { cardNo: lead.cardNo, weight: '40.00' }] }]);
    const share = (assignment: { itemNo: number; version: number }, sharePercent: number) => team.ask(editItem, { params: { planNo, itemNo: assignment.itemNo }, body: { version: assignment.version, changes: { sharePercent } } });
    expect((await share(clerk.assignment, 40)).status).toBe(200);
    expect(await people()).toMatchObject([{ total: '80.00' }]);
    for (const cardNo of [clerk.cardNo, lead.cardNo]) expect((await team.ask(freezeCard, { params: { cardNo }, body: {} })).status).toBe(200);
    await share(lead.assignment, 20);
    expect(await people()).toMatchObject([{ total: '80.00', of: [{ weight: '50.00' }, { weight: '50.00' }] }]);
  });

  it('are frozen with their evidence, prove themselves, and are opened again by an appeal that keeps what was', async () => {
    const { body: { cardNos: [cardNo] } } = await open([{ staffId: 25, name: '陈' }]);
    await markOf(cardNo, '70', boss);
    expect((await team.ask(proveCard, { params: { cardNo } })).code).toBe('planning.card_not_frozen');
    const { body: { total } } = await team.ask(freezeCard, { params: { cardNo }, body: {} });
    expect((await team.ask(freezeCard, { params: { cardNo }, body: {} })).code).toBe('planning.card_frozen');
    // What happens afterwards changes nothing of it.
    await insertLines(team.platform.clickhouse, [testLine({ order: 'B', customerNo: 2, amount: 1_000, at: `${year}-01-01T05:00:00.000Z` })]);
    await team.platform.pg.query('update fact_state set data_version = data_version + 1');
    expect((await markOf(cardNo, '10', boss)).code).toBe('planning.card_frozen');
    expect((await card(cardNo)).body).toMatchObject({ state: 'frozen', total, lines: [{ evidence: { value: '150', definition: expect.stringMatching(/./) } }, {}, {}, {}] });
    const inEnglish = (await card(cardNo)).body.lines[0].evidence;
    const inChinese = (await team.ask(readCard, { params: { cardNo } }, { locale: 'zh-TW' })).body.lines[0].evidence;
    expect([inEnglish, inChinese]).toMatchObject([{ label: 'Sales' }, { label: '銷售額' }]);
    expect((await team.ask(proveCard, { params: { cardNo } })).body).toMatchObject({ frozen: total, again: total, isSame: true });
    await team.platform.pg.query("update kpi_freeze set total = total + 1 where card_no = $1", [cardNo]);
    expect((await team.ask(proveCard, { params: { cardNo } })).body.isSame).toBe(false);
    const own = { staff: 25, permissions: 'planning.read' };
    const object = (as?: object) => team.ask(appealCard, { params: { cardNo }, body: { text: '销售额少算了一单' } }, as);
    expect((await object()).code).toBe('planning.not_own_card');
    const { body: { appealNo } } = await object(own);
    expect([(await object(own)).code, (await card(cardNo)).body.state]).toEqual(['planning.appeal_waits', 'appealed']);
    const answer = (outcome: 'kept' | 'reopened', no = appealNo) => team.ask(answerAppeal, { params: { cardNo, appealNo: no }, body: { outcome, answer: '已核对' } });
    expect([(await answer('reopened', 9_999)).code, (await answer('reopened')).status, (await answer('kept')).code]).toEqual(['planning.appeal_not_found', 200, 'planning.appeal_answered']);
    const after = (await card(cardNo)).body;
    expect(after).toMatchObject({ state: 'open', appeals: [{ outcome: 'reopened', answer: '已核对' }], lines: [{ evidence: { value: '1150' } }, {}, {}, {}] });
    expect(after.freezes).toHaveLength(1);
    await team.ask(freezeCard, { params: { cardNo }, body: {} });
    expect((await card(cardNo)).body.freezes).toHaveLength(2);
    expect((await team.ask(readCard, { params: { cardNo: 999_999 } })).code).toBe('planning.card_not_found');
  });

  it('of a period are looked back at from what was frozen: before calibration, at first, and after an appeal', async () => {
    const period = `${Number(year) - 1}`;
    const { body: { cardNos: [calibrated, later] } } = await open([{ staffId: 31, name: '钱 🌱' }, { staffId: 32, name: '孙' }], { period });
    await markOf(calibrated, '80', boss);
    await team.ask(shiftCard, { params: { cardNo: calibrated }, body: { points: '-10', reason: '偏宽' } });
    const { body: { total: first } } = await team.ask(freezeCard, { params: { cardNo: calibrated }, body: {} });
    const { body: { appealNo } } = await team.ask(appealCard, { params: { cardNo: calibrated }, body: { text: '少算了' } }, { staff: 31, permissions: 'planning.read' });
    await team.ask(answerAppeal, { params: { cardNo: calibrated, appealNo }, body: { outcome: 'reopened', answer: '重开' } });
    await markOf(calibrated, '100', boss);
    const { body: { total } } = await team.ask(freezeCard, { params: { cardNo: calibrated }, body: {} });
    const review = (as?: object) => team.ask(reviewPeriod, { params: { planNo, period } }, as);
    const { body: { open: waiting, cards } } = await review();
    expect(waiting).toBe(1);
    expect(cards.find(({ cardNo }) => cardNo === later)).toMatchObject({ state: 'open', total: null, first: null, unshifted: null });
    const [one] = cards.filter(({ cardNo }) => cardNo === calibrated);
    expect(one).toMatchObject({ state: 'frozen', total, first, points: '-10', appeals: 1, kept: 0, reopened: 1 });
    expect(Number(one.total)).toBeGreaterThan(Number(first));
    expect(Number(one.unshifted)).toBeGreaterThan(Number(one.total));
    expect((await review({ permissions: 'planning.read' })).status).toBe(403);
    expect((await team.ask(reviewPeriod, { params: { planNo, period: '2019' } })).code).toBe('planning.period_not_found');
  });
});
