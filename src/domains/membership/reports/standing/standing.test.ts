import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createMembershipServer,
  type MembershipServer,
} from '../../../../../test/membership-server.ts';
import { mergeCustomers } from '../../../../../test/order-lines.ts';
import { publishSample, sampleProgramme } from '../../../../../test/sample-programme.ts';
import type { Rule } from '../../../audiences/contract.ts';
import { whenWritten } from '../when-written.ts';
import { copyStanding } from './copy-standing.ts';

const now = '2026-06-18T04:00:00Z';
const people = [1, 2, 3, 4, 5];

describe('members and points, as rules of audiences ask for them', () => {
  let shop: MembershipServer;
  beforeAll(async () => {
    shop = await createMembershipServer('membership.read');
    const { pg, clickhouse } = shop.platform;
    await publishSample(pg, sampleProgramme(), '2026-01-01T00:00:00Z');
    await pg.query(
      'insert into customer (customer_no, created_at) select no, now() from unnest($1::int[]) as n (no)',
      [people],
    );
    await clickhouse.insertRows(
      'customer',
      people.map((no) => ({
        customer_no: no,
        version: 1,
        status: 'active',
        created_at: '2025-01-01 00:00:00.000',
      })),
    );
    await member(1, 'gold', '2026-02-01', '2026-06-28T04:00:00Z');
    await member(2, 'silver', '2026-03-01', null);
    await member(3, 'black', '2026-04-01', '2026-12-01T00:00:00Z', '2026-05-01');
    await lot(1, 100, '2026-01-01', '2026-07-01');
    await lot(1, 50, '2026-01-01', '2027-01-01');
    await lot(2, 30, '2026-07-15', null);
    await lot(4, 20, '2026-01-01', null);
    await lot(5, 70, '2025-01-01', '2026-06-01');
    await copyStanding(membership());
  });
  afterAll(() => shop.close());

  const membership = () => ({
    platform: shop.platform,
    programme: {
      at: async () => ({ versionNo: 1, startsAt: 0, definition: sampleProgramme() }),
    } as never,
  });
  const member = (
    customerNo: number,
    tier: string,
    joinedAt: string,
    reviewAt: string | null,
    leftAt: string | null = null,
  ) =>
    shop.platform.pg.query(
      `insert into member (customer_no, joined_at, joined_by, left_at, tier, tier_since, cycle_start, review_at, version_no) values ($1, $2, 'order', $5, $3, $2, $2, $4, 1)`,
      [customerNo, joinedAt, tier, reviewAt, leftAt],
    );
  let lots = 0;
  const lot = async (
    customerNo: number,
    amount: number,
    availableAt: string,
    expiresAt: string | null,
  ) => {
    await shop.platform.pg.query(
      'insert into points_account (customer_no) values ($1) on conflict do nothing',
      [customerNo],
    );
    await shop.platform.pg.query(
      'insert into points_lot (lot_no, customer_no, amount, remaining, earned_at, available_at, expires_at) values ($1, $2, $3, $3, $4, $4, $5)',
      [++lots, customerNo, amount, availableAt, expiresAt],
    );
  };
  const meant = async (field: string, test: object): Promise<number[]> => [
    ...(await shop.audiences.peopleOf({ kind: 'field', field, test } as Rule)).toArray(),
  ];

  it('say the tier of whoever is a member now, and when they joined', async () => {
    expect(await meant('membership.tier', { test: 'any_of', values: ['gold'] })).toEqual([1]);
    expect(await meant('membership.tier', { test: 'known' })).toEqual([1, 2]);
  });

  it('say what can be spent, what of it ends within thirty days, and in how many days a tier is looked at', async () => {
    expect(
      await meant('membership.points', { test: 'compare', compare: { is: 'at_least', value: 20 } }),
    ).toEqual([1, 4]);
    expect(
      await meant('membership.points', {
        test: 'compare',
        compare: { is: 'at_least', value: 150 },
      }),
    ).toEqual([1]);
    expect(
      await meant('membership.points_ending', {
        test: 'compare',
        compare: { is: 'at_least', value: 100 },
      }),
    ).toEqual([1]);
    expect(
      await meant('membership.points_ending', {
        test: 'compare',
        compare: { is: 'at_least', value: 101 },
      }),
    ).toEqual([]);
    expect(
      await meant('membership.review_days', {
        test: 'compare',
        compare: { is: 'at_most', value: 10 },
      }),
    ).toEqual([1]);
    expect(
      await meant('membership.review_days', {
        test: 'compare',
        compare: { is: 'at_most', value: 9 },
      }),
    ).toEqual([]);
  });

  it('are copied again when something was written, at once and as a whole, and answers kept before do not hold', async () => {
    const look = whenWritten(shop.platform.pg, () => copyStanding(membership()));
    await lot(2, 500, '2026-01-01', null);
    await expect
      .poll(
        async () => {
          await look();
          return meant('membership.points', {
            test: 'compare',
            compare: { is: 'at_least', value: 500 },
          });
        },
        { timeout: 20_000, interval: 500 },
      )
      .toEqual([2]);
  });

  it('count merged people as one: points together, the highest tier with its own clock', async () => {
    await mergeCustomers(shop.platform.clickhouse, [{ absorbed: 1, survivor: 4 }]);
    await copyStanding(membership());
    expect(
      await meant('membership.points', {
        test: 'compare',
        compare: { is: 'at_least', value: 170 },
      }),
    ).toEqual([2, 4]);
    expect(await meant('membership.tier', { test: 'any_of', values: ['gold'] })).toEqual([4]);
  });

  it('are nobody’s once nobody has any', async () => {
    await shop.platform.pg.query('truncate member, points_lot cascade');
    expect(await copyStanding(membership())).toBe(0);
    expect(await meant('membership.tier', { test: 'any_of', values: ['silver', 'gold', 'black'] })).toEqual([]);
  });

  it('is a time that the test was set to', () => {
    expect(shop.platform.clock.now().toISOString()).toBe(new Date(now).toISOString());
  });
});
