import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEarningShop, type EarningShop } from '../../../../test/earning-shop.ts';
import { createTestPlatform, type TestPlatform } from '../../../../test/harness.ts';
import { manyOrders } from '../../../../test/many-orders.ts';
import { proveLedger } from '../ledger/store/proof.ts';

describe('a first look at years of orders, when the one who looks is killed', () => {
  let test: TestPlatform;
  let shop: EarningShop;
  let orders = 0;
  beforeAll(async () => {
    test = await createTestPlatform();
    shop = await createEarningShop(test.platform);
    const expiry = { kind: 'duration' as const, months: 12, roundTo: 'month' as const };
    await shop.publish(
      {
        points: { expiry, takeBack: 'debt' },
        growth: { perMoney: { amount: 1, per: '5' } },
      },
      '2021-01-01T00:00:00Z',
    );
    orders = await manyOrders(shop.platform, 2_500, 5);
  });
  afterAll(() => test.close());

  const count = async (): Promise<number> =>
    (
      await shop.platform.pg.query<{ n: number }>(
        'select count(*)::int as n from order_earning',
      )
    ).rows[0].n;

  /** Somebody begins, writes a while, and dies. */
  async function killAfter(ms: number): Promise<void> {
    const child = fork(
      join(import.meta.dirname, '../../../../test/earning-worker.ts'),
      [JSON.stringify(test.connections)],
      { stdio: 'inherit' },
    );
    const before = await count();
    while ((await count()) === before) await sleep(5);
    await sleep(ms);
    child.kill('SIGKILL');
    await once(child, 'exit');
    // The database may still be ending what the dead one had sent.
    await sleep(200);
  }
  it('comes to the same as without it: every order once, in both ledgers', async () => {
    const steps: number[] = [];
    for (const ms of [0, 100]) {
      await killAfter(ms);
      steps.push(await count());
      expect(await proveLedger(shop.platform.pg)).toEqual({
        imbalances: [],
        wrongLots: [],
        overReversed: [],
      });
    }
    expect(steps[0]).toBeGreaterThan(0);
    expect(steps[0]).toBeLessThan(orders);
    while ((await count()) < orders) await shop.round();
    await shop.round();
    const [expected] = await shop.platform.clickhouse
      .rows(`select toUInt32(sum(points)) as points, toUInt32(sum(growth)) as growth from (
      select sumIf(amount, kind = 'sale') as sold, -sumIf(amount, kind = 'refund') as back, floor(sold) as p, floor(sold / 5) as g,
        p - floor(p * back / sold) as points, g - floor(g * back / sold) as growth from order_line group by order_key)`);
    const {
      rows: [found],
    } = await shop.platform.pg.query(
      'select sum(points)::int as points, sum(growth)::int as growth, count(*)::int as orders from order_earning',
    );
    expect(found).toEqual({ ...(expected as object), orders });
    const {
      rows: [twice],
    } = await shop.platform.pg.query(
      `select (select count(*)::int from (select from points_entry where command_key is not null group by command_key having count(*) > 1 and min(kind) = 'earn') t) as earned,
        (select sum(amount)::int from growth_entry) as growth`,
    );
    expect(twice).toEqual({ earned: 0, growth: (expected as { growth: number }).growth });
    // What was written before a kill and after it knows its orders' keys: whoever sends a command under one earns nothing.
    const { rows: earned } = await shop.platform.pg.query<{
      key: string;
      no: number;
      amount: number;
    }>(
      `select command_key as key, customer_no as no, amount from points_entry where kind = 'earn' and amount > 0 order by entry_no % 97, entry_no limit 60`,
    );
    const earnings = `select count(*)::int as n from points_entry where kind = 'earn'`;
    const { rows: earns } = await shop.platform.pg.query(earnings);
    const now = Date.now();
    const again = await Promise.all(
      earned.map(({ key, no, amount }) =>
        shop.ledger.execute({
          key,
          customerNo: no,
          kind: 'earn',
          amount,
          occurredAt: now,
          availableAt: now,
          expiresAt: null,
          derivation: {},
        }),
      ),
    );
    expect(again.map(({ isReplay, amount }) => [isReplay, amount])).toEqual(
      earned.map(({ amount }) => [true, amount]),
    );
    expect(await shop.platform.pg.query('select from points_command')).toHaveProperty(
      'rowCount',
      60,
    );
    expect((await shop.platform.pg.query(earnings)).rows).toEqual(earns);
    expect(await proveLedger(shop.platform.pg)).toEqual({
      imbalances: [],
      wrongLots: [],
      overReversed: [],
    });
  });
});
