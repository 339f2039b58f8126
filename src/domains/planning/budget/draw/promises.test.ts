import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDrawingBrand, type DrawingBrand } from '../../../../../test/drawing-brand.ts';
import { sampleActivity, signIn } from '../../../../../test/sample-activity.ts';
import type { SendingBrand } from '../../../../../test/sending-brand.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { insertActivity } from '../../../membership/activities/plan/store.ts';
import { heldBenefits } from '../../../membership/benefits/held-benefits.ts';
import type { ActivityDefinition } from '../../../membership/contract/activities.ts';
import { heldPoints } from '../../../membership/points/held-points.ts';
import { readWaiting } from '../../waiting.ts';
import { type BenefitDefinition, changeBenefit, createBenefit, readActivity, readBenefit, stopBenefit, turnActivity } from '../../../membership/contract.ts';

describe('activities and benefits that draw on the budget', () => {
  let drawing: DrawingBrand;
  let brand: SendingBrand;
  let plan: DrawingBrand['plan'];
  let ask: SendingBrand['ask'];
  const place: DrawingBrand['place'] = (...asked) => drawing.place(...asked);
  const amounts: DrawingBrand['amounts'] = (lineNo) => drawing.amounts(lineNo);
  const follow = (): Promise<number> => drawing.follow();
  beforeAll(async () => {
    drawing = await createDrawingBrand(300);
    ({ brand, plan, ask } = drawing);
  });
  afterAll(() => drawing.close());

  const activity = async (definition: ActivityDefinition, state: 'draft' | 'published'): Promise<number> => {
    const activityNo = await inTransaction(brand.platform.pg, (client) => insertActivity(client, definition, Buffer.alloc(32), 'a', new Date('2026-06-01T00:00:00Z')));
    await brand.platform.pg.query('update activity set state = $2 where activity_no = $1', [activityNo, state]);
    return activityNo;
  };
  /** Gives a hundred points each, which are worth 1. */
  const give = async (activityNo: number, from: number, until: number, expiresAt: number | null = null): Promise<void> => {
    const { rows } = await brand.platform.pg.query<{ key: string; customerNo: number }>(
      `insert into activity_participation (activity_no, customer_no, command_key, input_hash, state, day, promised, cost, points, growth, occurred_at, derivation, taken_at)
        select $1::int, n, $1::int || 'k' || n, '\\x00', 'done', '2026-06-01', 5, 0, 100, 0, '2026-06-01', '{}', '2026-06-01' from generate_series($2::int, $3::int) n
        returning 'activity ' || participation_no || ' points' as key, customer_no as "customerNo"`, [activityNo, from, until]);
    const at = brand.platform.clock.now().getTime();
    await Promise.all(rows.map((row) => drawing.membership.ledger.execute({ ...row, kind: 'earn', amount: 100, occurredAt: at, availableAt: at, expiresAt, derivation: { activity: activityNo } })));
  };
  const promised = (more: Partial<BenefitDefinition> = {}): BenefitDefinition => (
    { names: { en: 'Gift' }, notes: '', tiers: ['silver'], promise: { kind: 'free_shipping', from: '0' }, cost: '5', validDays: null, limits: { perMember: null, inAll: null }, startsAt: '2026-06-01T00:00:00Z', endsAt: null, ...more });
  const benefit = async (more: Partial<BenefitDefinition> = {}): Promise<number> => {
    const { status, text, body } = await ask(createBenefit, { body: promised(more) });
    expect(status, text).toBe(201);
    return body.benefitId;
  };
  let granted = 0;
  /** Gives it so often at 5 each; some of it is used. */
  const grant = async (benefitId: number, times: number, used = 0): Promise<void> => {
    await brand.platform.pg.query(
      `insert into benefit_grant (key, benefit_id, benefit_version, customer_no, gifts, cost, derivation, occurred_at, recorded_at, state, used_at)
        select 'g' || ($2::int + n), $1, 1, n, '[]', 5, '{}', '2026-06-02', '2026-06-02', 'given', case when n <= $4::int then timestamptz '2026-06-03' end from generate_series(1, $3::int) n`, [benefitId, granted, times, used]);
    await brand.platform.pg.query('update benefit set left_in_all = left_in_all - $2::int where benefit_id = $1', [benefitId, times]);
    granted += times;
  };
  const letGo = (benefitId: number, isOn = true) => ask(stopBenefit, { params: { benefitId }, body: { stopped: !isOn } });
  const shown = async (benefitId: number) => {
    const { status, body, text } = await ask(readBenefit, { params: { benefitId } });
    expect(status, text).toBe(200);
    return body;
  };
  it('case 50: a line that comes when much was given already counts what was given from the start, beyond its cap as an overrun', async () => {
    const { pg } = brand.platform;
    const activityNo = await activity(sampleActivity(signIn()), 'published');
    await give(activityNo, 1, 8);
    const lineNo = await plan.line({ cap: '10', purpose: 'gifts' });
    await place(`activity:${activityNo}`, [lineNo]);
    expect(await follow()).toBe(1);
    expect(await amounts(lineNo)).toEqual({ reserved: '0', committed: '8', spent: '0', free: '2' });
    expect(await follow()).toBe(0);
    await give(activityNo, 9, 15);
    expect(await follow()).toBe(1);
    expect(await amounts(lineNo)).toMatchObject({ committed: '15', free: '-5' });
    // What was given is owed; members are promised nothing more.
    expect(await follow()).toBe(0);
    const state = async () => (await ask(readActivity, { params: { activityNo } })).body.state;
    expect(await state()).toBe('paused');
    const { rows: [audited] } = await pg.query<{ by: string }>(`select actor_name as by from audit_log where action = 'membership.pause_activity' and subject = $1`, [`activity:${activityNo}`]);
    expect(audited.by).toBe('system');
    const resume = (no: number) => ask(turnActivity, { params: { activityNo: no }, body: { turn: 'resume' as const } });
    expect(await resume(activityNo)).toMatchObject({ status: 409, code: 'planning.budget_program_empty' });
    // One that warns stays open, and is seen to be over.
    const warned = await activity(sampleActivity(signIn()), 'published');
    const warns = await plan.line({ cap: '1', overCap: 'warn' });
    await place(`activity:${warned}`, [warns]);
    await give(warned, 1, 3);
    expect(await follow()).toBe(1);
    expect([await amounts(warns), (await ask(readActivity, { params: { activityNo: warned } })).body.state]).toMatchObject([{ committed: '3', free: '-2' }, 'running']);
  });

  it('does not let an activity begin for which its lines have too little, and puts aside what it may come to', async () => {
    const [line, empty] = [await plan.line({ cap: '6', purpose: 'gifts' }), await plan.line({ cap: '0', purpose: 'gifts' })];
    const drafts = [await activity(sampleActivity(signIn(), { budget: 700 }), 'draft'), await activity(sampleActivity(signIn(), { budget: 500 }), 'draft'), await activity(sampleActivity(signIn()), 'draft')];
    for (const [i, activityNo] of drafts.entries()) await place(`activity:${activityNo}`, [i === 2 ? empty : line]);
    const publish = (activityNo: number) => ask(turnActivity, { params: { activityNo }, body: { turn: 'publish' as const } });
    const told = await Promise.all(drafts.map(publish));
    expect(told.map(({ status, code }) => [status, code])).toEqual([[409, 'planning.budget_program_over_cap'], [200, undefined], [409, 'planning.budget_program_empty']]);
    expect((await ask(readActivity, { params: { activityNo: drafts[0] } })).body.state).toBe('draft');
    expect(await amounts(line)).toMatchObject({ reserved: '5', free: '1' });
    await give(drafts[1], 1, 2);
    expect(await follow()).toBe(1);
    expect(await amounts(line)).toEqual({ reserved: '3', committed: '2', spent: '0', free: '1' });
    await ask(turnActivity, { params: { activityNo: drafts[1] }, body: { turn: 'end' } });
    expect(await follow()).toBe(1);
    expect(await amounts(line)).toEqual({ reserved: '0', committed: '2', spent: '0', free: '4' });
  });

  it('spends what members redeem of the points an activity gave, promises again what they give back, and releases what ends', async () => {
    const now = brand.platform.clock.now().getTime();
    const lineNo = await plan.line({ cap: '100', purpose: 'gifts' });
    const activityNo = await activity(sampleActivity(signIn()), 'published');
    await place(`activity:${activityNo}`, [lineNo]);
    await give(activityNo, 201, 210, now + 1_000);
    expect(await follow()).toBe(1);
    expect(await amounts(lineNo)).toEqual({ reserved: '0', committed: '10', spent: '0', free: '90' });
    const spend = (customerNo: number, amount: number) => drawing.membership.ledger.execute({ kind: 'spend', key: `spent ${customerNo}`, customerNo, amount, occurredAt: now, derivation: {} });
    await Promise.all([spend(201, 100), spend(202, 35)]);
    // Of several who look at once one does, and nobody undoes what another found.
    const looks = await Promise.all(Array.from({ length: 5 }, follow));
    expect(Math.max(...looks)).toBe(1);
    expect(await amounts(lineNo)).toEqual({ reserved: '0', committed: '8.65', spent: '1.35', free: '90' });
    await drawing.membership.ledger.execute({ kind: 'give_back', key: 'back 201', of: 'spent 201', customerNo: 201, amount: 60, reinstatedUntil: now + 1_000, occurredAt: now, derivation: {} });
    await follow();
    expect(await amounts(lineNo)).toEqual({ reserved: '0', committed: '9.25', spent: '0.75', free: '90' });
    // An invoice for the same is another expense of it; nobody's hand is undone when points end.
    await plan.order(lineNo, 'commit', '7', `activity:${activityNo}`);
    const { now: clock } = brand.platform.clock;
    brand.platform.clock.now = () => new Date(now + 5_000);
    while (await drawing.membership.ledger.settleDue());
    expect(await follow()).toBe(1);
    brand.platform.clock.now = clock;
    expect(await amounts(lineNo)).toEqual({ reserved: '0', committed: '7', spent: '0.75', free: '92.25' });
    expect(await follow()).toBe(0);
    const { rows } = await brand.platform.pg.query<{ kind: string; amount: string }>('select kind, trim_scale(sum(amount))::text as amount from budget_entry where line_no = $1 group by 1 order by 1', [lineNo]);
    expect(rows).toEqual([{ kind: 'commit', amount: '17' }, { kind: 'lapse', amount: '9.25' }, { kind: 'return', amount: '0.6' }, { kind: 'spend', amount: '1.35' }]);
  });

  it('spends the points of a benefit when members redeem them, beside what else it gives, and neither is forgotten with who had it', async () => {
    const { pg } = brand.platform;
    const now = brand.platform.clock.now().getTime();
    const lineNo = await plan.line({ cap: '100', purpose: 'gifts' });
    const gifts = [{ giver: 'points', of: '', amount: 300 }];
    const benefitId = await benefit({ promise: { kind: 'upgrade', gifts }, limits: { perMember: null, inAll: 10 } });
    await place(`benefit:${benefitId}`, [lineNo]);
    // Ten times 5, and 300 points each that are worth 3.
    expect(await shown(benefitId)).toMatchObject({ expected: { amount: '80', basis: 'limit' }, points: { each: '3', given: '0' } });
    await follow();
    expect(await amounts(lineNo)).toEqual({ reserved: '80', committed: '0', spent: '0', free: '20' });
    expect((await shown(benefitId)).budgetLines).toMatchObject([{ lineNo, free: '20', holds: '80', reserved: '80' }]);
    const give = async (from: number, until: number) => {
      await pg.query(
        `insert into benefit_grant (key, benefit_id, benefit_version, customer_no, gifts, points, cost, derivation, occurred_at, recorded_at, state, expires_at)
          select 'up' || n, $1, 1, n, $4, 300, 5, '{}', $5, $5, 'waiting', $6 from generate_series($2::int, $3::int) n`, [benefitId, from, until, JSON.stringify(gifts), new Date(now), new Date(now + 1_000)]);
      await pg.query('update benefit set left_in_all = left_in_all - $2 where benefit_id = $1', [benefitId, until - from + 1]);
      expect(await shown(benefitId)).toMatchObject({ expected: { amount: '80' } });
      await drawing.membership.benefits.work();
    };
    await give(221, 224);
    await follow();
    // Points alone are all it hands out: what else it costs was spent with them.
    expect(await amounts(lineNo)).toEqual({ reserved: '48', committed: '12', spent: '20', free: '20' });
    const spend = (customerNo: number, amount: number) => drawing.membership.ledger.execute({ kind: 'spend', key: `spent ${customerNo}`, customerNo, amount, occurredAt: now, derivation: {} });
    await Promise.all([spend(221, 300), spend(222, 50)]);
    await follow();
    expect(await amounts(lineNo)).toEqual({ reserved: '48', committed: '8.5', spent: '23.5', free: '20' });
    await drawing.membership.ledger.execute({ kind: 'give_back', key: 'back 221', of: 'spent 221', customerNo: 221, amount: 100, reinstatedUntil: now + 1_000, occurredAt: now, derivation: {} });
    await follow();
    expect(await amounts(lineNo)).toEqual({ reserved: '48', committed: '9.5', spent: '22.5', free: '20' });
    // One is taken back: of the points, what was not spent.
    await pg.query("update benefit_grant set taken_back_at = $2, is_return_due = true where key = 'up222' and benefit_id = $1", [benefitId, new Date(now)]);
    await drawing.membership.benefits.work();
    await follow();
    expect(await amounts(lineNo)).toEqual({ reserved: '48', committed: '7', spent: '17.5', free: '27.5' });
    // One is forgotten: nothing of what they had can be redeemed any more, and what was redeemed stays spent.
    for (const held of [...heldBenefits(pg), heldPoints(pg)]) await held.erase({ customerNos: [221] } as never);
    await follow();
    expect(await amounts(lineNo)).toEqual({ reserved: '48', committed: '6', spent: '17.5', free: '28.5' });
    const { now: clock } = brand.platform.clock;
    brand.platform.clock.now = () => new Date(now + 5_000);
    while (await drawing.membership.ledger.settleDue());
    await follow();
    brand.platform.clock.now = clock;
    expect(await amounts(lineNo)).toEqual({ reserved: '48', committed: '0', spent: '17.5', free: '34.5' });
    expect(await shown(benefitId)).toMatchObject({ points: { each: '3', given: '12.0000', redeemed: '2.5000', lapsed: '9.5000' } });
    expect(await follow()).toBe(0);
  });

  it('releases what a benefit gave that ended unused, and commits the next in its place', async () => {
    const lineNo = await plan.line({ cap: '20', purpose: 'gifts' });
    const benefitId = await benefit();
    await place(`benefit:${benefitId}`, [lineNo]);
    await grant(benefitId, 3, 1);
    expect(await follow()).toBe(1);
    expect(await amounts(lineNo)).toEqual({ reserved: '0', committed: '10', spent: '5', free: '5' });
    await brand.platform.pg.query(`update benefit_grant set expires_at = '2026-06-05' where benefit_id = $1`, [benefitId]);
    expect(await follow()).toBe(1);
    expect(await amounts(lineNo)).toEqual({ reserved: '0', committed: '0', spent: '5', free: '15' });
    await grant(benefitId, 2);
    expect(await follow()).toBe(1);
    expect(await amounts(lineNo)).toEqual({ reserved: '0', committed: '10', spent: '5', free: '5' });
    // Somebody's use is undone: it is promised again.
    await brand.platform.pg.query('update benefit_grant set used_at = null, expires_at = null where benefit_id = $1 and used_at is not null', [benefitId]);
    expect(await follow()).toBe(1);
    expect(await amounts(lineNo)).toEqual({ reserved: '0', committed: '15', spent: '0', free: '5' });
  });

  it('spends what was redeemed of a benefit, and an invoice for the same is not spent twice', async () => {
    const lineNo = await plan.line({ cap: '100', purpose: 'gifts' });
    const benefitId = await benefit();
    await place(`benefit:${benefitId}`, [lineNo]);
    await grant(benefitId, 10, 3);
    expect(await follow()).toBe(1);
    expect(await amounts(lineNo)).toEqual({ reserved: '0', committed: '35', spent: '15', free: '50' });
    await plan.invoice(lineNo, '30', { program: `benefit:${benefitId}` });
    await brand.platform.pg.query(`update benefit_grant set used_at = '2026-06-04' where benefit_id = $1 and used_at is null and customer_no <= 7`, [benefitId]);
    // 35 were redeemed, 45 are spent already: 15 by use, 30 by invoice.
    expect(await follow()).toBe(0);
    expect(await amounts(lineNo)).toEqual({ reserved: '0', committed: '5', spent: '45', free: '50' });
  });

  it('stops a benefit within a minute when its lines are full, says which they are, and lets it go on by hand when there is room', async () => {
    const { pg } = brand.platform;
    const [first, second] = [await plan.line({ name: '礼品 A', cap: '10', purpose: 'gifts' }), await plan.line({ name: '礼品 B', cap: '12', purpose: 'gifts' })];
    const benefitId = await benefit();
    await place(`benefit:${benefitId}`, [first, second]);
    await grant(benefitId, 3);
    expect(await follow()).toBe(1);
    expect(await shown(benefitId)).toMatchObject({ state: 'running', fullLines: null });
    await grant(benefitId, 2);
    expect(await follow()).toBe(1);
    expect([await amounts(first), await amounts(second)]).toMatchObject([{ committed: '10', free: '0' }, { committed: '15', free: '-3' }]);
    expect(await shown(benefitId)).toMatchObject({ state: 'stopped', fullLines: ['礼品 A', '礼品 B'], changedBy: 'system' });
    expect(await follow()).toBe(0);
    const history = async () => (await pg.query(
      `select actor_name as by, action, details from audit_log where subject = $1 and action <> 'membership.create_benefit' order by seq`, [`benefit:${benefitId}`])).rows;
    const stopped = { by: 'system', action: 'membership.stop_benefit', details: { fullLines: ['礼品 A', '礼品 B'] } };
    expect(await history()).toEqual([stopped]);
    const refused = await letGo(benefitId);
    expect([refused.status, refused.code]).toEqual([409, 'planning.budget_program_empty']);
    expect(refused.text).toContain('礼品 A and 礼品 B');
    expect((await shown(benefitId)).budgetLines).toEqual([{ lineNo: first, name: '礼品 A', cap: '10', free: '0', holds: '10', reserved: '0', overCap: 'stop', isOver: false }, { lineNo: second, name: '礼品 B', cap: '12', free: '-3', holds: '15', reserved: '0', overCap: 'stop', isOver: false }]);
    expect(await shown(benefitId)).toMatchObject({ state: 'stopped', fullLines: ['礼品 A', '礼品 B'] });
    // Somebody gives it room: what was given beyond the caps is counted, and there is some left.
    await pg.query('update budget_line set cap = 20 where line_no = $1', [first]);
    expect(await follow()).toBe(0);
    expect((await letGo(benefitId)).body).toMatchObject({ overBudget: [] });
    expect(await shown(benefitId)).toMatchObject({ state: 'running', fullLines: null });
    expect(await follow()).toBe(0);
    expect((await history()).map(({ action }) => action)).toEqual(['membership.stop_benefit', 'membership.resume_benefit']);
  });

  it('stops a benefit also where others filled its line, but none that costs nothing and none whose line only warns', async () => {
    const line = await plan.line({ name: '共用', cap: '10', purpose: 'gifts' });
    const warns = await plan.line({ name: '提醒', cap: '1', purpose: 'gifts', overCap: 'warn' });
    const [filling, beside, free, warned] = [await benefit(), await benefit(), await benefit({ cost: '0' }), await benefit()];
    for (const benefitId of [filling, beside, free]) await place(`benefit:${benefitId}`, [line]);
    await place(`benefit:${warned}`, [warns]);
    await grant(filling, 2);
    await grant(warned, 3);
    await follow();
    await follow();
    expect(await Promise.all([filling, beside, free, warned].map(async (benefitId) => (await shown(benefitId)).state))).toEqual(['stopped', 'stopped', 'running', 'running']);
    expect(await amounts(warns)).toMatchObject({ committed: '15', free: '-14' });
    // Stopped by hand it is nobody's fault; going on it is said that the line is over.
    await letGo(warned, false);
    expect(await shown(warned)).toMatchObject({ state: 'stopped', fullLines: null });
    expect(await letGo(warned)).toMatchObject({ status: 200, body: { overBudget: ['提醒'] } });
  });

  it('stops an activity and a benefit all of whose stopping lines are over, but for what they put aside, and lets go on where another is on, where one warns, and before its months', async () => {
    const { pg } = brand.platform;
    const may = { purpose: 'gifts', untilMonth: '2026-05' } as const;
    const over = await plan.line({ name: '五月 A', ...may });
    const [on, warns, later] = [await plan.line({ name: '全年', purpose: 'gifts' }), await plan.line({ name: '五月 B', overCap: 'warn', ...may }), await plan.line({ name: '下半年', purpose: 'gifts', fromMonth: '2026-08' })];
    const [played, stopped, also, warned, ahead, aside] = [await activity(sampleActivity(signIn()), 'published'), await benefit(), await benefit(), await benefit(), await benefit(), await benefit()];
    await place(`activity:${played}`, [over]);
    await place(`benefit:${stopped}`, [over]);
    await place(`benefit:${also}`, [over, on]);
    await place(`benefit:${warned}`, [warns]);
    await place(`benefit:${ahead}`, [later]);
    await place(`benefit:${aside}`, [over]);
    await plan.order(over, 'reserve', '15', `benefit:${aside}`);
    for (const each of [stopped, also, warned, ahead, aside]) await grant(each, 2);
    await follow();
    const states = async () => Promise.all([stopped, also, warned, ahead, aside].map(async (each) => (await shown(each)).state));
    expect(await states()).toEqual(['stopped', 'running', 'running', 'running', 'running']);
    expect(await shown(stopped)).toMatchObject({ fullLines: ['五月 A'], budgetLines: [{ overCap: 'stop', isOver: true }] });
    expect((await ask(readActivity, { params: { activityNo: played } })).body).toMatchObject({ state: 'paused', fullLines: ['五月 A'], budgetLines: [{ lineNo: over, isOver: true }] });
    expect(await letGo(stopped)).toMatchObject({ status: 409, code: 'planning.budget_program_empty' });
    // What was given before is owed; whoever keeps the budget is told of the line that warns.
    expect(await Promise.all([over, on, warns, later].map(amounts))).toMatchObject([{ reserved: '5', committed: '20' }, { committed: '10' }, { committed: '10' }, { committed: '0' }]);
    expect((await readWaiting(pg, brand.platform.clock.now())).find(({ message }) => message === 'planning:waiting.overMonths')).toMatchObject({ count: 1, permission: 'planning.budget' });
    await grant(aside, 1);
    await follow();
    expect(await states()).toEqual(['stopped', 'running', 'running', 'running', 'stopped']);
  });

  it('gives back what a program put aside on a line it was taken off, and leaves what somebody reserved by hand', async () => {
    const [one, other] = [await plan.line({ name: '原来的', purpose: 'gifts' }), await plan.line({ name: '换成的', purpose: 'gifts' })];
    const [moved, byHand] = [await benefit({ limits: { perMember: null, inAll: 4 } }), await benefit()];
    await plan.order(one, 'reserve', '7', `benefit:${byHand}`);
    await place(`benefit:${moved}`, [one]);
    await grant(moved, 1);
    await follow();
    expect(await amounts(one)).toMatchObject({ reserved: '22', committed: '5' });
    await brand.platform.pg.query("update plan_item set body = jsonb_set(body, '{lineNos}', to_jsonb(array[$2::int])) where kind = 'program_place' and body ->> 'program' = $1", [`benefit:${moved}`, other]);
    await follow();
    expect([await amounts(one), await amounts(other)]).toMatchObject([{ reserved: '7', committed: '5' }, { reserved: '15', committed: '0' }]);
    expect(await follow()).toBe(0);
  });

  it('puts aside what an unlimited benefit is planned or expected to cost, once, and says by what it is expected', async () => {
    const line = await plan.line({ name: '不限量', cap: '400', purpose: 'gifts' });
    const planned = await benefit({ planned: '150' });
    await place(`benefit:${planned}`, [line]);
    expect(await follow()).toBe(1);
    expect(await amounts(line)).toEqual({ reserved: '150', committed: '0', spent: '0', free: '250' });
    expect(await shown(planned)).toMatchObject({ expected: { amount: '150', basis: 'planned', until: null } });
    await grant(planned, 4, 1);
    expect(await follow()).toBe(1);
    expect(await amounts(line)).toEqual({ reserved: '130', committed: '15', spent: '5', free: '250' });
    // Planned again: what is missing is put aside as well; what its lines have not is refused.
    const change = async (amount: string) => ask(changeBenefit, { params: { benefitId: planned }, body: { ...promised({ planned: amount }), version: (await shown(planned)).version } });
    expect((await change('200')).status).toBe(200);
    expect(await amounts(line)).toMatchObject({ reserved: '180', free: '200' });
    expect(await change('401')).toMatchObject({ status: 409, code: 'planning.budget_program_over_cap' });
    // Estimated by members: 20 of them, twice a month until the end of the year, of which the line has less.
    await brand.platform.pg.query(
      `insert into member (customer_no, joined_at, joined_by, tier, tier_since, cycle_start, version_no) select customer_no, '2026-01-05', 'page', 'silver', '2026-01-05', '2026-01-05', 1 from customer order by 1 limit 20`);
    const monthly = await benefit({ limits: { perMember: { times: 2, period: 'month' }, inAll: null } });
    await place(`benefit:${monthly}`, [line]);
    expect([await follow(), await amounts(line)]).toMatchObject([0, { reserved: '180', free: '200' }]);
    await brand.platform.pg.query('update budget_line set cap = 2000 where line_no = $1', [line]);
    expect(await follow()).toBe(1);
    const { expected, members } = await shown(monthly);
    expect(Number((await plan.read(line)).line.reserved)).toBeCloseTo(180 + Number(expected!.amount), 1);
    expect(expected).toMatchObject({ basis: 'members', people: 20, until: '2026-12-31T16:00:00.000Z' });
    expect([members, Number(expected!.amount) > 1_000 && Number(expected!.amount) < 1_500]).toEqual([20, true]);
    expect(await follow()).toBe(0);
    // Of one that everybody may use as they like nothing can be told before it is used.
    expect(await shown(await benefit())).toMatchObject({ expected: null });
    await brand.platform.pg.query('delete from member');
  });

  it('puts aside anew what a benefit is expected to cost when it came to more than was guessed', async () => {
    const { pg } = brand.platform;
    const line = await plan.line({ name: '猜少了', cap: '5000', purpose: 'gifts' });
    const join = (people: number) => pg.query(
      `insert into member (customer_no, joined_at, joined_by, tier, tier_since, cycle_start, version_no) select customer_no, '2026-01-05', 'page', 'silver', '2026-01-05', '2026-01-05', 1 from customer order by 1 limit $1 on conflict do nothing`, [people]);
    await join(1);
    const monthly = await benefit({ limits: { perMember: { times: 2, period: 'month' }, inAll: null } });
    await place(`benefit:${monthly}`, [line]);
    await follow();
    const guessed = Number((await amounts(line)).reserved);
    expect(guessed).toBeGreaterThan(0);
    await join(20);
    const given = Math.ceil(guessed / 5) + 2;
    await grant(monthly, given, 0);
    await follow();
    const after = await amounts(line);
    expect([after.committed, Number(after.reserved) > guessed]).toEqual([String(given * 5), true]);
    expect(await follow()).toBe(0);
    await pg.query('delete from member');
  });

  it('puts aside the most a limited benefit can cost when it goes on or grows, and gives back what it does not need when it is stopped', async () => {
    const line = await plan.line({ name: '限量', cap: '100', purpose: 'gifts' });
    const limits = (inAll: number | null) => ({ perMember: null, inAll });
    const benefitId = await benefit({ limits: limits(10) });
    await place(`benefit:${benefitId}`, [line]);
    const change = async (more: Partial<BenefitDefinition>) => ask(changeBenefit, { params: { benefitId }, body: { ...promised(more), version: (await shown(benefitId)).version } });
    await letGo(benefitId, false);
    await letGo(benefitId);
    expect(await amounts(line)).toEqual({ reserved: '50', committed: '0', spent: '0', free: '50' });
    await grant(benefitId, 4);
    // Given and not followed yet: it is not put aside twice.
    expect((await change({ limits: limits(12) })).status).toBe(200);
    expect(await amounts(line)).toMatchObject({ reserved: '60', committed: '0' });
    expect(await follow()).toBe(1);
    expect(await amounts(line)).toEqual({ reserved: '40', committed: '20', spent: '0', free: '40' });
    const tooMuch = await change({ limits: limits(21) });
    expect([tooMuch.status, tooMuch.code]).toEqual([409, 'planning.budget_program_over_cap']);
    expect(tooMuch.text).toContain('限量');
    expect(await shown(benefitId)).toMatchObject({ left: 8, definition: { limits: limits(12) } });
    expect((await change({ limits: limits(20) })).status).toBe(200);
    expect(await amounts(line)).toMatchObject({ reserved: '80', free: '0' });
    // All is put aside for itself: its line is not full for it.
    await follow();
    expect((await shown(benefitId)).state).toBe('running');
    expect((await change({ limits: limits(5) })).status).toBe(200);
    await letGo(benefitId, false);
    expect(await follow()).toBe(1);
    expect(await amounts(line)).toEqual({ reserved: '0', committed: '20', spent: '0', free: '80' });
  });
});
