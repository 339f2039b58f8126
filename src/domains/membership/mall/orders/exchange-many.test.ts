import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMallShop, type MallShop } from '../../../../../test/mall-shop.ts';
import { systemActor } from '../../../../kernel/actor.ts';
import { conflict } from '../../../../kernel/problem.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { proveLedger } from '../../ledger/store/proof.ts';
import { insertCodes } from '../codes.ts';
import type { PartnerBenefits } from '../partner-benefits.ts';

const people = 400;
/** A partner who has seven left. */
const partners: PartnerBenefits & { left: number } = {
  left: 7,
  list: async () => [{ key: 'film', names: { en: 'A month of films' } }],
  async grant() {
    if (this.left === 0) throw conflict('membership.benefit_not_given', { benefit: 'film' });
    return { code: `FILM-${this.left--}` };
  },
  takeBack: async () => undefined,
};

describe('exchanges for many at once', () => {
  let shop: MallShop;
  beforeAll(async () => {
    shop = await createMallShop({ people, points: 100, partners });
  });
  afterAll(async () => {
    expect(await proveLedger(shop.test.platform.pg)).toEqual({ imbalances: [], wrongLots: [], overReversed: [] });
    await shop.test.close();
  });
  const numbers = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);
  const many = (itemNo: number, customerNos: readonly number[], mostPoints = 100) =>
    shop.mall.exchangeMany({ itemNo, mostPoints, wanted: customerNos.map((customerNo) => ({ key: `many ${itemNo} ${customerNo}`, customerNo })) }, systemActor);
  const ordersOf = (itemNo: number) => shop.rows<{ no: number; state: string; code: Buffer | null }>('select customer_no as no, state, code from mall_order where item_no = $1 order by 1', [itemNo]);
  const left = async (customerNo: number): Promise<number> => (await shop.rows<{ n: number }>('select sum(remaining)::int as n from points_lot where customer_no = $1', [customerNo]))[0].n;

  it('come to what exchanging by hand comes to, row for row', async () => {
    const itemNo = await shop.addItem({ points: 10, delivery: { kind: 'made_codes', prefix: 'A' } });
    await shop.exchange(1, itemNo, `many ${itemNo} 1`);
    expect(await many(itemNo, [2])).toEqual({ exchanged: 1, isOver: false });
    const [byHand, atOnce] = await shop.rows<Record<string, unknown>>(
      `select o.item_no, o.state, o.points, o.money, o.delivery, o.activity_no, o.opened_day, o.opened_by, o.document, o.note, o.reason, o.returns_stock, o.attempt, expires_at - opened_at as wait, ended_at is null as is_open,
          jsonb_path_query_array(steps, '$[*].state') as steps, length(code) as code, e.kind, e.amount, e.derivation - 'mallOrder' as derivation, (select a.amount from points_allocation a where a.entry_no = e.entry_no) as taken
        from mall_order o join points_entry e on e.command_key = 'mall ' || o.order_no || ' points' where o.item_no = $1 order by o.customer_no`, [itemNo]);
    expect(atOnce).toEqual(byHand);
    // Under the same keys both are known again, whichever way they are asked for.
    expect(await many(itemNo, [1, 2])).toEqual({ exchanged: 0, isOver: false });
    expect(await shop.exchange(2, itemNo, `many ${itemNo} 2`)).toMatchObject({ isReplay: true, customerNo: 2 });
    expect(await shop.left(itemNo)).toBe(8);
  });

  it('give each a code of their own, and go past who has too few points or had theirs to the next', async () => {
    const itemNo = await shop.addItem({ points: 90, delivery: { kind: 'codes' }, limits: { perDay: null, total: 1 } }, 4);
    const { pg, secret } = shop.test.platform;
    await inTransaction(pg, (client) => insertCodes(client, secret, itemNo, ['one', 'two', 'three', 'four']));
    await shop.exchange(10, itemNo, 'by hand');
    await shop.rows('update customer set status = 1, merged_into = 12, merged_at = now() where customer_no = 13');
    await shop.ledger.execute({ kind: 'spend', key: 'elsewhere', customerNo: 11, occurredAt: 0, derivation: {}, amount: 50 });
    expect(await many(itemNo, [10, 11, 13, 12, 14, 15, 16])).toEqual({ exchanged: 3, isOver: true });
    const orders = await ordersOf(itemNo);
    expect(orders.map(({ no, state }) => [no, state])).toEqual([[10, 'fulfilled'], [12, 'fulfilled'], [14, 'fulfilled'], [15, 'fulfilled']]);
    const shown = await shop.mall.ordersOf([10, 12, 14, 15], 10);
    expect(shown.map(({ code }) => code).sort()).toEqual(['four', 'one', 'three', 'two']);
    expect([await left(11), await left(16)]).toEqual([50, 100]);
    expect(await many(itemNo, [17])).toEqual({ exchanged: 0, isOver: true });
  });

  it('of what a partner gives are those for whom there is some, and the others have their points back', async () => {
    const itemNo = await shop.addItem({ points: 20, delivery: { kind: 'partner', benefit: 'film' } }, null);
    expect(await many(itemNo, numbers(20, 30))).toEqual({ exchanged: 7, isOver: true });
    const states = Map.groupBy(await ordersOf(itemNo), ({ state }) => state);
    expect([states.get('fulfilled')?.length, states.get('reversed')?.length]).toEqual([7, 3]);
    for (const { no } of states.get('reversed') ?? []) expect(await left(no)).toBe(100);
  });

  it('leave everything as it was where the item became dearer, wants money or an address, or is not on the mall', async () => {
    for (const changes of [{ points: 101 }, { points: 5, money: '1' }, { points: 5 }]) expect(await many(await shop.addItem(changes), [40])).toEqual({ exchanged: 0, isOver: true });
    expect(await many(999, [40])).toEqual({ exchanged: 0, isOver: true });
    expect(await left(40)).toBe(100);
  });

  it('never sell more than there is beside others who exchange by hand, and nobody waits in a circle', async () => {
    const itemNo = await shop.addItem({ points: 60, delivery: { kind: 'made_codes', prefix: '' } }, 150);
    const all = numbers(50, people + 1);
    // Everybody is asked for twice at once, and asks by hand as well: in another order.
    const [first, second, ...byHand] = await Promise.all([many(itemNo, all.slice(0, 250)), many(itemNo, all.slice(150)), ...all.slice(100, 200).reverse().map((no) => shop.exchange(no, itemNo).then(() => 1, () => 0))]);
    const sold = first.exchanged + second.exchanged + byHand.reduce<number>((sum, one) => sum + one, 0);
    const orders = await ordersOf(itemNo);
    expect([sold, orders.length, new Set(orders.map(({ no }) => no)).size, await shop.left(itemNo)]).toEqual([150, 150, 150, 0]);
  });
});
