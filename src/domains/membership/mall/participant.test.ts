import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMallShop, type MallShop } from '../../../../test/mall-shop.ts';
import { createMembers } from '../members/members.ts';
import { createProgramme } from '../programme/programme.ts';
import { isPaused, participantOf } from './participant.ts';

describe('who somebody is in the programme', () => {
  let shop: MallShop;
  let doors: Parameters<typeof participantOf>[0] & Parameters<typeof isPaused>[0];
  beforeAll(async () => {
    shop = await createMallShop({ people: 6, points: 10 });
    const { platform } = shop.test;
    const programme = createProgramme(platform);
    doors = { platform, members: createMembers(platform, programme), programme };
    // 2 and 3 became part of 1; 4 left; 7 never joined.
    await shop.rows('update customer set status = 1, merged_into = 1, merged_at = now() where customer_no in (2, 3)');
    await shop.rows("update member set tier = 'gold', joined_at = '2025-06-01' where customer_no = 3");
    await shop.rows("update member set tier = 'black', left_at = now() where customer_no in (2, 4)");
    await shop.rows('insert into customer (customer_no, created_at) values (7, now())');
  });
  afterAll(() => shop.test.close());

  it('is the highest tier of all their numbers, since the first of them joined; a number that left does not count', async () => {
    for (const customerNo of [1, 2, 3]) {
      expect(await participantOf(doors, customerNo)).toEqual({ lineage: [1, 2, 3], isMember: true, tier: 'gold', joinedAt: new Date('2025-06-01T00:00:00Z') });
    }
    expect(await participantOf(doors, 4)).toEqual({ lineage: [4], isMember: false, tier: null, joinedAt: null });
    expect(await participantOf(doors, 7)).toMatchObject({ isMember: false });
    await expect(participantOf(doors, 99)).rejects.toMatchObject({ status: 404, code: 'membership.nobody' });
  });

  it('shares limits and points among their numbers: a merge makes nobody somebody else', async () => {
    const itemNo = await shop.addItem({ points: 25, limits: { perDay: null, total: 1 } });
    expect(await shop.exchange(2, itemNo)).toMatchObject({ customerNo: 1, state: 'confirmed' });
    await expect(shop.exchange(3, itemNo)).rejects.toMatchObject({ code: 'membership.mall_total_limit' });
    expect((await shop.mall.offersTo(3)).items).toEqual([expect.objectContaining({ itemNo, hindrance: 'total_limit' })]);
    expect((await shop.mall.ordersOf([1, 2, 3], 10)).map(({ points }) => points)).toEqual([25]);
  });

  it('does not change while the programme is paused, which is from its beginning to its end', async () => {
    const [from, until] = [new Date('2026-05-01T00:00:00Z'), new Date('2026-05-03T00:00:00Z')];
    await shop.rows("insert into programme_pause (paused_at, resumed_at, reason, paused_by) values ($1, $2, '盘点', 'x')", [from, until]);
    const at = async (ms: number) => {
      shop.setTime(new Date(ms));
      return isPaused(doors);
    };
    expect([await at(from.getTime() - 1), await at(from.getTime()), await at(until.getTime() - 1), await at(until.getTime())]).toEqual([false, true, true, false]);
  });
});
