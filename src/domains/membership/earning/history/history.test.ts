import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createEarningShop,
  type EarningShop,
  type ProgrammeChanges,
} from '../../../../../test/earning-shop.ts';
import type { TestLine } from '../../../../../test/order-lines.ts';
import { seededRandom } from '../../../../kernel/seeded-random.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { proveLedger } from '../../ledger/store/proof.ts';

const clean = { imbalances: [], wrongLots: [], overReversed: [] };
const dayMs = 86_400_000;
const start = Date.parse('2025-01-01T04:00:00Z');
const end = Date.parse('2026-12-01T00:00:00Z');
const people = Array.from({ length: 5 }, (_, i) => i + 1);

type Told = Partial<TestLine> & {
  at: string;
  customerNo: number;
  order: string;
  amount: number;
};

/** What people buy and give back over a year and a half, in the order of time. */
function someFacts(seed: number): Told[] {
  const random = seededRandom(seed);
  const chance = (n: number): number => Math.floor(random() * n);
  const facts: Told[] = [];
  let second = 0;
  const moment = (day: number): string =>
    new Date(start + day * dayMs + ++second * 1_000).toISOString();
  for (const customerNo of people) {
    for (let n = 0; n < 6; n++) {
      const [order, day] = [`${customerNo}-${n}`, chance(480)];
      const base = {
        customerNo,
        order,
        product: `p${n}`,
        category: chance(2) === 0 ? '茶' : '杯',
      };
      const amount = 20 + chance(700);
      facts.push({ ...base, at: moment(day), amount });
      let left = amount;
      for (let back = 0; back < chance(4) && left > 0; back++) {
        const part = Math.min(left, 1 + chance(300));
        left -= part;
        facts.push({
          ...base,
          at: moment(day + 1 + chance(160)),
          amount: part,
          kind: 'refund',
          quantity: 0,
        });
      }
    }
  }
  return facts.sort((a, b) => (a.at < b.at ? -1 : 1));
}

const first: ProgrammeChanges = {
  growth: { perMoney: { amount: 1, per: '3' }, perOrder: 2 },
  points: {
    rate: { amount: 3, per: '10' },
    multipliers: [
      {
        key: 'tea',
        names: { en: 'tea' },
        when: { kind: 'category', categories: ['茶'] },
        factor: '1.5',
      },
    ],
    thresholds: [{ from: '300', points: 25 }],
    caps: { perOrder: null, perDay: 160, perMonth: 400 },
    pendingDays: 7,
    expiry: { kind: 'duration', months: 3, roundTo: 'month' },
    takeBack: 'debt',
  },
};
const second: ProgrammeChanges = {
  ...first,
  points: {
    ...first.points,
    rate: { amount: 1, per: '1' },
    expiry: { kind: 'inactivity', months: 2 },
  },
};

/** All that is written of people, without numbers that are given in the order of writing. */
async function written({
  platform: { pg },
}: EarningShop): Promise<Record<string, unknown[]>> {
  const rows = async (sql: string) => (await pg.query<object>(sql)).rows;
  return {
    entries: await rows(
      'select customer_no, kind, amount, shortfall, occurred_at, command_key from points_entry order by 1, 5, 2, 6, 3',
    ),
    lots: await rows(
      'select customer_no, amount, remaining, earned_at, available_at, expires_at from points_lot order by 1, 4, 2, 6',
    ),
    debts: await rows(
      'select customer_no, amount, remaining from points_debt order by 1, 2, 3',
    ),
    growth: await rows(
      'select customer_no, amount, kind, occurred_at, entry_key from growth_entry order by 1, 4, 5',
    ),
    orders: await rows(
      'select order_key, customer_no, version_no, applied, regular, bonus, points, growth, shortfall, entries, earnings from order_earning order by 1',
    ),
  };
}

describe('a history that is written at once', () => {
  const facts = someFacts(7);
  const shops: EarningShop[] = [];
  const open = async (): Promise<EarningShop> => {
    const shop = await createEarningShop();
    shops.push(shop);
    await shop.publish(first, '2025-01-01T00:00:00Z');
    await shop.publish(second, '2025-09-01T00:00:00Z');
    await shop.join(people, '2024-12-01T00:00:00Z');
    return shop;
  };
  afterAll(async () => {
    for (const shop of shops) await shop.close();
  });

  it('is what somebody has who lived through it, order by order and return by return', async () => {
    const [lived, atOnce] = [await open(), await open()];
    for (const fact of facts) {
      lived.setTime(fact.at);
      await lived.tell([fact]);
      await lived.round();
    }
    lived.setTime(new Date(end));
    while ((await lived.ledger.settleDue()) > 0);
    atOnce.setTime(new Date(end));
    await atOnce.tell(facts);
    expect(await atOnce.round()).toEqual(people);
    const [expected, found] = [await written(lived), await written(atOnce)];
    for (const table of Object.keys(expected))
      expect(found[table], table).toEqual(expected[table]);
    expect(found.entries.length).toBeGreaterThan(70);
    expect(found.debts.length).toBeGreaterThan(0);
    for (const shop of [lived, atOnce])
      expect(await proveLedger(shop.platform.pg)).toEqual(clean);
  });

  it('changes nothing when it is written again, and is the same after it was begun by somebody who died', async () => {
    const shop = shops[1];
    const before = await written(shop);
    await shop.platform.pg.query(
      `update membership_cursor set position = position || '{"passAfter": 4}' where name = 'earning'`,
    );
    expect(await shop.round()).toEqual([]);
    await shop.platform.pg.query(`delete from membership_cursor where name = 'earning'`);
    expect(await shop.round()).toEqual([]);
    expect(await written(shop)).toEqual(before);
  });

  it('is settled order by order of whom a gift opens an account while it is being written', async () => {
    const shop = await open();
    shop.setTime(new Date(end));
    await shop.tell(facts);
    const { pg } = shop.platform;
    let looking: Promise<number[]> = Promise.resolve([]);
    await inTransaction(pg, async (client) => {
      const gift = { key: 'gift', kind: 'earn' as const, customerNo: 3, amount: 5, occurredAt: end, availableAt: end, expiresAt: null, derivation: {} };
      await shop.ledger.carryOut(client, [gift]);
      looking = shop.round();
      const waiting = 'select from pg_stat_activity where datname = current_database() and wait_event_type = $1';
      while ((await pg.query(waiting, ['Lock'])).rowCount === 0) await sleep(10);
    });
    expect(await looking).toEqual(people);
    const others = 'select customer_no, sum(amount) as points from points_entry where customer_no <> 3 group by 1 order by 1';
    expect((await pg.query(others)).rows).toEqual((await shops[1].platform.pg.query(others)).rows);
    const earned = 'select sum(points)::int as points, sum(growth)::int as growth from order_earning where customer_no = 3';
    expect((await pg.query(earned)).rows).toEqual((await shops[1].platform.pg.query(earned)).rows);
    expect(await proveLedger(pg)).toEqual(clean);
  });

  it('goes on with what happens next', async () => {
    const shop = shops[1];
    const [{ order, customerNo, amount, product }] = facts.filter(
      ({ kind, at }) => kind !== 'refund' && at > '2026-04-20',
    );
    const kept = async () =>
      (
        await shop.platform.pg.query<{ points: number }>(
          'select points from order_earning where order_id = $1',
          [order],
        )
      ).rows[0]?.points ?? 0;
    const before = await kept();
    await shop.tell([
      {
        customerNo,
        order,
        product,
        amount,
        at: '2026-11-30T04:00:00.000Z',
        kind: 'refund',
      },
    ]);
    await shop.round();
    expect(before).toBeGreaterThan(0);
    expect(await kept()).toBe(0);
    expect(await proveLedger(shop.platform.pg)).toEqual(clean);
  });

  it('blocks a second earning: a command with the key of an order answers what that came to, for ever, and any other under it is refused', async () => {
    const shop = shops[1];
    const { ledger, platform: { pg } } = shop;
    const before = await written(shop);
    const commands = async () => (await pg.query<{ n: number }>('select count(*)::int as n from points_command')).rows[0].n;
    const commandsBefore = await commands();
    const { rows: made } = await pg.query<{ no: number; entryNo: number; key: string; kind: 'earn' | 'take_back'; amount: number; of: string }>(
      `select distinct on (e.kind) e.customer_no as no, e.entry_no as "entryNo", e.command_key as key, e.kind, e.amount, o.command_key as of
        from points_entry e left join points_entry o on o.entry_no = e.reverses where e.kind in ('earn', 'take_back') and e.amount <> 0 and e.shortfall = 0
          and not exists (select from points_entry t where t.command_key = e.command_key and t.entry_no <> e.entry_no) order by e.kind, e.entry_no`);
    const said = (no: number, key: string) => ({ key, customerNo: no, occurredAt: end, derivation: { by: 'hand' } });
    const earning = (no: number, key: string, amount: number) => ({ ...said(no, key), kind: 'earn' as const, amount, availableAt: end, expiresAt: null });
    const refusal = (sent: Promise<unknown>) => sent.then(() => 'done', ({ code }: { code: string }) => code);
    const [earned, taken] = made;
    const again = () => ledger.execute(earning(earned.no, earned.key, earned.amount));
    const answers = await Promise.all([again(), again(), again()]);
    expect(answers[0]).toMatchObject({ isReplay: true, amount: earned.amount, entries: [{ entryNo: earned.entryNo, customerNo: earned.no, amount: earned.amount }], balance: await shop.balance(earned.no) });
    expect(answers[0].lots).toMatchObject([{ amount: earned.amount }]);
    const back = await ledger.execute({ ...said(taken.no, taken.key), kind: 'take_back', of: taken.of, amount: -taken.amount, policy: 'debt', debtLimit: 0 });
    expect(back).toMatchObject({ isReplay: true, amount: taken.amount, entries: [{ entryNo: taken.entryNo }] });
    // What was answered once stays the answer, whatever happens to the points.
    await ledger.execute({ ...said(earned.no, 'more'), kind: 'earn', amount: 7, availableAt: end, expiresAt: null });
    expect([...answers, await again()]).toEqual(Array.from({ length: 4 }, () => answers[0]));
    const another = earned.no === 1 ? 2 : 1;
    const grown = (await pg.query<{ key: string }>('select entry_key as key from growth_entry where customer_no = $1 limit 1', [earned.no])).rows[0].key;
    const others = [earning(earned.no, earned.key, earned.amount + 1), earning(another, earned.key, earned.amount), earning(another, taken.key, 1), earning(earned.no, grown, 1)];
    for (const command of others) expect(await refusal(ledger.execute(command))).toBe('membership.key_used');
    expect(await commands()).toBe(commandsBefore + 3);
    const after = await written(shop);
    for (const table of ['growth', 'orders']) expect(after[table], table).toEqual(before[table]);
    expect(after.entries).toHaveLength(before.entries.length + 1);
    expect(await proveLedger(pg)).toEqual(clean);
  });
});

describe('a past that counts as a balance to begin with', () => {
  let shop: EarningShop;
  beforeAll(async () => {
    shop = await createEarningShop();
    await shop.publish(
      {
        settlement: 'opening_balances',
        growth: { perMoney: { amount: 1, per: '10' } },
        points: { expiry: { kind: 'duration', months: 12, roundTo: 'day' } },
      },
      '2026-03-01T00:00:00Z',
    );
    await shop.join([1, 2, 3], '2026-03-01T00:00:00Z');
    await shop.ledger.execute({
      key: 'gift',
      customerNo: 2,
      kind: 'earn',
      amount: 5,
      occurredAt: 0,
      availableAt: 0,
      expiresAt: null,
      derivation: {},
    });
    const tell = (
      customerNo: number,
      order: string,
      at: string,
      amount: number,
      kind: 'sale' | 'refund' = 'sale',
    ) => ({ customerNo, order, at, amount, kind });
    await shop.tell([
      tell(1, 'old', '2024-06-01T00:00:00.000Z', 100),
      tell(1, 'a', '2025-06-01T00:00:00.000Z', 200),
      tell(1, 'a', '2025-07-01T00:00:00.000Z', 50, 'refund'),
      tell(1, 'b', '2026-04-01T00:00:00.000Z', 30),
      tell(2, 'c', '2025-06-01T00:00:00.000Z', 80),
    ]);
    await shop.round();
  });
  afterAll(() => shop.close());

  it('is what the rules would have left of it, in one line, good from the beginning of the programme', async () => {
    const { rows } = await shop.platform.pg.query(
      'select customer_no, kind, amount, occurred_at, derivation from points_entry where command_key <> $1 order by customer_no, occurred_at',
      ['gift'],
    );
    const opening = {
      kind: 'earn',
      occurred_at: new Date('2026-03-01T00:00:00Z'),
      derivation: { reason: 'opening', versionNo: 1 },
    };
    expect(rows).toMatchObject([
      { customer_no: 1, amount: 150, ...opening },
      { customer_no: 1, amount: 30 },
      { customer_no: 2, amount: 80, ...opening },
    ]);
    const { rows: lots } = await shop.platform.pg.query(
      'select expires_at from points_lot where customer_no = 1 order by earned_at',
    );
    expect(lots[0]).toEqual({ expires_at: new Date('2027-03-01T16:00:00Z') });
  });

  it('is growth of its own kind, of all that was bought', async () => {
    const { rows } = await shop.platform.pg.query(
      'select customer_no, kind, amount from growth_entry order by 1, 2',
    );
    expect(rows).toEqual([
      { customer_no: 1, kind: 'opening', amount: 25 },
      { customer_no: 1, kind: 'order', amount: 3 },
      { customer_no: 2, kind: 'opening', amount: 8 },
    ]);
  });

  it('is given once, whatever is looked at again, and not to those who were given nothing to count', async () => {
    await shop.platform.pg.query(`delete from membership_cursor where name = 'earning'`);
    expect(await shop.round()).toEqual([]);
    const { rows } = await shop.platform.pg.query(
      'select customer_no, points, growth from earning_opening order by 1',
    );
    expect(rows).toEqual([
      { customer_no: 1, points: 150, growth: 25 },
      { customer_no: 2, points: 80, growth: 8 },
    ]);
    expect(await proveLedger(shop.platform.pg)).toEqual(clean);
  });
});

describe('points by tier', () => {
  it('count the tier that what was bought before had led to, whether told at once or one after the other', async () => {
    const multipliers = [
      {
        key: 'gold',
        names: { en: 'gold' },
        when: { kind: 'tier' as const, tiers: ['gold'] },
        factor: '2',
      },
    ];
    const shop = await createEarningShop();
    await shop.publish({ points: { multipliers } }, '2026-01-01T00:00:00Z');
    await shop.join([1], '2026-01-01T00:00:00Z');
    await shop.tell(
      ['2026-02-01', '2026-03-01'].map((day, i) => ({
        customerNo: 1,
        order: `T${i}`,
        at: `${day}T04:00:00.000Z`,
        amount: 1_200,
      })),
    );
    await shop.round();
    expect(await shop.balance(1)).toMatchObject({ available: 1_200 + 2_400 });
    await shop.platform.pg.query(
      `insert into tier_change (customer_no, kind, from_tier, to_tier, cycle_start, occurred_at, recorded_at, version_no, derivation) values (1, 'rise', 'silver', 'gold', $1, $1, $1, 1, '{}')`,
      ['2026-02-01T04:00:00Z'],
    );
    await shop.tell([
      { customerNo: 1, order: 'T3', at: '2026-04-01T04:00:00.000Z', amount: 10 },
      { customerNo: 1, order: 'T4', at: '2026-01-15T04:00:00.000Z', amount: 10 },
    ]);
    await shop.round();
    expect(await shop.balance(1)).toMatchObject({ available: 3_600 + 20 + 10 });
    await shop.close();
  });
});
