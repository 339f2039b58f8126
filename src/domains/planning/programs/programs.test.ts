import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertCustomers } from '../../../../test/audience-people.ts';
import { beginCampaign } from '../../../../test/begun-campaign.ts';
import { insertLines, testLine } from '../../../../test/order-lines.ts';
import { createPlanningServer, type PlanningServer } from '../../../../test/planning-server.ts';
import { sampleActivity, sampleLottery, prize, signIn } from '../../../../test/sample-activity.ts';
import { publishSample, sampleProgramme } from '../../../../test/sample-programme.ts';
import { campaignDefinition } from '../../campaigns/contract.ts';
import { readKept } from '../../campaigns/results/kept-results.ts';
import { keepResults } from '../../campaigns/results/programs.ts';
import { insertActivity } from '../../membership/activities/plan/store.ts';
import { addItem, createPlan, editItem, listItems, listPrograms, removeItem } from '../contract.ts';

const begun = new Date('2026-05-01T02:00:00Z');
const people = 400;
const keeping = 'planning.read planning.edit planning.budget';

describe('the register of programs', () => {
  let team: PlanningServer;
  const made: Record<string, string> = {};
  const listed = async (locale = 'en') => new Map((await team.ask(listPrograms, {}, { locale })).body.programs.map((program) => [program.key, program]));
  beforeAll(async () => {
    team = await createPlanningServer('planning.read planning.edit campaigns.read');
    const { pg, clickhouse } = team.platform;
    await pg.query("insert into customer (customer_no, created_at) select n, '2026-01-01' from generate_series(1, $1) n", [people]);
    await insertCustomers(clickhouse, Array.from({ length: people }, (_, i) => ({ customerNo: i + 1 })));
    const measured = await beginCampaign(team, begun, people, { name: 'Measured', marginPercent: 50 });
    const alone = await beginCampaign(team, begun, people, { name: 'Alone', holdout: { share: 0, reason: 'service' } }, 'running');
    await insertLines(clickhouse, [...measured.arms[1]].map((customerNo) => testLine({ customerNo, at: '2026-05-02T02:00:00.000Z', order: `${customerNo}`, amount: 40 })));
    Object.assign(made, { measured: `campaign:${measured.campaignNo}`, alone: `campaign:${alone.campaignNo}` });
    const draft = campaignDefinition.parse({ ...measured.definition, name: '草稿' });
    const { rows: [{ no }] } = await pg.query<{ no: number }>(`insert into campaign (sender_key, definition, state, edited_actor, edited_by, edited_at) values ('draft', $1, 'draft', 'staff 1', 'a', now()) returning campaign_no as no`, [draft]);
    made.draft = `campaign:${no}`;
    await publishSample(pg, sampleProgramme(), '2026-01-01T00:00:00Z');
    const client = await pg.connect();
    const activity = (does: Parameters<typeof sampleActivity>[0], changes = {}) => insertActivity(client, sampleActivity(does, changes), Buffer.alloc(32), 'a', begun);
    made.signIn = `activity:${await activity(signIn())}`;
    made.goods = `activity:${await activity(sampleLottery({ prizes: [prize('bag', 1, { kind: 'item', itemNo: 1 }), prize('thanks', 9, { kind: 'nothing' })], pity: null }))}`;
    made.over = `activity:${await activity(signIn(), { endsAt: '2026-06-01T00:00:00Z' })}`;
    client.release();
    await pg.query("update activity set state = 'published'");
    const activityNo = Number(made.signIn.split(':')[1]);
    const { rows: took } = await pg.query<{ key: string; customerNo: number }>(
      `insert into activity_participation (activity_no, customer_no, command_key, input_hash, state, day, promised, cost, points, growth, occurred_at, derivation, taken_at)
        select $1, n, 'k' || n, '\\x00', 'done', '2026-06-01', 5, 0, 5, 0, '2026-06-01', '{}', '2026-06-01' from generate_series(1, 300) n returning 'activity ' || participation_no || ' points' as key, customer_no as "customerNo"`, [activityNo]);
    const at = team.platform.clock.now().getTime();
    await Promise.all(took.map((row) => team.membership.ledger.execute({ ...row, kind: 'earn', amount: 5, occurredAt: at, availableAt: at, expiresAt: null, derivation: { activity: activityNo } })));
    await team.membership.ledger.execute({ kind: 'spend', key: 'spent', customerNo: took[0].customerNo, amount: 4, occurredAt: at, derivation: {} });
    await team.membership.followPointsCost();
  }, 120_000);
  afterAll(() => team.close());

  it('tells of each when it is, what it cost and what it came to, as its own page says', async () => {
    const before = await listed();
    expect(before.get(made.measured)).toMatchObject({ state: 'ended', hasControl: true, lift: null, noLift: 'not_computed' });
    const doors = { ...team, dataVersion: async () => 0 };
    expect(await keepResults(doors)).toBe(2);
    expect(await keepResults(doors)).toBe(0);
    const { result } = (await readKept(team.platform.pg, Number(made.measured.split(':')[1])))!;
    const after = await listed();
    const { difference, low, high } = result.earned!.revenue;
    expect(after.get(made.measured)).toMatchObject({ name: 'Measured', from: begun.toISOString(), cost: '0', noLift: null, lift: { revenue: { difference, low, high }, countedUntil: result.countedUntil, isFinal: true } });
    expect(after.get(made.measured)!.lift!.margin!.difference).toBeCloseTo(difference / 2, 6);
    expect(difference).toBeGreaterThan(10_000);
    expect(after.get(made.alone)).toMatchObject({ state: 'running', hasControl: false, lift: null, noLift: 'no_control' });
    expect(after.get(made.draft)).toMatchObject({ name: '草稿', state: 'planned', from: null, cost: '0', noLift: 'not_begun' });
  });

  it('reckons what activities gave in points by what a point is worth, and does not guess where it cannot know', async () => {
    const all = await listed('zh-CN');
    // 300 times 5 points of a cent each.
    expect(all.get(made.signIn)).toMatchObject({ name: '活动', state: 'running', cost: '15', redeemed: '0.04', path: `/members/activities/${made.signIn.split(':')[1]}`, noLift: 'no_control' });
    expect(all.get(made.goods)).toMatchObject({ cost: null });
    expect(all.get(made.over)).toMatchObject({ state: 'ended', cost: '0' });
    expect(all.get('programme:1')).toMatchObject({ name: '会员俱乐部', state: 'running', cost: null });
    const states = [...all.values()].map(({ state }) => state);
    expect(states).toEqual(states.toSorted((a, b) => ['running', 'planned', 'ended'].indexOf(a) - ['running', 'planned', 'ended'].indexOf(b)));
  });

  it('has a program stand in one place of a plan, and name no line of another plan', async () => {
    const begin = async (): Promise<number> => (await team.ask(createPlan, { body: { name: '2026', startsOn: '2026-01-01' } })).body.planNo;
    const [planNo, other] = [await begin(), await begin()];
    const put = (at: number, body: object) => team.ask(addItem, { params: { planNo: at }, body: { kind: 'program_place', parentNo: null, afterNo: null, body: { ...body } } }, { permissions: keeping });
    const { rows: [{ lineNo }] } = await team.platform.pg.query<{ lineNo: number }>(
      `insert into budget_line (plan_no, name, from_month, until_month, cap, over_cap, created_at, created_by) values ($1, '短信', '2026-01-01', '2026-12-01', 100, 'stop', now(), '林') returning line_no as "lineNo"`, [planNo]);
    expect((await put(planNo, { program: made.draft, lane: 'retention', lineNos: [lineNo] })).status).toBe(201);
    expect((await put(planNo, { program: made.draft, lane: 'revenue' })).code).toBe('planning.program_placed');
    const { body: there } = await put(other, { program: made.draft, lane: 'revenue' });
    const refused = await team.ask(editItem, { params: { planNo: other, itemNo: there.itemNo }, body: { version: there.version, changes: { lineNos: [lineNo] } } }, { permissions: keeping });
    expect([refused.status, refused.code]).toEqual([422, 'planning.item_refused']);
    expect((await put(other, { program: 'shop:1' })).code).toBe('planning.item_refused');
    // Whoever plans may say where a program stands; off its lines it is limited by nobody, and that is for who keeps the budget.
    const [place] = (await team.ask(listItems, { params: { planNo }, query: { kinds: 'program_place' } })).body.items;
    const change = (changes: Record<string, unknown>, permissions: string, version = place.version) => team.ask(editItem, { params: { planNo, itemNo: place.itemNo }, body: { version, changes } }, { permissions });
    expect(await change({ lineNos: [] }, 'planning.read planning.edit')).toMatchObject({ status: 403, code: 'planning.lines_by_budget' });
    expect((await team.ask(removeItem, { params: { planNo, itemNo: place.itemNo } }, { permissions: 'planning.read planning.edit' })).code).toBe('planning.lines_by_budget');
    const moved = await change({ lane: 'revenue' }, 'planning.read planning.edit');
    expect(moved.status, moved.text).toBe(200);
    expect((await change({ lineNos: [] }, keeping, moved.body.version)).status).toBe(200);
  });
});
