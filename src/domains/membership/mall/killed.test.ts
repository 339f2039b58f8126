import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exchangeWanted } from '../../../../test/exchange-wanted.ts';
import { killWriter } from '../../../../test/kill-writer.ts';
import { createMallShop, type MallShop } from '../../../../test/mall-shop.ts';
import { systemActor } from '../../../kernel/actor.ts';
import { proveLedger } from '../ledger/store/proof.ts';

describe('exchanges, when the one who makes them dies', () => {
  let shop: MallShop;
  beforeAll(async () => {
    shop = await createMallShop({ people: 40, points: 500 });
    // A parcel, a code made here, and something that waits for money; the first is sold out after a while.
    await shop.addItem({ points: 3 }, 60);
    await shop.addItem({ points: 3, delivery: { kind: 'made_codes', prefix: '' } }, null);
    await shop.addItem({ points: 3, money: '9.9' }, 5_000);
  });
  afterAll(() => shop.test.close());

  const count = async (what: string): Promise<number> => (await shop.rows<{ n: number }>(`select count(*)::int as n from ${what}`))[0].n;
  /** What must never be found, each as a question for rows. */
  const faults = {
    'an order that nobody finishes': "select order_no from mall_order where state not in ('confirmed', 'fulfilled', 'reserved')",
    'stock that says something else than orders': 'select item_no from mall_item i where taken <> (select count(*) from mall_order o where o.item_no = i.item_no)',
    'an order that is paid and did not spend its points once': `select order_no from mall_order o where state <> 'reserved'
      and (select coalesce(sum(amount), 0) from points_entry where command_key = 'mall ' || order_no || ' points') <> -o.points`,
    'an order that waits and holds nothing': `select order_no from mall_order where state = 'reserved'
      and not exists (select from points_hold where hold_key = 'mall ' || order_no || ' hold' and state = 'open')`,
    'points that were spent for nothing': `select entry_no from points_entry e where kind = 'spend'
      and not exists (select from mall_order where command_key is not null and 'mall ' || order_no || ' points' = e.command_key)`,
    'points that are held for nobody': `select hold_key from points_hold h where state = 'open'
      and not exists (select from mall_order where state = 'reserved' and 'mall ' || order_no || ' hold' = h.hold_key)`,
  };

  it('are finished or gone after a kill at any moment: nothing is taken twice, held for nobody, or spent for nothing', async () => {
    for (const [round, ms] of [120, 350, 700].entries()) {
      shop.setTime(new Date());
      const acknowledged = await killWriter('mall-exchanger.ts', shop.test.connections, `run ${round}`, ms);
      shop.setTime(new Date(Date.now() + 16_000));
      while ((await shop.mall.tidyUp()) > 0);
      for (const [fault, sql] of Object.entries(faults)) expect(await shop.rows(sql), fault).toEqual([]);
      const again = await Promise.all(acknowledged.map((n) => shop.mall.exchange(exchangeWanted(`run ${round}`, n), systemActor)));
      expect(again.filter(({ isReplay }) => !isReplay)).toEqual([]);
      expect(await proveLedger(shop.test.platform.pg)).toEqual({ imbalances: [], wrongLots: [], overReversed: [] });
    }
    expect(await count('mall_order')).toBeGreaterThan(20);
  });

  it('that wait for money give everything back when their time is over, all at once and after a standstill', async () => {
    expect(await count("mall_order where state = 'reserved'")).toBeGreaterThan(5);
    // Later than the holds themselves last.
    shop.setTime(new Date(Date.now() + 3 * 3_600_000));
    while ((await shop.mall.tidyUp()) > 0);
    expect(await count("mall_order where state = 'reserved'")).toBe(0);
    expect(await shop.left(3)).toBe(5_000);
    expect(await count("points_hold where state = 'open'")).toBe(0);
    expect(await proveLedger(shop.test.platform.pg)).toEqual({ imbalances: [], wrongLots: [], overReversed: [] });
  });
});
