import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BenefitsShop, createBenefitsShop } from '../../../../../test/benefits-shop.ts';
import { createProgramme } from '../../programme/programme.ts';
import { createMembers } from '../../members/members.ts';
import { celebrate } from './birthdays.ts';

describe('gifts of birthdays', () => {
  let shop: BenefitsShop;
  let people: number[];
  let benefitId: number;
  beforeAll(async () => {
    shop = await createBenefitsShop();
    ({ people } = shop);
    for (const member of people.slice(0, 8)) await shop.move(
      member,
      'join',
      null,
      'gold',
      '2026-06-01T00:00:00Z',
    );
    await shop.move(
      people[3],
      'drop',
      'gold',
      'silver',
      '2026-06-02T00:00:00Z',
    );
    benefitId = await shop.benefit(
      {
        kind: 'birthday',
        gifts: [{ giver: 'points', of: '', amount: 20 }],
        daysBefore: 2,
      },
      { tiers: ['gold'] },
    );
    await born(people[0], '1990-06-20');
    await born(people[1], '1988-02-29');
    await born(people[2], '1990-06-19');
    await born(people[3], '1990-06-20');
    await born(people[8], '1990-06-20');
  });
  afterAll(() => shop.close());
  let version = Date.now();
  const born = (customerNo: number, day: string) => shop.platform.clickhouse.insertRows(
    'customer',
    [
      {
        customer_no: customerNo,
        version: ++version,
        status: 'active',
        created_at: '2026-01-01 00:00:00',
        birth_date: day,
        is_identified: 1,
      },
    ],
  );
  const day = async (moment: string) => {
    shop.setTime(moment);
    await celebrate(
      shop.platform,
      createMembers(shop.platform, createProgramme(shop.platform)),
    );
  };
  const given = async (customerNo: number) => (
    await shop.given(customerNo, benefitId)
  ).length;

  it('come to members of its tiers some days before, by the calendar of the brand', async () => {
    await day('2026-06-17T15:59:00Z');
    expect(await given(people[0])).toBe(0);
    await day('2026-06-17T16:00:00Z');
    expect(
      await Promise.all([0, 2, 3, 8].map((n) => given(people[n]))),
    ).toEqual([1, 1, 0, 0]);
  });

  it('come once a year, however often it is looked and whatever birthday is said next', async () => {
    await day('2026-06-18T04:00:00Z');
    await born(people[0], '1990-09-20');
    await day('2026-09-18T04:00:00Z');
    expect(await given(people[0])).toBe(1);
    await day('2027-09-18T04:00:00Z');
    expect(await given(people[0])).toBe(2);
  });

  it('come on the 28th to who was born on 29 February, but in leap years', async () => {
    await day('2027-02-26T04:00:00Z');
    expect(await given(people[1])).toBe(1);
    shop.setTime('2028-02-26T04:00:00Z');
    await day('2028-02-26T04:00:00Z');
    expect(await given(people[1])).toBe(1);
    await day('2028-02-27T04:00:00Z');
    expect(await given(people[1])).toBe(2);
  });

  it('are made up for where nothing ran for some days', async () => {
    await born(people[4], '1991-04-05');
    await born(people[5], '1991-05-20');
    await day('2028-04-01T04:00:00Z');
    await day('2028-04-10T04:00:00Z');
    expect(await given(people[4])).toBe(1);
    await day('2028-06-25T04:00:00Z');
    expect(await given(people[5])).toBe(0);
  });

  it('count for the whole of a person: one who had it as another number has had it', async () => {
    await born(people[6], '1992-07-10');
    await day('2028-07-08T04:00:00Z');
    expect(await given(people[6])).toBe(1);
    await shop.platform.pg.query(
      'update customer set status = 1, merged_into = $1, merged_at = now() where customer_no = $2',
      [people[7], people[6]],
    );
    await shop.platform.clickhouse.insertRows(
      'customer',
      [
        {
          customer_no: people[6],
          version: ++version,
          status: 'merged',
          created_at: '2026-01-01 00:00:00',
        },
      ],
    );
    await born(people[7], '1992-07-10');
    await day('2028-07-08T05:00:00Z');
    expect(await given(people[7])).toBe(0);
  });
});
