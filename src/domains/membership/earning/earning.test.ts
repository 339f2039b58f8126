import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEarningShop, type EarningShop } from '../../../../test/earning-shop.ts';
import type { Multiplying } from '../activities/rules/multipliers.ts';
import { proveLedger } from '../ledger/store/proof.ts';

const clean = { imbalances: [], wrongLots: [], overReversed: [] };
const march = '2026-03-01T04:00:00.000Z';

describe('points and growth of orders', () => {
  let shop: EarningShop;
  let person = 0;
  const activities: Multiplying[] = [];
  beforeAll(async () => {
    shop = await createEarningShop(undefined, activities);
    await shop.publish(
      {
        growth: { perMoney: { amount: 1, per: '10' } },
        points: {
          takeBack: 'debt',
          pendingDays: 7,
          thresholds: [{ from: '500', points: 100 }],
        },
      },
      '2026-01-01T00:00:00Z',
    );
    await shop.join(Array.from({ length: 40 }, (_, i) => i + 1));
    await shop.round();
  });
  afterAll(() => shop.close());
  const next = (): number => ++person;
  const entries = async (customerNo: number) =>
    (
      await shop.platform.pg.query(
        'select kind, amount, shortfall, occurred_at, derivation from points_entry where customer_no = $1 order by entry_no',
        [customerNo],
      )
    ).rows as {
      kind: string;
      amount: number;
      shortfall: number;
      occurred_at: Date;
      derivation: Record<string, unknown>;
    }[];
  const counts = async () =>
    (
      await shop.platform.pg.query(
        'select (select count(*) from points_entry) as entries, (select count(*) from growth_entry) as growth',
      )
    ).rows[0] as { entries: number; growth: number };

  it('case 36: are multiplied by the activity of the moment an order was placed, unless it was paid too late; who does not tell has paid in time', async () => {
    activities.push({
      activityNo: 1, stops: [],
      definition: {
        names: { 'zh-CN': '双倍积分' }, startsAt: '2026-04-10T00:00:00Z', endsAt: '2026-04-11T00:00:00Z', tiers: [],
        does: { kind: 'double_points', factor: 200, scope: { goods: { are: 'all' }, channels: [] }, payWithinMinutes: 30 },
      } as unknown as Multiplying['definition'],
    });
    const cases = [['2026-04-10T08:30:00Z', 30, 200], ['2026-04-10T08:31:00Z', 31, 100], ['2026-04-10T08:30:00Z', 0, 200], ['2026-04-11T00:20:00Z', 25, 200], ['2026-04-10T00:20:00Z', 25, 100]] as const;
    const people = cases.map(next);
    await shop.tell(cases.map(([at, placedMinutesBefore], i) => ({ customerNo: people[i], order: `W${i}`, at, amount: 100, placedMinutesBefore })));
    await shop.round();
    activities.pop();
    expect(await Promise.all(people.map(async (no) => (await entries(no))[0].amount))).toEqual(cases.map(([, , points]) => points));
    expect((await entries(people[3]))[0].occurred_at).toEqual(new Date('2026-04-10T23:55:00Z'));
  });

  it('check 5: are earned once, however often an order is told and however long after, with how they came about; another source has orders of its own', async () => {
    const no = next();
    const order = { customerNo: no, order: 'E1', at: march, amount: 120, product: 'P1' };
    await shop.tell([order]);
    expect(await shop.round()).toEqual([no]);
    const before = await counts();
    for (let i = 0; i < 3; i++) {
      await shop.platform.pg.query(
        'update fact_batch set applied_at = clock_timestamp()',
      );
      expect(await shop.round()).toEqual([]);
    }
    shop.setTime('2026-06-19T04:00:01Z');
    await shop.platform.pg.query(
      'update fact_batch set applied_at = clock_timestamp()',
    );
    expect(await shop.round()).toEqual([]);
    shop.setTime('2026-06-18T04:00:00Z');
    expect(await counts()).toEqual(before);
    await shop.tell([{ ...order, customerNo: next(), source: 'another shop' }]);
    expect(await shop.round()).toEqual([no + 1]);
    expect(await shop.balance(no)).toEqual({
      available: 120,
      pending: 0,
      held: 0,
      debt: 0,
    });
    expect(await shop.growth(no)).toBe(12);
    expect(await entries(no)).toMatchObject([
      {
        kind: 'earn',
        amount: 120,
        occurred_at: new Date(march),
        derivation: {
          reason: 'order',
          order: 'E1',
          base: '120',
          rounded: 120,
          versionNo: 1,
        },
      },
    ]);
  });

  it('count when a return comes before its order, at the same time, or after, all the same', async () => {
    const [first, second, third] = [next(), next(), next()];
    const of = (customerNo: number) => [
      { customerNo, order: `R${customerNo}`, at: march, amount: 300 },
      {
        customerNo,
        order: `R${customerNo}`,
        at: '2026-03-05T04:00:00.000Z',
        amount: 100,
        kind: 'refund' as const,
        quantity: 0,
      },
    ];
    await shop.tell([of(first)[1], of(second)[0]]);
    await shop.round();
    await shop.tell([of(first)[0], of(second)[1], ...of(third)]);
    await shop.round();
    for (const no of [first, second, third]) {
      expect([await shop.balance(no), await shop.growth(no)]).toEqual([
        { available: 200, pending: 0, held: 0, debt: 0 },
        20,
      ]);
      expect((await entries(no)).map(({ kind, amount }) => [kind, amount])).toEqual([
        ['earn', 300],
        ['take_back', -100],
      ]);
    }
  });

  it('case 7: a return of everything takes points before they could be spent, and they never become available', async () => {
    const no = next();
    await shop.tell([
      { customerNo: no, order: 'P7', at: '2026-06-17T04:00:00.000Z', amount: 80 },
    ]);
    await shop.round();
    expect(await shop.balance(no)).toMatchObject({ available: 0, pending: 80 });
    await shop.tell([
      {
        customerNo: no,
        order: 'P7',
        at: '2026-06-17T05:00:00.000Z',
        amount: 80,
        kind: 'refund',
      },
    ]);
    await shop.round();
    expect(await shop.balance(no)).toEqual({
      available: 0,
      pending: 0,
      held: 0,
      debt: 0,
    });
    shop.setTime('2026-06-30T00:00:00Z');
    expect(await shop.balance(no)).toEqual({
      available: 0,
      pending: 0,
      held: 0,
      debt: 0,
    });
    shop.setTime('2026-06-18T04:00:00Z');
  });

  it('case 8: parts of an order that come back one after the other take their share, and the last the rest', async () => {
    const no = next();
    await shop.tell([{ customerNo: no, order: 'C8', at: march, amount: 100 }]);
    const left: number[] = [];
    for (const amount of [33.33, 33.33, 33.34]) {
      await shop.tell([
        {
          customerNo: no,
          order: 'C8',
          at: '2026-03-20T04:00:00.000Z',
          amount,
          kind: 'refund',
          quantity: 0,
        },
      ]);
      await shop.round();
      left.push((await shop.balance(no)).available);
    }
    expect(left).toEqual([67, 34, 0]);
    expect(await shop.growth(no)).toBe(0);
  });

  it('case 9: points that were spent are owed up to the limit of the tier, and what is beyond it is told', async () => {
    const no = next();
    await shop.tell([{ customerNo: no, order: 'C9', at: march, amount: 400 }]);
    await shop.round();
    await shop.ledger.execute({
      key: 'spent',
      customerNo: no,
      kind: 'spend',
      amount: 380,
      occurredAt: Date.parse(march),
      derivation: {},
    });
    await shop.tell([
      {
        customerNo: no,
        order: 'C9',
        at: '2026-03-20T04:00:00.000Z',
        amount: 400,
        kind: 'refund',
      },
    ]);
    await shop.round();
    // 20 were there, 100 may be owed.
    expect(await shop.balance(no)).toEqual({
      available: 0,
      pending: 0,
      held: 0,
      debt: 100,
    });
    expect((await entries(no)).at(-1)).toMatchObject({
      kind: 'take_back',
      amount: -100,
      shortfall: 280,
      derivation: { reason: 'refund', earned: 400, takenInAll: 400, isWhole: true },
    });
    // What is earned next pays it first, and the return that turns out to be none gives only what it took.
    await shop.forget('C9');
    await shop.tell([{ customerNo: no, order: 'C9', at: march, amount: 400 }]);
    await shop.round();
    expect(await shop.balance(no)).toEqual({
      available: 20,
      pending: 0,
      held: 0,
      debt: 0,
    });
  });

  it('case 10: a return goes by the version the order was earned under', async () => {
    const no = next();
    await shop.publish(
      { points: { rate: { amount: 5, per: '1' }, takeBack: 'debt' } },
      '2026-04-01T00:00:00Z',
    );
    await shop.tell([
      { customerNo: no, order: 'C10', at: march, amount: 100 },
      { customerNo: no, order: 'C10b', at: '2026-04-02T04:00:00.000Z', amount: 100 },
    ]);
    await shop.round();
    expect(await shop.balance(no)).toMatchObject({ available: 600 });
    await shop.tell(
      ['C10', 'C10b'].map((order) => ({
        customerNo: no,
        order,
        at: '2026-05-20T04:00:00.000Z',
        amount: 50,
        kind: 'refund' as const,
        quantity: 0,
      })),
    );
    await shop.round();
    expect(await shop.balance(no)).toMatchObject({ available: 300 });
  });

  it('case 12: an order that falls below a threshold loses the bonus it no longer reaches', async () => {
    const no = next();
    await shop.tell([{ customerNo: no, order: 'C12', at: march, amount: 600 }]);
    await shop.round();
    expect(await shop.balance(no)).toMatchObject({ available: 700 });
    await shop.tell([
      {
        customerNo: no,
        order: 'C12',
        at: march,
        amount: 101,
        kind: 'refund',
        quantity: 0,
      },
    ]);
    await shop.round();
    expect(await shop.balance(no)).toMatchObject({ available: 499 });
    expect((await entries(no)).at(-1)).toMatchObject({
      amount: -201,
      derivation: { takenInAll: 201, bonusInAll: 100 },
    });
  });

  it('case 13: an order of nothing earns nothing and loses nothing', async () => {
    const no = next();
    await shop.tell([
      { customerNo: no, order: 'C13', at: march, amount: 0 },
      { customerNo: no, order: 'C13', at: march, amount: 0, kind: 'refund' },
      { customerNo: no, order: 'C13b', at: march, amount: -5 },
    ]);
    await shop.round();
    expect([await entries(no), await shop.growth(no)]).toEqual([[], 0]);
  });

  it('case 19: an order that arrives late is earned when it happened, and says when that was written down', async () => {
    const no = next();
    await shop.tell([
      { customerNo: no, order: 'C19', at: '2026-02-01T04:00:00.000Z', amount: 50 },
    ]);
    await shop.round();
    const { rows } = await shop.platform.pg.query(
      'select occurred_at, recorded_at from growth_entry where customer_no = $1 union all select occurred_at, recorded_at from points_entry where customer_no = $1',
      [no],
    );
    expect(rows).toEqual(
      Array.from({ length: 2 }, () => ({
        occurred_at: new Date('2026-02-01T04:00:00Z'),
        recorded_at: new Date('2026-06-18T04:00:00Z'),
      })),
    );
  });

  it('change with an order whose lines come late or go, and with facts that are taken back and told again', async () => {
    const no = next();
    const line = (product: string, amount: number) => ({
      customerNo: no,
      order: 'L1',
      at: march,
      amount,
      product,
    });
    await shop.tell([line('a', 100)]);
    await shop.round();
    await shop.tell([line('b', 40)]);
    await shop.round();
    expect([await shop.balance(no), await shop.growth(no)]).toMatchObject([
      { available: 140 },
      14,
    ]);
    await shop.forget('L1');
    await shop.round();
    expect([await shop.balance(no), await shop.growth(no)]).toMatchObject([
      { available: 0, debt: 0 },
      0,
    ]);
    expect((await entries(no)).at(-1)?.derivation).toMatchObject({
      reason: 'gone',
      order: 'L1',
    });
    await shop.tell([line('b', 60)]);
    await shop.round();
    expect([await shop.balance(no), await shop.growth(no)]).toMatchObject([
      { available: 60 },
      6,
    ]);
  });

  it('are earned by members alone: of others once they join, as far as the programme counts what was before', async () => {
    await shop.platform.pg.query(
      'insert into customer (customer_no, created_at) values (90, now()), (91, now())',
    );
    await shop.tell([
      { customerNo: 90, order: 'J1', at: march, amount: 70 },
      { customerNo: 0, order: 'J2', at: march, amount: 70 },
    ]);
    expect(await shop.round()).toEqual([]);
    await shop.join([90], '2026-06-01T00:00:00Z');
    expect(await shop.round()).toEqual([90]);
    expect(await shop.balance(90)).toMatchObject({ available: 70 });
  });

  it('make tiers look again at whoever has grown', async () => {
    const no = next();
    await shop.tell([{ customerNo: no, order: 'D1', at: march, amount: 30 }]);
    await shop.round();
    const { rows } = await shop.platform.pg.query(
      'select customer_no from member where due_at <= $1 and customer_no = any($2)',
      [shop.platform.clock.now(), [no, 40]],
    );
    expect(rows).toEqual([{ customer_no: no }]);
  });

  it('add up for every account after all of it', async () =>
    expect(await proveLedger(shop.platform.pg)).toEqual(clean));
});
