import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainItem } from '../../../../../test/mall-shop.ts';
import {
  createMembershipServer,
  type MembershipServer,
} from '../../../../../test/membership-server.ts';
import { createMemberVisits, type MemberVisits } from '../../../../../test/member-visits.ts';
import { publishSample, sampleProgramme } from '../../../../../test/sample-programme.ts';
import { adjustPoints, changeMallStock, createMallItem, showMallItem } from '../../contract.ts';

const everything = 'membership.read membership.adjust membership.links membership.mall';

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
    expect((await at.pageOf(await at.visit(anna))).progress).toEqual({
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
      { itemNo: dear.itemNo, money: '9.9', hindrance: 'to be paid in the shop' },
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
});
