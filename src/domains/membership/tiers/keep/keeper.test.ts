import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../../test/harness.ts';
import { publishSample, sampleProgramme } from '../../../../../test/sample-programme.ts';
import { addMembers, grow } from '../../../../../test/tier-brand.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { createProgramme } from '../../programme/programme.ts';
import { createTierKeeper, type TierKeeper } from './keeper.ts';

describe('tiers in the database', () => {
  let test: TestPlatform;
  let keeper: TierKeeper;
  let now = new Date('2026-03-01T04:00:00Z');
  beforeAll(async () => {
    test = await createTestPlatform();
    test.platform.clock.now = () => now;
    await publishSample(test.platform.pg, sampleProgramme(), '2026-01-01T00:00:00+08:00');
    await addMembers(
      test.platform.pg,
      Array.from({ length: 60 }, (_, i) => i + 1),
      '2026-01-01T00:00:00+08:00',
    );
    keeper = createTierKeeper(test.platform, createProgramme(test.platform));
  });
  afterAll(() => test.close());
  const until = async (at: string): Promise<void> => {
    now = new Date(at);
    while ((await keeper.settleDue()) > 0);
  };
  const rowOf = async (customerNo: number) =>
    (
      await test.platform.pg.query(
        'select tier, due_at, review_at, to_keep, to_next, to_next_share, expected_rise_at from member where customer_no = $1',
        [customerNo],
      )
    ).rows[0];
  const tierOf = async (customerNo: number): Promise<string> => (await rowOf(customerNo)).tier;
  const storyOf = async (customerNos: number[]) =>
    (
      await test.platform.pg.query(
        "select customer_no || ' ' || kind || ' ' || coalesce(from_tier, '') || ' ' || coalesce(to_tier, '') as line from tier_change where customer_no = any($1) order by change_no",
        [customerNos],
      )
    ).rows.map(({ line }) => line);

  it('follow growth, and are looked at again when that alone would cost them', async () => {
    await grow(test.platform.pg, 1, 1_200, '2026-02-01T12:00:00+08:00');
    await until('2026-03-01T12:00:00+08:00');
    expect(await rowOf(1)).toMatchObject({
      tier: 'gold',
      review_at: new Date('2027-02-02T00:00:00+08:00'),
      to_keep: 800,
      to_next: 3_800,
    });
    expect((await rowOf(1)).due_at).toEqual((await rowOf(1)).review_at);
    await until('2027-02-03T00:00:00+08:00');
    expect(await rowOf(1)).toMatchObject({ tier: 'silver', due_at: null, review_at: null });
    expect(await storyOf([1])).toEqual(['1 rise silver gold', '1 drop gold silver']);
    const { rows } = await test.platform.pg.query(
      'select derivation, occurred_at from tier_change where customer_no = 1 order by change_no',
    );
    expect(rows[1]).toMatchObject({
      occurred_at: new Date('2027-02-02T00:00:00+08:00'),
      derivation: { reason: 'review', total: 0, needed: 800 },
    });
  });

  it('say how far the next tier is, and when it would be reached', async () => {
    now = new Date('2027-03-01T00:00:00+08:00');
    await grow(test.platform.pg, 2, 900, '2027-02-01T12:00:00+08:00');
    await until('2027-03-01T12:00:00+08:00');
    expect(await rowOf(2)).toMatchObject({
      tier: 'silver',
      to_next: 100,
      to_next_share: 100,
      expected_rise_at: new Date('2027-03-11T12:00:00+08:00'),
    });
    // Who is that near is looked at again when that growth leaves the window.
    expect((await rowOf(2)).due_at).toEqual(new Date('2028-02-02T00:00:00+08:00'));
  });

  it('case 18: of merged people are the highest of their rows, with its own clock; apart, each is as it was', async () => {
    await grow(test.platform.pg, 10, 1_500, '2027-03-02T12:00:00+08:00');
    await grow(test.platform.pg, 11, 600, '2027-03-02T12:00:00+08:00');
    await until('2027-03-03T12:00:00+08:00');
    const [ten, eleven] = [await rowOf(10), await rowOf(11)];
    await test.platform.pg.query(
      'update customer set status = 1, merged_into = 11, merged_at = now() where customer_no = 10',
    );
    await inTransaction(test.platform.pg, (client) => keeper.look(client, [11]));
    expect([await rowOf(10), await tierOf(11)]).toMatchObject([{ tier: 'gold', review_at: ten.review_at }, 'silver']);
    // Growth of both counts for the one that leads: 2,100 and 3,000 are black.
    await grow(test.platform.pg, 11, 3_000, '2027-03-04T12:00:00+08:00');
    await until('2027-03-04T13:00:00+08:00');
    expect([await tierOf(10), await tierOf(11)]).toEqual(['black', 'silver']);
    expect(await storyOf([10, 11])).toEqual(['10 rise silver gold', '10 rise gold black']);
    await test.platform.pg.query(
      'update customer set status = 0, merged_into = null, merged_at = null where customer_no = 10',
    );
    await inTransaction(test.platform.pg, (client) => keeper.look(client, [10, 11]));
    expect([await tierOf(10), await tierOf(11)]).toEqual(['black', 'gold']);
    expect(eleven.tier).toBe('silver');
  });

  it('are moved once by whoever looks first: many looks at the same time write one change', async () => {
    const people = Array.from({ length: 20 }, (_, i) => 21 + i);
    for (const no of people) await grow(test.platform.pg, no, 1_000, '2027-03-05T12:00:00+08:00');
    now = new Date('2027-03-05T13:00:00+08:00');
    await Promise.all(
      Array.from({ length: 6 }, async () => {
        while ((await keeper.settleDue()) > 0);
      }),
    );
    expect((await storyOf(people)).sort()).toEqual(people.map((no) => `${no} rise silver gold`).sort());
  });

  it('hold nobody up: who is locked by another is looked at later', async () => {
    await grow(test.platform.pg, 50, 1_000, '2027-03-06T12:00:00+08:00');
    await grow(test.platform.pg, 51, 1_000, '2027-03-06T12:00:00+08:00');
    now = new Date('2027-03-06T13:00:00+08:00');
    await inTransaction(test.platform.pg, async (client) => {
      await client.query('select from member where customer_no = 50 for update');
      while ((await keeper.settleDue()) > 0);
      expect([await tierOf(50), await tierOf(51)]).toEqual(['silver', 'gold']);
    });
    while ((await keeper.settleDue()) > 0);
    expect(await tierOf(50)).toBe('gold');
  });

  it('stay as they are while the programme is paused, and follow when it goes on', async () => {
    await grow(test.platform.pg, 55, 1_000, '2027-03-07T12:00:00+08:00');
    await test.platform.pg.query(
      "insert into programme_pause (paused_at, reason, paused_by) values ('2027-03-07T00:00:00+08:00', '盘点', 'x')",
    );
    const fresh = createTierKeeper(test.platform, createProgramme(test.platform));
    now = new Date('2027-03-08T00:00:00+08:00');
    expect([await fresh.settleDue(), await tierOf(55)]).toEqual([0, 'silver']);
    await test.platform.pg.query("update programme_pause set resumed_at = '2027-03-09T00:00:00+08:00'");
    const later = createTierKeeper(test.platform, createProgramme(test.platform));
    now = new Date('2027-03-09T00:00:01+08:00');
    while ((await later.settleDue()) > 0);
    expect(await tierOf(55)).toBe('gold');
  });

  it('of somebody who left stay as they were, and begin anew when they come back', async () => {
    await test.platform.pg.query('update member set left_at = $1, due_at = null where customer_no = 51', [now]);
    await grow(test.platform.pg, 51, 9_000, '2027-03-09T12:00:00+08:00');
    await until('2027-03-09T13:00:00+08:00');
    expect(await tierOf(51)).toBe('gold');
    await test.platform.pg.query(
      "update member set left_at = null, joined_at = '2027-03-10T00:00:00+08:00', tier = 'silver', due_at = '2027-03-10T00:00:00+08:00' where customer_no = 51",
    );
    await until('2027-03-10T01:00:00+08:00');
    expect(await tierOf(51)).toBe('black');
  });

  it('can be granted: a floor that begins and ends by itself', async () => {
    await test.platform.pg.query(
      `insert into tier_grant (customer_no, tier, reason, asked_by, asked_by_no, asked_at, approved_by, approved_by_no, approved_at, starts_at, ends_at)
        values (56, 'black', '明星顾客', 'a', 1, now(), 'b', 2, now(), '2027-04-01T00:00:00+08:00', '2027-05-01T00:00:00+08:00')`,
    );
    await inTransaction(test.platform.pg, (client) => keeper.look(client, [56]));
    await until('2027-04-01T00:00:00+08:00');
    expect(await tierOf(56)).toBe('black');
    await until('2027-05-01T00:00:00+08:00');
    expect(await storyOf([56])).toEqual(['56 grant silver black', '56 grant_end black silver']);
    await expect(
      test.platform.pg.query('update tier_grant set approved_by_no = 1 where customer_no = 56'),
    ).rejects.toThrow('check');
  });
});
