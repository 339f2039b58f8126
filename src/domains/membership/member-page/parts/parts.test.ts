import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainItem } from '../../../../../test/mall-shop.ts';
import {
  createMembershipServer,
  type MembershipServer,
} from '../../../../../test/membership-server.ts';
import { createMemberVisits, type MemberVisits } from '../../../../../test/member-visits.ts';
import { publishSample, sampleProgramme } from '../../../../../test/sample-programme.ts';
import { prize, sampleActivity, signIn } from '../../../../../test/sample-activity.ts';
import {
  adjustPoints,
  changeMallStock,
  createBenefit,
  createMallItem,
  type MemberPage,
  showMallItem,
} from '../../contract.ts';
import type { ActivityDoes } from '../../contract/activities.ts';

const everything =
  'membership.read membership.adjust membership.links membership.mall membership.benefits';

describe('what the parts of membership show on a member’s page', () => {
  let shop: MembershipServer;
  let at: MemberVisits;
  const [anna, bo] = [1, 2];
  let made = 0;
  beforeAll(async () => {
    shop = await createMembershipServer(everything);
    at = await createMemberVisits(shop);
    const { pg } = shop.platform;
    const version = await publishSample(pg, sampleProgramme(), '2025-01-01T00:00:00Z');
    await pg.query(
      'insert into customer (customer_no, created_at) select n, now() from generate_series(1, 2) n',
    );
    await pg.query(
      `insert into member (customer_no, joined_at, joined_by, tier, tier_since, cycle_start, version_no)
        values (1, '2025-01-05', 'page', 'silver', '2025-01-05', '2025-01-05', $1)`,
      [version],
    );
    await shop.ask(adjustPoints, {
      params: { customerNo: anna },
      body: { key: 'k', amount: 120, reason: '补偿' },
    });
  });
  afterAll(async () => {
    await at.server.close();
    await shop.close();
  });

  it('tells how far it is to the next tier, and what keeps theirs, by when', async () => {
    const { pg } = shop.platform;
    const grow = (amount: number, at: string) =>
      pg.query(
        `insert into growth_entry (customer_no, amount, kind, occurred_at, recorded_at, entry_key, derivation)
          values ($1, $2, 'order', $3, $3, $4, '{}')`,
        [anna, amount, at, `g${++made}`],
      );
    await grow(900, '2026-06-01T00:00:00Z');
    await grow(-300, '2026-06-02T00:00:00Z');
    // Older than the window in which growth counts.
    await grow(5_000, '2025-06-01T00:00:00Z');
    expect((await at.pageOf(await at.visit(anna))).progress).toMatchObject({
      growth: 600,
      next: { tier: 'gold', needed: 1_000, counted: 600, missing: 400, by: null },
      keep: null,
    });
    await pg.query(
      "update member set tier = 'gold', tier_since = '2026-05-01', cycle_start = '2026-05-01', review_at = '2027-05-01' where customer_no = $1",
      [anna],
    );
    const page = await at.pageOf(await at.visit(anna));
    expect(page.progress).toMatchObject({
      next: { tier: 'black', missing: 4_400 },
      keep: {
        tier: 'gold',
        needed: 800,
        counted: 600,
        missing: 200,
        by: '2027-05-01T00:00:00.000Z',
      },
    });
    expect(page.tiers.map(({ name, entry }) => [name, entry])).toEqual([
      ['silver', 0],
      ['gold', 1_000],
      ['black', 5_000],
    ]);
  });

  it('exchanges points for what the mall has, once for a key, and shows the code', async () => {
    const { body: item } = await shop.ask(createMallItem, {
      body: {
        definition: { ...plainItem, points: 50, delivery: { kind: 'made_codes', prefix: 'TEA' } },
      },
    });
    const { body: dear } = await shop.ask(createMallItem, {
      body: { definition: { ...plainItem, points: 50, money: '9.9', names: { en: 'Cup' } } },
    });
    for (const { itemNo } of [item, dear]) {
      await shop.ask(changeMallStock, { params: { itemNo }, body: { add: 3 } });
      await shop.ask(showMallItem, { params: { itemNo }, body: { state: 'listed' } });
    }
    const cookie = await at.visit(anna);
    expect((await at.pageOf(cookie)).mall?.items).toMatchObject([
      { itemNo: dear.itemNo, money: '9.9', hindrance: 'Costs ¥9.90 besides: order and pay in the shop. This page takes points alone.' },
      { itemNo: item.itemNo, left: 3, hindrance: null },
    ]);
    const exchange = () =>
      at.send(cookie, 'POST', '/exchanges', { key: 'tap', itemNo: item.itemNo });
    const replies = await Promise.all([exchange(), exchange()]);
    expect(replies.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    const page = await at.pageOf(cookie);
    expect(page).toMatchObject({ points: { available: 70 }, mall: { items: [{}, { left: 2 }] } });
    expect(page.mall?.orders).toMatchObject([{ points: 50, code: expect.stringMatching(/^TEA/) }]);
    expect((await at.pageOf(await at.visit(bo))).mall).toBeNull();
    const viewed = await at.send(await at.visit(anna, 10, 'view'), 'POST', '/exchanges', {
      key: 'x',
      itemNo: item.itemNo,
    });
    expect(viewed.statusCode).toBe(403);
  });

  it('asks where the parcel goes of what is sent, shows it masked, and lets nobody else say so', async () => {
    const { body: { itemNo } } = await shop.ask(createMallItem, { body: { definition: { ...plainItem, points: 10 } } });
    await shop.ask(changeMallStock, { params: { itemNo }, body: { add: 1 } });
    await shop.ask(showMallItem, { params: { itemNo }, body: { state: 'listed' } });
    const [own, other, viewed] = [await at.visit(anna), await at.visit(bo), await at.visit(anna, 10, 'view')];
    await at.send(own, 'POST', '/exchanges', { key: 'parcel', itemNo });
    const { orderNo, recipient } = (await at.pageOf(own)).mall!.orders[0];
    expect(recipient).toBeNull();
    const say = (cookie: string) => at.send(cookie, 'PUT', `/exchanges/${orderNo}/recipient`, { name: '沈知夏', phone: '13800138000', address: '南京西路 1 号 2 楼' });
    expect([(await say(other)).statusCode, (await say(viewed)).statusCode]).toEqual([404, 403]);
    const page = (await say(own)).json() as Awaited<ReturnType<typeof at.pageOf>>;
    expect(page.mall?.orders[0].recipient).toBe('沈** 138****8000 南京西路 1…');
  });

  it('lets them take part in what is open, once for a key, and says what came of it', async () => {
    const activity = async (does: ActivityDoes, names: { en: string }): Promise<number> => {
      const definition = sampleActivity(does, {
        names,
        startsAt: '2026-01-01T00:00:00Z',
        endsAt: null,
      });
      const { rows } = await shop.platform.pg.query<{ no: number }>(
        `insert into activity (definition, state, budget, seed, edited_by, edited_at)
          values ($1, 'published', $2, '\\x0123456789abcdef', 'test', now()) returning activity_no as no`,
        [definition, definition.budget],
      );
      return rows[0].no;
    };
    const no = await activity(signIn(), { en: 'Daily sign-in' });
    const draw = await activity(
      {
        kind: 'lottery',
        cost: 0,
        prizes: [
          prize('a', 0, { kind: 'points', points: 3 }),
          prize('thanks', 1, { kind: 'nothing' }),
        ],
        fallback: 'thanks',
        pity: null,
      },
      { en: 'Draw' },
    );
    await shop.platform.pg.query(
      "insert into activity_prize (activity_no, prize_key, stock) values ($1, 'a', null), ($1, 'thanks', null)",
      [draw],
    );
    const cookie = await at.visit(anna);
    const before = (await at.pageOf(cookie)).points.available;
    const own = (page: MemberPage) => page.activities?.find(({ activityNo }) => activityNo === no);
    expect(own(await at.pageOf(cookie))).toMatchObject({ name: 'Daily sign-in', hindrance: null });
    const first = (await at.send(cookie, 'POST', `/activities/${no}`, { key: 'tap' })).json();
    expect(first.sentence).toMatch(/points are yours; the first day in a row/);
    expect(own(first.page)?.hindrance).toEqual(expect.any(String));
    const gained = first.page.points.available - before;
    expect(gained).toBeGreaterThan(0);
    const again = (await at.send(cookie, 'POST', `/activities/${no}`, { key: 'tap' })).json();
    expect(again.page.points.available).toBe(before + gained);
    const other = await at.send(cookie, 'POST', `/activities/${no}`, { key: 'another' });
    expect(other.statusCode).toBe(409);
    const drawn = (await at.send(cookie, 'POST', `/activities/${draw}`, { key: 'draw' })).json();
    expect(drawn.sentence).toMatch(/^You drew “/);
    expect((await at.send(cookie, 'POST', '/activities/999', { key: 'x' })).statusCode).toBe(404);
    const viewed = await at.visit(anna, 10, 'view');
    expect((await at.send(viewed, 'POST', `/activities/${no}`, { key: 'y' })).statusCode).toBe(403);
  });

  it('shows what is theirs by their tier, and what the next one brings besides', async () => {
    const benefit = (en: string, tiers: string[], promise: object) =>
      shop.ask(createBenefit, {
        body: {
          names: { en },
          notes: 'All year',
          tiers,
          promise,
          cost: '0',
          validDays: null,
          limits: { perMember: null, inAll: null },
          startsAt: '2026-01-01T00:00:00Z',
          endsAt: null,
        } as never,
      });
    const lane = { kind: 'service', lane: 'Own line', answerMinutes: null };
    await benefit('Free shipping', ['gold', 'black'], { kind: 'free_shipping', from: '99' });
    await benefit('Own line', ['black'], lane);
    const page = await at.pageOf(await at.visit(anna));
    expect(page.membership.tier?.key).toBe('gold');
    expect(page.benefits).toMatchObject({
      own: [{ name: 'Free shipping', kind: 'free_shipping', note: 'All year' }],
      next: { tier: 'black', benefits: [{ name: 'Own line' }] },
    });
    expect(page.benefits?.own[0].sentence).toContain('99');
  });
});
