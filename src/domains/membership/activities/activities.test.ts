import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMembershipServer, type MembershipServer } from '../../../../test/membership-server.ts';
import { plainItem } from '../../../../test/mall-shop.ts';
import { allGoods, prize, reward, sampleActivity, sampleLottery, signIn } from '../../../../test/sample-activity.ts';
import { publishSample, sampleProgramme } from '../../../../test/sample-programme.ts';
import {
  type ActivityDefinition,
  type ActivityDoes,
  adjustPoints,
  changeActivity,
  createActivity,
  createMallItem,
  deleteActivity,
  keepParticipants,
  listActivities,
  listParticipations,
  previewActivity,
  readActivitiesOf,
  readActivity,
  readActivityCalendar,
  readActivityResults,
  readMallOrder,
  readPoints,
  takePart,
  turnActivity,
} from '../contract.ts';
import { proveLedger } from '../ledger/store/proof.ts';
import { heldParticipations } from './held-participations.ts';
import { drawnInteger, fingerprintOf, prizeAt } from './rules/draw.ts';

const everything = 'membership.read membership.adjust membership.checkout membership.mall membership.activities audiences.edit audiences.read';
const noon = '2026-06-18T04:00:00Z';

describe('activities for members', () => {
  let at: MembershipServer;
  let made = 0;
  const key = (): string => `key ${++made}`;
  beforeAll(async () => {
    at = await createMembershipServer(everything);
    const { pg } = at.platform;
    const version = await publishSample(pg, sampleProgramme(), '2025-01-01T00:00:00Z');
    await pg.query('insert into customer (customer_no, created_at) select n, now() from generate_series(1, 500) n');
    await pg.query(
      `insert into member (customer_no, joined_at, joined_by, tier, tier_since, cycle_start, version_no)
        select n, '2026-01-05', 'page', case when n = 2 then 'gold' else 'silver' end, '2026-01-05', '2026-01-05', $1 from generate_series(1, 480) n`, [version]);
  });
  afterAll(() => at.close());

  const give = (customerNo: number, amount: number) => at.ask(adjustPoints, { params: { customerNo }, body: { key: key(), amount, reason: 'x' } });
  const available = async (customerNo: number): Promise<number> => (await at.ask(readPoints, { params: { customerNo } })).body.balance.available;
  const plan = async (does: ActivityDoes, changes: Partial<ActivityDefinition> = {}): Promise<number> => {
    const { body, status, text } = await at.ask(createActivity, { body: { definition: sampleActivity(does, changes) } });
    expect(status, text).toBe(201);
    return body.activityNo;
  };
  const turn = (activityNo: number, to: 'publish' | 'pause' | 'resume' | 'end') => at.ask(turnActivity, { params: { activityNo }, body: { turn: to } });
  const run = async (does: ActivityDoes, changes: Partial<ActivityDefinition> = {}): Promise<number> => {
    const activityNo = await plan(does, changes);
    const { status, text } = await turn(activityNo, 'publish');
    expect(status, text).toBe(200);
    return activityNo;
  };
  const join = (activityNo: number, customerNo: number, sent = key()) => at.ask(takePart, { params: { activityNo }, body: { key: sent, customerNo } });
  const given = async (activityNo: number) => Object.fromEntries((await at.ask(readActivity, { params: { activityNo } })).body.prizes.map((each) => [each.key, each.given]));
  const addsUp = async (): Promise<void> => expect(await proveLedger(at.platform.pg)).toEqual({ imbalances: [], wrongLots: [], overReversed: [] });

  describe('are planned', () => {
    it('as drafts, changed on the version they were read in, and published when nothing is wrong with them', async () => {
      const activityNo = await plan(sampleLottery({ fallback: 'none' }), { startsAt: '2026-06-19T00:00:00Z' });
      const refused = await turn(activityNo, 'publish');
      expect([refused.status, refused.code, refused.text]).toEqual([409, 'membership.activity_unsound', expect.stringContaining('does.fallback')]);
      const definition = sampleActivity(sampleLottery(), { startsAt: '2026-06-19T00:00:00Z' });
      const change = (version: number, changed: ActivityDefinition = definition) => at.ask(changeActivity, { params: { activityNo }, body: { version, definition: changed } });
      expect((await change(1)).status).toBe(200);
      expect((await change(1)).code).toBe('membership.activity_changed');
      expect((await change(2, sampleActivity(signIn()))).code).toBe('membership.activity_kind_stays');
      expect((await turn(activityNo, 'publish')).body.state).toBe('scheduled');
      expect((await turn(activityNo, 'publish')).code).toBe('membership.activity_not_turned');
      expect(await join(activityNo, 1)).toMatchObject({ status: 409, code: 'membership.activity_not_running' });
      expect((await turn(activityNo, 'end')).body.state).toBe('ended');
      expect((await turn(activityNo, 'resume')).code).toBe('membership.activity_not_turned');
      expect((await at.ask(deleteActivity, { params: { activityNo } })).code).toBe('membership.activity_published');
      const draft = await plan(signIn());
      expect([(await at.ask(deleteActivity, { params: { activityNo: draft } })).status, (await at.ask(readActivity, { params: { activityNo: draft } })).status]).toEqual([200, 404]);
    });

    it('and cannot be changed any more once they run', async () => {
      const activityNo = await run(signIn());
      const { body: { version } } = await at.ask(readActivity, { params: { activityNo } });
      expect(await at.ask(changeActivity, { params: { activityNo }, body: { version, definition: sampleActivity(signIn()) } })).toMatchObject({ status: 409, code: 'membership.activity_begun' });
    });

    it('with a preview that says it in three languages, what is wrong, and when it is on', async () => {
      const { body } = await at.ask(previewActivity, {
        body: { definition: sampleActivity({ kind: 'member_day', days: { on: 'nth_weekday', nth: 1, weekday: 5 }, factor: 200, scope: allGoods, payWithinMinutes: 30, reward: reward(8) }, { tiers: ['gold'], endsAt: null }) },
      }, { locale: 'zh-CN' });
      expect(body.sentences['zh-CN']).toBe('2026年6月1日 00:00 起，限gold会员，每月第一个星期五是会员日：全部商品积分 2 倍。下单后 30 分钟内付款有效。当天还可领 8 积分。');
      expect(body.sentences.en).toContain('the first Friday of each month');
      expect(body.days.slice(0, 3)).toEqual(['2026-07-03', '2026-08-07', '2026-09-04']);
      expect(body.checks.map(({ level }) => level)).toEqual(['warning']);
      const lottery = await at.ask(previewActivity, { body: { definition: sampleActivity(sampleLottery()) } }, { locale: 'zh-CN' });
      expect(lottery.body).toMatchObject({ expected: { over: 12_500, under: 1_000 }, odds: [{ key: 'grand', weight: 10, of: 1_000 }, {}, {}, {}] });
      expect(lottery.body.sentences.en).toContain('grand 1%');
    });

    it('in a list by kind and state, and on a calendar of the brand’s days', async () => {
      const { body } = await at.ask(listActivities, { query: { kind: 'sign_in', state: 'running' } });
      expect(new Set(body.rows.map(({ state, definition }) => `${state} ${definition.does.kind}`))).toEqual(new Set(['running sign_in']));
      const activityNo = await run({ kind: 'member_day', days: { on: 'weekdays', weekdays: [6] }, factor: 200, scope: allGoods, payWithinMinutes: null, reward: reward(0) });
      const calendar = await at.ask(readActivityCalendar, { query: { from: '2026-05-25', to: '2026-07-05' } });
      expect(calendar.body.activities.find((each) => each.activityNo === activityNo)?.days).toEqual(['2026-06-06', '2026-06-13', '2026-06-20', '2026-06-27']);
      expect(await at.ask(readActivityCalendar, { query: { from: '2026-01-01', to: '2026-12-31' } })).toMatchObject({ status: 400, code: 'membership.calendar_too_long' });
    });
  });

  describe('are taken part in', () => {
    it('once for a key however often it is sent; another under the same key is refused', async () => {
      const activityNo = await run(signIn(), { validDays: 30 });
      const sent = key();
      const [first, again] = [await join(activityNo, 10, sent), await join(activityNo, 10, sent)];
      expect(first.body).toMatchObject({ points: 5, streak: 1, isReplay: false, state: 'done' });
      expect(again.body).toMatchObject({ participationNo: first.body.participationNo, points: 5, isReplay: true });
      expect(await join(activityNo, 11, sent)).toMatchObject({ status: 409, code: 'membership.key_used' });
      expect(await join(activityNo, 10)).toMatchObject({ status: 409, code: 'membership.activity_day_limit' });
      expect(await available(10)).toBe(5);
      // Good to the end of the thirtieth day, in Shanghai.
      expect((await at.ask(readPoints, { params: { customerNo: 10 } })).body.lots[0].expiresAt).toBe('2026-07-18T16:00:00.000Z');
    });

    it('day by day in a streak of the brand’s days, with its bonuses, and from the beginning after a day without', async () => {
      const activityNo = await run(signIn(), { endsAt: null });
      // The eighteenth in Shanghai begins at 16:00 of the seventeenth; each day near its beginning or its end.
      const expected = [
        { moment: '2026-06-17T16:00:00Z', streak: 1, points: 5 },
        { moment: '2026-06-19T15:59:59Z', streak: 2, points: 5 },
        { moment: '2026-06-19T16:00:00Z', streak: 3, points: 15 },
        { moment: '2026-06-21T20:00:00Z', streak: 1, points: 5 },
        { moment: '2026-06-22T17:00:00Z', streak: 2, points: 5 },
      ];
      for (const { moment, ...outcome } of expected) {
        at.setTime(moment);
        expect((await join(activityNo, 12)).body, moment).toMatchObject(outcome);
      }
      at.setTime(noon);
    });

    it('as one person with all their numbers, before and after a merge', async () => {
      const activityNo = await run(signIn());
      await join(activityNo, 20);
      await at.platform.pg.query('update customer set status = 1, merged_into = 21, merged_at = now() where customer_no = 20');
      expect(await join(activityNo, 21)).toMatchObject({ status: 409, code: 'membership.activity_day_limit' });
      await at.platform.pg.query('update customer set status = 0, merged_into = null, merged_at = null where customer_no = 20');
      expect((await join(activityNo, 21)).status).toBe(201);
    });

    it('by members of its tiers alone, while neither it nor the programme is paused', async () => {
      const activityNo = await run(signIn(), { tiers: ['gold'] });
      expect((await join(activityNo, 1)).code).toBe('membership.activity_not_for_tier');
      expect((await join(activityNo, 490)).code).toBe('membership.activity_not_a_member');
      expect((await join(activityNo, 999)).code).toBe('membership.nobody');
      await turn(activityNo, 'pause');
      expect((await join(activityNo, 2)).code).toBe('membership.activity_not_running');
      await turn(activityNo, 'resume');
      await at.platform.pg.query("insert into programme_pause (paused_at, reason, paused_by) values ('2026-06-18T00:00:00Z', '盘点', 'x')");
      // What is in force is kept for a second.
      await new Promise((done) => setTimeout(done, 1_100));
      expect((await join(activityNo, 2)).code).toBe('membership.activity_paused');
      await at.platform.pg.query('delete from programme_pause');
      await new Promise((done) => setTimeout(done, 1_100));
      expect((await join(activityNo, 2)).status).toBe(201);
    });

    it('by doing something so often while it counts, told by the events that were collected', async () => {
      const activityNo = await run({ kind: 'task', task: { what: 'event', event: 'Product Reviewed', times: 2, within: 'activity' }, reward: reward(30, 7) });
      const sendEvent = (moment: string, customerNo = 30) => at.platform.clickhouse.command(
        `insert into event (event_id, batch_no, import_id, customer_no, occurred_at, received_at, kind, name, properties, channel, source) values (generateUUIDv4(), 1, 0, ${customerNo}, '${moment}', '${moment}', 'track', 'Product Reviewed', '{}', '', '')`);
      await sendEvent('2026-05-31 15:59:59');
      await sendEvent('2026-06-01 08:00:00');
      await sendEvent('2026-06-01 08:00:00', 31);
      expect(await join(activityNo, 30)).toMatchObject({ status: 409, code: 'membership.activity_not_done_yet' });
      const open = async () => (await at.ask(readActivitiesOf, { params: { customerNo: 30 } })).body.activities.find((each) => each.activityNo === activityNo);
      expect(await open()).toMatchObject({ progress: { done: 1, of: 2 }, hindrance: 'not_done_yet' });
      await sendEvent('2026-06-18 03:00:00');
      expect(await open()).toMatchObject({ progress: { done: 2, of: 2 }, hindrance: null });
      expect((await join(activityNo, 30)).body).toMatchObject({ points: 30, growth: 7 });
      expect((await join(activityNo, 30)).code).toBe('membership.activity_total_limit');
      const { rows } = await at.platform.pg.query("select customer_no, amount, kind from growth_entry where kind = 'activity'");
      expect(rows).toEqual([{ customer_no: 30, amount: 7, kind: 'activity' }]);
    });

    it('by filling in who they are', async () => {
      const activityNo = await run({ kind: 'task', task: { what: 'profile', fields: ['gender', 'city'] }, reward: reward(10) });
      expect((await join(activityNo, 33)).code).toBe('membership.activity_not_done_yet');
      await at.platform.clickhouse.command("insert into customer (customer_no, version, status, created_at, gender, city) values (33, 1, 'active', '2026-01-01', 'female', '杭州')");
      expect((await join(activityNo, 33)).body.points).toBe(10);
    });

    it('by joining while it runs: given by itself, once, and to nobody who had joined before', async () => {
      const { pg } = at.platform;
      await pg.query("update member set joined_at = '2026-06-10T00:00:00Z' where customer_no = 40");
      const activityNo = await run({ kind: 'joining', reward: reward(100) }, { budget: 100 });
      expect([await at.membership.activities.tidyUp(), await at.membership.activities.tidyUp(), await available(40)]).toEqual([1, 0, 100]);
      expect([(await join(activityNo, 41)).code, (await join(activityNo, 40)).code]).toEqual(['membership.activity_joined_before', 'membership.activity_total_limit']);
      // The budget is spent: the next one gets nothing, and nobody is in the way of others.
      await pg.query("update member set joined_at = '2026-06-11T00:00:00Z' where customer_no = 42");
      expect([await at.membership.activities.tidyUp(), await available(42)]).toEqual([0, 0]);
      await turn(activityNo, 'end');
      await pg.query("update member set joined_at = '2026-01-05' where customer_no in (40, 42)");
    });
  });

  describe('draw', () => {
    it('what anybody can draw again once the seed is told, and never tell it before', async () => {
      const activityNo = await run(sampleLottery());
      await give(50, 400);
      const outcomes = [];
      for (let n = 0; n < 20; n++) outcomes.push((await join(activityNo, 50)).body);
      const during = (await at.ask(readActivity, { params: { activityNo } })).body;
      expect(during.seed).toBeNull();
      await turn(activityNo, 'end');
      const { seed, seedFingerprint } = (await at.ask(readActivity, { params: { activityNo } })).body;
      const bytes = Buffer.from(seed ?? '', 'hex');
      expect([fingerprintOf(bytes), seedFingerprint]).toEqual([during.seedFingerprint, during.seedFingerprint]);
      const { rows } = await at.platform.pg.query<{ no: number; derivation: { drawn: number; of: number; fellOn: string } }>('select participation_no as no, derivation from activity_participation where activity_no = $1', [activityNo]);
      for (const { no, derivation } of rows) {
        expect(derivation).toMatchObject({ drawn: drawnInteger(bytes, no, 1_000), of: 1_000, fellOn: prizeAt(sampleLottery().prizes, derivation.drawn).key });
      }
      expect(rows).toHaveLength(20);
      const won = outcomes.reduce((sum, { points }) => sum + points, 0);
      expect(await available(50)).toBe(400 - 20 * 20 + won);
      await addsUp();
    });

    it('nothing of who cannot pay, and leave nothing behind', async () => {
      const activityNo = await run(sampleLottery(), { budget: 5_000 });
      await give(51, 19);
      expect(await join(activityNo, 51)).toMatchObject({ status: 409, code: 'membership.insufficient_points' });
      expect((await at.ask(readActivity, { params: { activityNo } })).body).toMatchObject({ promised: 0 });
      expect((await at.ask(listParticipations, { params: { activityNo } })).body.total).toBe(0);
    });

    it('the prize that is certain after so many draws without luck', async () => {
      const activityNo = await run(sampleLottery({
        cost: 0,
        prizes: [
          prize('grand', 0, { kind: 'points', points: 9 }, 1),
          prize('thanks', 1, { kind: 'nothing' }),
        ],
        pity: { after: 3, prize: 'grand' },
      }));
      const drawn = [];
      for (let n = 0; n < 8; n++) drawn.push((await join(activityNo, 52)).body.prize?.key);
      // The one there was is gone by then: the second time it is the fallback after all.
      expect(drawn).toEqual(['thanks', 'thanks', 'thanks', 'grand', 'thanks', 'thanks', 'thanks', 'thanks']);
      expect(await given(activityNo)).toEqual({ grand: 1, thanks: 7 });
    });

    it('items of the mall, and the fallback where the mall has none left', async () => {
      const { body: { itemNo } } = await at.ask(createMallItem, { body: { definition: { ...plainItem, points: 0, delivery: { kind: 'made_codes', prefix: 'WIN' } } } });
      await at.platform.pg.query('update mall_item set stock = 1 where item_no = $1', [itemNo]);
      const activityNo = await run(sampleLottery({
        cost: 0,
        prizes: [
          prize('bag', 1, { kind: 'item', itemNo }),
          prize('thanks', 0, { kind: 'points', points: 1 }),
        ],
        fallback: 'thanks',
      }));
      const [first, second] = [(await join(activityNo, 53)).body, (await join(activityNo, 53)).body];
      expect([first.prize?.key, second.prize?.key, second.orderNo, second.state]).toEqual(['bag', 'thanks', null, 'done']);
      expect((await at.ask(readMallOrder, { params: { orderNo: first.orderNo ?? 0 } })).body).toMatchObject({ state: 'fulfilled', points: 0, activityNo });
      expect([await given(activityNo), await available(53)]).toEqual([{ bag: 1, thanks: 1 }, 1]);
    });

    it('never more prizes than there are and never beyond the budget, with two hundred at once', async () => {
      const lottery = sampleLottery({ cost: 1, prizes: [prize('good', 1, { kind: 'points', points: 10 }, 17), prize('thanks', 0, { kind: 'nothing' })] });
      const [stocked, budgeted] = [await run(lottery), await run({ ...lottery, prizes: [prize('good', 1, { kind: 'points', points: 10 }), prize('thanks', 0, { kind: 'nothing' })] }, { budget: 105 })];
      const people = Array.from({ length: 200 }, (_, i) => 100 + i);
      await Promise.all(people.map((no) => give(no, 2)));
      const many = await Promise.all(people.map((no) => join(stocked, no)));
      const prizes = many.map(({ body }) => body.prize?.key);
      expect([prizes.filter((each) => each === 'good').length, prizes.filter((each) => each === 'thanks').length, await given(stocked)]).toEqual([17, 183, { good: 17, thanks: 183 }]);
      const rest = await Promise.all(people.map((no) => join(budgeted, no)));
      expect(rest.filter(({ status }) => status === 201)).toHaveLength(10);
      expect(new Set(rest.filter(({ status }) => status !== 201).map(({ code }) => code))).toEqual(new Set(['membership.activity_budget_spent']));
      expect((await at.ask(readActivity, { params: { activityNo: budgeted } })).body.promised).toBe(100);
      await addsUp();
    });

    it('once of sixty draws of one person at once where one is allowed', async () => {
      const activityNo = await run(sampleLottery(), { limits: { perDay: 1, total: null } });
      await give(60, 2_000);
      const codes = (await Promise.all(Array.from({ length: 60 }, () => join(activityNo, 60)))).map(({ status, code }) => (status === 201 ? 'done' : code));
      expect([codes.filter((code) => code === 'done').length, new Set(codes)]).toEqual([1, new Set(['done', 'membership.activity_day_limit'])]);
    });
  });

  describe('exchange points', () => {
    it('for an item of the mall at a price of their own, as long as there is some of it', async () => {
      const { body: { itemNo } } = await at.ask(createMallItem, { body: { definition: plainItem } });
      await at.platform.pg.query('update mall_item set stock = 9 where item_no = $1', [itemNo]);
      const activityNo = await run({ kind: 'exchange', itemNo, points: 40, stock: 2 });
      await Promise.all([70, 71, 72, 73].map((no) => give(no, no === 73 ? 39 : 100)));
      expect(await join(activityNo, 73)).toMatchObject({ status: 409, code: 'membership.insufficient_points' });
      expect((await join(activityNo, 70)).body).toMatchObject({ cost: 40, orderNo: expect.any(Number) });
      expect((await join(activityNo, 71)).body).toMatchObject({ cost: 40 });
      expect(await join(activityNo, 72)).toMatchObject({ status: 409, code: 'membership.activity_out_of_stock' });
      expect(await available(70)).toBe(60);
      expect(await available(72)).toBe(100);
      expect(await given(activityNo)).toEqual({ exchange: 2 });
      await addsUp();
    });
  });

  describe('are told of', () => {
    it('to whom they are open: what they cost, how often somebody was there, what is left and what the chances are', async () => {
      const activityNo = await run(sampleLottery(), { limits: { perDay: 2, total: null } });
      await give(80, 25);
      const open = async () => (await at.ask(readActivitiesOf, { params: { customerNo: 80 } })).body.activities.find((each) => each.activityNo === activityNo);
      expect(await open()).toMatchObject({ cost: 20, hindrance: null, today: 0, odds: [{ key: 'grand', weight: 10, of: 1_000 }, {}, {}, {}], left: expect.arrayContaining([{ key: 'grand', left: 2 }]) });
      await join(activityNo, 80);
      expect(await open()).toMatchObject({ today: 1, total: 1 });
      expect(await at.ask(readActivitiesOf, { params: { customerNo: 999 } })).toMatchObject({ status: 404 });
    });

    it('with what came of them, and with the people behind the number', async () => {
      const activityNo = await run(signIn());
      await Promise.all([90, 91, 92].map((no) => join(activityNo, no)));
      at.setTime('2026-06-19T04:00:00Z');
      await join(activityNo, 90);
      const { body } = await at.ask(readActivityResults, { params: { activityNo } });
      at.setTime(noon);
      expect(body).toMatchObject({
        people: 3,
        participations: 4,
        points: 20,
        cost: 0,
        days: [
          { day: '2026-06-18', people: 3, participations: 3, points: 15 },
          { day: '2026-06-19', people: 1, participations: 1, points: 5 },
        ],
      });
      const list = await at.ask(listParticipations, { params: { activityNo }, query: { sort: '-points' } });
      expect(list.body.rows.map(({ customerNo }) => customerNo).sort()).toEqual([90, 90, 91, 92]);
      await at.platform.clickhouse.command("insert into customer (customer_no, version, status, created_at) select number + 1, 1, 'active', '2026-01-01' from numbers(100)");
      await at.platform.pg.query('update fact_state set data_version = data_version + 1');
      const { body: { audienceId }, status, text } = await at.ask(keepParticipants, { params: { activityNo }, body: { name: '签到的人' } });
      expect(status, text).toBe(201);
      expect([...(await at.audiences.membersOf(audienceId)).toArray()]).toEqual([90, 91, 92]);
    });

    it('to the reckoning of orders, as far as they were on when an order was placed', async () => {
      const activityNo = await run({ kind: 'double_points', factor: 300, scope: allGoods, payWithinMinutes: null }, { tiers: ['gold'] });
      const at18 = { placedAt: Date.parse(noon), paidAt: null, channel: '官网' };
      const own = async (tier: string, placedAt = at18.placedAt) => (await at.membership.activities.multipliers())({ ...at18, placedAt }, { tier }).filter((each) => each.key === `activity_${activityNo}`).map(({ factor }) => factor);
      expect([await own('gold'), await own('silver')]).toEqual([['3'], []]);
      // It had begun on paper before it was published: what was placed then was promised nothing.
      expect(await own('gold', Date.parse(noon) - 1)).toEqual([]);
      at.setTime('2026-06-18T05:00:00Z');
      await turn(activityNo, 'end');
      at.setTime(noon);
      // What was placed before it was ended keeps what it was promised.
      expect(await own('gold', Date.parse('2026-06-18T04:59:59Z'))).toEqual(['3']);
      expect(await own('gold', Date.parse('2026-06-18T05:00:00Z'))).toEqual([]);
    });

    it('to an export, and nobody after an erasure', async () => {
      const held = heldParticipations(at.platform.pg);
      const person = { customerNos: [90], identifiers: [] };
      expect([await held.count(person), (await Array.fromAsync(held.export(person))).length, await held.erase(person), await held.count(person)]).toEqual([2, 2, 2, 0]);
    });
  });
});
