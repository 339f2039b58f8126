import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMallShop, type MallShop } from '../../../../test/mall-shop.ts';
import { PlainMall, type PlainOrder } from '../../../../test/plain-mall.ts';
import { systemActor } from '../../../kernel/actor.ts';
import { Problem } from '../../../kernel/problem.ts';
import { seededRandom } from '../../../kernel/seeded-random.ts';
import { proveLedger } from '../ledger/store/proof.ts';
import { createProgramme } from '../programme/programme.ts';
import { cancelOrder, confirmOrder, reverseOrder, shipOrder } from './orders/change.ts';
import { noPartnerBenefits } from './partner-benefits.ts';

const waitMinutes = 30;
const people = 5;
const acts = 260;

describe('the mall, whatever is done in whatever order', () => {
  let shop: MallShop;
  beforeAll(async () => {
    shop = await createMallShop({ people, points: 400 });
  });
  afterAll(() => shop.test.close());

  it.each([1, 2, 3])('comes to what a list of orders comes to (history %i)', async (seed) => {
    const random = seededRandom(seed);
    const below = (n: number): number => Math.floor(random() * n);
    // What an earlier history left waiting has gone back before this one begins.
    shop.setTime(new Date(shop.now().getTime() + 3_600_000));
    await shop.mall.tidyUp();
    const points = new Map((await shop.rows<{ no: number; n: number }>('select customer_no as no, sum(remaining)::int as n from points_lot group by 1')).map(({ no, n }) => [no, n]));
    const plain = new PlainMall([
      { points: 60, money: false, left: 9, mostEach: 1_000 },
      { points: 45, money: true, left: 6, mostEach: 1_000 },
      { points: 5, money: true, left: 1_000, mostEach: 3 },
    ], points, waitMinutes * 60_000);
    const itemNos: number[] = [];
    for (const { points: price, money, left, mostEach } of plain.items) {
      itemNos.push(await shop.addItem({ points: price, money: money ? '6.66' : '0', payMinutes: waitMinutes, limits: { perDay: null, total: mostEach } }, left));
    }
    const { platform } = shop.test;
    const doors = { platform, ledger: shop.ledger, programme: createProgramme(platform), partners: noPartnerBenefits };
    const orderNoOf = async ({ key }: PlainOrder): Promise<number> => (await shop.rows<{ no: number }>('select order_no as no from mall_order where command_key = $1', [key]))[0].no;
    const said = (act: Promise<{ state: string }>): Promise<string> => act.then(({ state }) => state, (error: unknown) => (error instanceof Problem ? error.code.replace('membership.', '') : String(error)));
    const some = (): PlainOrder => plain.orders[below(plain.orders.length)];
    for (let n = 0; n < acts; n++) {
      const now = shop.now().getTime();
      const act = plain.orders.length === 0 ? 0 : below(10);
      if (act <= 3) {
        // Every fifth is sent under a key that was used before, by whomever.
        const key = act === 0 && plain.orders.length > 0 && below(2) === 0 ? some().key : `history ${seed} ${n}`;
        const [person, item] = [1 + below(people), below(itemNos.length)];
        expect(await said(shop.exchange(person, itemNos[item], key)), `${n}: exchange`).toBe(plain.exchange(key, person, item, now));
      } else if (act <= 5) {
        const order = some();
        expect(await said(confirmOrder(doors, await orderNoOf(order), 'PAY', systemActor)), `${n}: confirm`).toBe(plain.confirm(order, now));
      } else if (act === 6) {
        const order = some();
        expect(await said(cancelOrder(doors, await orderNoOf(order), systemActor)), `${n}: cancel`).toBe(plain.cancel(order));
      } else if (act === 7) {
        const order = some();
        expect(await said(shipOrder(doors, await orderNoOf(order), 'SF', systemActor)), `${n}: ship`).toBe(plain.ship(order));
      } else if (act === 8) {
        const order = some();
        expect(await said(reverseOrder(doors, await orderNoOf(order), { reason: 'x', returnsStock: true }, systemActor)), `${n}: reverse`).toBe(plain.reverse(order));
      } else {
        shop.setTime(new Date(now + below(25) * 60_000));
        await shop.mall.tidyUp();
        plain.pass(shop.now().getTime());
      }
    }
    for (const [at, itemNo] of itemNos.entries()) expect(await shop.left(itemNo), `item ${at}`).toBe(plain.items[at].left);
    expect(new Map((await shop.rows<{ no: number; n: number }>('select customer_no as no, sum(remaining)::int as n from points_lot group by 1')).map(({ no, n }) => [no, n]))).toEqual(plain.points);
    // Every state was come to, so that the history says something.
    expect(new Set(plain.orders.map(({ state }) => state)).size).toBeGreaterThanOrEqual(4);
    expect(await proveLedger(platform.pg)).toEqual({ imbalances: [], wrongLots: [], overReversed: [] });
  });
});
