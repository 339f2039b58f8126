import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  afterNoon,
  type CheckoutShop,
  createCheckoutShop,
  noon,
} from '../../../../test/checkout-shop.ts';
import { cancelOrder, commitOrder, holdOrder, readOrder, returnOrder } from '../contract.ts';
import { proveLedger } from '../ledger/store/proof.ts';
import { createProgramme } from '../programme/programme.ts';
import { finishOrders } from './carry-out.ts';

describe('an order by a quote', () => {
  let shop: CheckoutShop;
  beforeAll(async () => {
    shop = await createCheckoutShop();
  });
  beforeEach(() => shop.setTime(noon));
  afterAll(() => shop.close());

  it('places, pays and cancels an order once, however often it is sent', async () => {
    await shop.give(1_000);
    const before = await shop.balance();
    const { key, quoteId } = await shop.place({ points: 1_000 });
    const again = { body: { orderKey: key, quoteId, minutes: 30 } };
    expect((await shop.ask(holdOrder, again)).body.state).toBe('held');
    expect(
      await shop.ask(holdOrder, { body: { orderKey: shop.orderKey(), quoteId } }),
    ).toMatchObject({
      status: 409,
      code: 'membership.quote_used',
    });
    const other = await shop.quote();
    expect(
      await shop.ask(holdOrder, { body: { orderKey: key, quoteId: other.quoteId } }),
    ).toMatchObject({ status: 409, code: 'membership.order_key_used' });
    const sent = { body: { orderKey: key } };
    expect(
      await Promise.all([1, 2, 3].map(async () => (await shop.ask(cancelOrder, sent)).body.state)),
    ).toEqual(['cancelled', 'cancelled', 'cancelled']);
    expect(await shop.balance()).toEqual(before);
    expect(await shop.ask(commitOrder, sent)).toMatchObject({
      status: 409,
      code: 'membership.order_cancelled',
    });
    const paid = await shop.place({ points: 1_000 });
    await Promise.all([1, 2, 3].map(() => shop.ask(commitOrder, { body: { orderKey: paid.key } })));
    expect(await shop.balance()).toMatchObject({ held: 0, available: before.available - 1_000 });
    expect(await shop.ask(cancelOrder, { body: { orderKey: paid.key } })).toMatchObject({
      status: 409,
      code: 'membership.order_committed',
    });
    for (const endpoint of [commitOrder, cancelOrder])
      expect(await shop.ask(endpoint, { body: { orderKey: 'never' } })).toMatchObject({
        status: 404,
        code: 'membership.order_not_found',
      });
  });

  it('check 8: is decided once where paying and cancelling meet: the points are spent or they are back', async () => {
    await shop.give(2_000);
    for (let i = 0; i < 5; i++) {
      const before = await shop.balance();
      const { key } = await shop.place({ points: 100 });
      const replies = await Promise.all([
        shop.ask(commitOrder, { body: { orderKey: key } }),
        shop.ask(cancelOrder, { body: { orderKey: key } }),
      ]);
      const { state } = (await shop.ask(readOrder, { query: { orderKey: key } })).body;
      expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(await shop.balance()).toMatchObject({
        held: 0,
        available: before.available - (state === 'committed' ? 100 : 0),
      });
    }
  });

  it('takes an order back whose points were spent elsewhere meanwhile, and the quote can be used again', async () => {
    await shop.give(300);
    const { available } = await shop.balance();
    const first = await shop.quote({ points: available });
    const { key } = await shop.place({ points: available });
    const refused = { body: { orderKey: shop.orderKey(), quoteId: first.quoteId } };
    expect(await shop.ask(holdOrder, refused)).toMatchObject({
      status: 409,
      code: 'membership.insufficient_points',
    });
    await shop.ask(cancelOrder, { body: { orderKey: key } });
    expect(await shop.ask(holdOrder, refused)).toMatchObject({
      status: 200,
      body: { state: 'held' },
    });
    await shop.ask(cancelOrder, { body: { orderKey: refused.body.orderKey } });
    shop.setTime(afterNoon(31));
    expect(
      await shop.ask(holdOrder, {
        body: { orderKey: shop.orderKey(), quoteId: (await shop.quote()).quoteId },
      }),
    ).toMatchObject({ status: 200 });
    const lapsing = await shop.quote();
    shop.setTime(afterNoon(62));
    expect(
      await shop.ask(holdOrder, { body: { orderKey: shop.orderKey(), quoteId: lapsing.quoteId } }),
    ).toMatchObject({ status: 409, code: 'membership.quote_lapsed' });
    expect(
      await shop.ask(holdOrder, { body: { orderKey: 'x', quoteId: crypto.randomUUID() } }),
    ).toMatchObject({ status: 404 });
  });

  it('gives back by what was agreed: parts rounded down, the last takes the rest, each return once', async () => {
    await shop.give(1_000);
    const { key } = await shop.place({
      points: 1_000,
      freight: '10',
      lines: [{ line: 'a', productId: 'P1', quantity: '3', listPrice: '33.33' }],
    });
    const body = { orderKey: key, key: 'R1', lines: [{ line: 'a', quantity: '1' }] };
    expect(await shop.ask(returnOrder, { body })).toMatchObject({
      status: 409,
      code: 'membership.order_not_paid',
    });
    await shop.ask(commitOrder, { body: { orderKey: key } });
    const spent = await shop.balance();
    const [one, same] = [
      await shop.ask(returnOrder, { body }),
      await shop.ask(returnOrder, { body }),
    ];
    expect([one.body, same.body]).toMatchObject([
      { money: '30.3', pointsBack: 303, isReplay: false },
      { money: '30.3', pointsBack: 303, isReplay: true },
    ]);
    expect((await shop.balance()).available).toBe(spent.available + 303);
    expect(
      await shop.ask(returnOrder, { body: { ...body, lines: [{ line: 'a', quantity: '2' }] } }),
    ).toMatchObject({ status: 409, code: 'membership.key_used' });
    expect(
      await shop.ask(returnOrder, {
        body: { ...body, key: 'R2', lines: [{ line: 'a', quantity: '2.5' }] },
      }),
    ).toMatchObject({ status: 409, code: 'membership.returned_too_much' });
    expect(
      (await shop.ask(returnOrder, { body: { orderKey: key, key: 'R3' } })).body,
    ).toMatchObject({
      money: '69.69',
      pointsBack: 697,
      returned: { money: '99.99', points: 1_000 },
    });
    expect((await shop.balance()).available).toBe(spent.available + 1_000);
    expect(await shop.ask(returnOrder, { body: { orderKey: key, key: 'R4' } })).toMatchObject({
      status: 409,
      code: 'membership.returned_already',
    });
  });

  it('is finished by the worker where the program ended between the decision and the ledger', async () => {
    await shop.give(400);
    const before = await shop.balance();
    const { key } = await shop.place({ points: 400 });
    const { pg } = shop.platform;
    await pg.query(
      "update quote set state = 'committed', decided_at = $2, done_at = null where order_key = $1",
      [key, noon],
    );
    await pg.query(
      `insert into quote_return (quote_id, return_key, input_hash, quantities, money, points, recorded_at)
      select quote_id, 'R', '\\x00', '{"a":"1"}', 49, 100, $2 from quote where order_key = $1`,
      [key, noon],
    );
    shop.setTime(afterNoon(1));
    await finishOrders({
      ...shop,
      ledger: shop.membership.ledger,
      programme: createProgramme(shop.platform),
    });
    expect(await shop.balance()).toMatchObject({ held: 0, available: before.available - 300 });
    shop.setTime(afterNoon(3_000));
    await shop.quote();
    await pg.query("update quote set valid_until = $1 where state = 'quoted'", [noon]);
    await finishOrders({
      ...shop,
      ledger: shop.membership.ledger,
      programme: createProgramme(shop.platform),
    });
    expect((await pg.query("select from quote where state = 'quoted'")).rowCount).toBe(0);
    expect(await proveLedger(pg)).toEqual({ imbalances: [], wrongLots: [], overReversed: [] });
  });
});
