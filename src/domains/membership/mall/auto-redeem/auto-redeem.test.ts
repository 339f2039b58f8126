import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayBoundaryOn } from '../../../../../test/day-closer.ts';
import { createMallShop, type MallShop } from '../../../../../test/mall-shop.ts';
import { publishSample, sampleProgramme } from '../../../../../test/sample-programme.ts';
import { systemActor } from '../../../../kernel/actor.ts';
import { addDays } from '../../../../kernel/day.ts';
import type { MallItemDefinition } from '../../contract/mall.ts';
import { proveLedger } from '../../ledger/store/proof.ts';
import { createProgramme } from '../../programme/programme.ts';
import { reverseOrder } from '../orders/change.ts';
import { noPartnerBenefits } from '../partner-benefits.ts';

const people = 9;
const midnight = (day: string): number => Date.parse(`${day}T00:00:00+08:00`);

describe('points that are exchanged by themselves', () => {
  let shop: MallShop;
  let day = '2027-01-02';
  let itemNo: number;
  const close = async (of: string): Promise<void> => {
    day = of;
    shop.setTime(new Date(midnight(of) + 7_000));
    await dayBoundaryOn(shop.test.platform).run();
  };
  /** Closes the day after the last, and tells who exchanged on it. */
  const next = async (): Promise<number[]> => {
    await close(addDays(day, 1));
    return (await shop.rows<{ no: number }>('select customer_no as no from mall_order where starts_with(command_key, $1) order by 1', [`auto-redeem ${day} `])).map(({ no }) => no);
  };
  let earned = 0;
  const earn = (customerNo: number, amount: number, from = addDays(day, 1), until: string | null = null) =>
    shop.ledger.execute({ kind: 'earn', key: `earned ${++earned}`, customerNo, occurredAt: shop.now().getTime(), derivation: {}, amount, availableAt: midnight(from), expiresAt: until === null ? null : midnight(until) });
  const left = async (customerNo: number): Promise<number> => (await shop.rows<{ n: number }>('select coalesce(sum(remaining), 0)::int as n from points_lot where customer_no = $1', [customerNo]))[0].n;
  const change = (changes: Partial<MallItemDefinition>, stock: number | null = null, state = 'listed') =>
    shop.rows('update mall_item set definition = definition || $2, stock = taken + $3, state = $4 where item_no = $1', [itemNo, changes, stock, state]);

  beforeAll(async () => {
    shop = await createMallShop({ people, points: 1 });
    itemNo = await shop.addItem({ points: 40, delivery: { kind: 'made_codes', prefix: '' } }, null);
    await publishSample(shop.test.platform.pg, sampleProgramme({ autoRedeem: { points: 50, itemNo, perMonth: 2 } }), '2027-01-01T00:00:00+08:00');
    await close(day);
  });
  afterAll(async () => {
    expect(await proveLedger(shop.test.platform.pg)).toEqual({ imbalances: [], wrongLots: [], overReversed: [] });
    await shop.test.close();
  });

  it('are those that can be spent from this boundary on, and what they paid does not end at the next', async () => {
    const tomorrow = addDays(day, 1);
    await earn(1, 60, tomorrow, addDays(tomorrow, 1));
    await earn(2, 60, addDays(tomorrow, 1));
    await earn(3, 48, tomorrow);
    expect(await next()).toEqual([1]);
    const [order] = await shop.rows<{ state: string; points: string; opened_by: string; code: Buffer | null }>('select state, points, opened_by, code from mall_order');
    expect(order).toMatchObject({ state: 'fulfilled', points: 40, opened_by: 'system', code: expect.any(Buffer) as Buffer });
    expect(await next()).toEqual([2]);
    // 61 less 40 less what was left of those that ended: the first point never ends.
    expect(await left(1)).toBe(1);
    expect((await shop.rows("select kind, sum(amount)::int as amount from points_entry where customer_no = 1 and kind in ('spend', 'expire') group by 1 order by 1"))).toEqual([{ kind: 'expire', amount: -20 }, { kind: 'spend', amount: -40 }]);
  });

  it('are exchanged once a day and so often in a month, however often the day is closed', async () => {
    await earn(4, 400);
    expect(await next()).toEqual([4]);
    await dayBoundaryOn(shop.test.platform).run();
    await shop.rows("update day_boundary set ended_at = null, position = 0 where day = $1 and name = 'auto_redeem'", [day]);
    await dayBoundaryOn(shop.test.platform).run();
    expect(await left(4)).toBe(361);
    expect([await next(), await next()]).toEqual([[4], []]);
    await close('2027-02-01');
    expect(await left(4)).toBe(281);
  });

  it('go back as by hand, and are not exchanged again on that day', async () => {
    const [{ no }] = await shop.rows<{ no: number }>("select order_no as no from mall_order where starts_with(command_key, 'auto-redeem 2027-02-01 4')");
    const { platform } = shop.test;
    await reverseOrder({ platform, ledger: shop.ledger, programme: createProgramme(platform), partners: noPartnerBenefits }, no, { reason: '误兑', returnsStock: true }, systemActor);
    await shop.rows("update day_boundary set ended_at = null, position = 0 where day = $1 and name = 'auto_redeem'", [day]);
    await dayBoundaryOn(platform).run();
    expect(await left(4)).toBe(321);
    // What went back is not one of the month's.
    expect([await next(), await next(), await next()]).toEqual([[4], [4], []]);
  });

  it('are those of all numbers of a person together', async () => {
    await earn(6, 30);
    await earn(7, 30);
    await shop.rows("update customer set status = 1, merged_into = 6, merged_at = now() where customer_no = 7");
    expect(await next()).toEqual([6]);
    expect((await left(6)) + (await left(7))).toBe(22);
  });

  it('buy as many as there are, for the lower numbers; who comes too late keeps theirs', async () => {
    await change({}, 2);
    for (const no of [1, 5, 9]) await earn(no, 60);
    expect(await next()).toEqual([1, 5]);
    expect(await left(9)).toBe(61);
    expect(await next()).toEqual([]);
    await change({}, 1);
    expect(await next()).toEqual([9]);
  });

  it('stay where the item is not for somebody, is not there, or wants more than points', async () => {
    await close('2027-03-01');
    await earn(8, 60);
    const cases: [Partial<MallItemDefinition>, number | null, string][] = [
      [{ tiers: ['gold'] }, null, 'listed'],
      [{ tiers: [], limits: { perDay: null, total: 1 }, endsAt: '2027-01-05T00:00:00Z' }, null, 'listed'],
      [{ endsAt: null, money: '1' }, null, 'listed'],
      [{ money: '0', points: 51 }, null, 'listed'],
      [{ points: 40, delivery: { kind: 'shipment' } }, null, 'listed'],
      [{ delivery: { kind: 'made_codes', prefix: '' } }, 0, 'listed'],
      [{}, null, 'unlisted'],
    ];
    for (const [changes, stock, state] of cases) {
      await change(changes, stock, state);
      expect(await next(), JSON.stringify(changes)).toEqual([]);
    }
    await change({});
    await shop.rows("insert into programme_pause (paused_at, resumed_at, reason, paused_by) values ($1, $2, '盘点', 'x')", [new Date(midnight(addDays(day, 1))), new Date(midnight(addDays(day, 1)) + 1)]);
    expect(await next()).toEqual([]);
    await earn(4, 60);
    // Number 4 had theirs: the item is for everybody once.
    expect(await next()).toEqual([8]);
  });
});
