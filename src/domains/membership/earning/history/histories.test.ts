import { hash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleProgramme } from '../../../../../test/sample-programme.ts';
import type { OrderInPlace } from '../orders/found-orders.ts';
import type { Terms } from '../reckon/terms.ts';
import { noPayment } from '../rules/order.ts';
import { Histories } from './histories.ts';
import { replay } from './replay.ts';

const dayMs = 86_400_000;
const start = Date.parse('2025-01-01T00:00:00Z');
const now = Date.parse('2026-06-01T00:00:00Z');
const lastNumber = 2_147_483_647;
const member = [{ joinedAt: start, leftAt: null }];

const termsOf = (changes: Parameters<typeof sampleProgramme>[0] = {}): Terms => ({
  versions: [{ versionNo: 1, startsAt: start, definition: sampleProgramme(changes) }],
  pauses: [],
  timeZone: 'Asia/Shanghai',
});

interface Bought {
  amount: number;
  day: number;
  returned: number[];
}

const orderOf = (customerNo: number, no: number, bought: Bought): OrderInPlace => {
  const placedAt = start + bought.day * dayMs + no * 1_000;
  return {
    groupNo: customerNo,
    customerNo,
    orderKey: String(customerNo * 1_000 + no),
    orderId: `O-${customerNo}-${no}`,
    channel: 'app',
    placedAt,
    paidAt: null,
    payment: noPayment,
    lines: [{ productId: 'p', category: 'c', amount: BigInt(bought.amount) * 10_000n }],
    refunds: bought.returned.map((amount, i) => ({
      productId: 'p',
      amount: BigInt(amount) * 10_000n,
      at: placedAt + (i + 1) * 40 * dayMs,
    })),
  };
};
const plain: Bought = { amount: 10, day: 1, returned: [] };
const inTurn = async function* (orders: readonly OrderInPlace[]) {
  yield* orders;
};
const historiesOf = (
  orders: readonly OrderInPlace[],
  split: string[] = [],
  terms = termsOf(),
) => new Histories({ terms, after: 0, split }, inTurn(orders));
const blocks = (numbers: number, from = 1): number[] =>
  Array.from({ length: Math.ceil(numbers / 10_000) }, (_, i) => from + i * 10_000);

describe('histories of people in their order', () => {
  it('are looked at some thousand orders at a time, nobody in two parts, and everybody once', async () => {
    const orders = Array.from({ length: 4_000 }, (_, i) => i + 1).flatMap((no) =>
      Array.from({ length: 1 + (no % 5) }, (_each, n) => orderOf(no, n, plain)),
    );
    const histories = historiesOf(orders);
    const [seen, untils]: [number[], number[]] = [[], []];
    for (let isLast = false; !isLast;) {
      const next = await histories.next();
      expect(next.customerNos.length).toBeGreaterThan(0);
      // Whoever has a number up to it was looked at, and nobody after it.
      expect(next.until).toBe(next.isLast ? lastNumber : next.customerNos.at(-1));
      seen.push(...next.customerNos);
      untils.push(next.until);
      isLast = next.isLast;
    }
    expect(seen).toEqual(Array.from({ length: 4_000 }, (_, i) => i + 1));
    expect(untils).toHaveLength(3);
  });

  it('keep the orders of one person together, however many they are', async () => {
    const many = Array.from({ length: 12_000 }, (_, n) => orderOf(7, n % 900, plain));
    const histories = historiesOf([...many, orderOf(8, 1, plain)]);
    expect(await histories.next()).toMatchObject({ customerNos: [7], until: 7 });
    expect(await histories.next()).toMatchObject({ customerNos: [8], isLast: true });
  });

  it('have an end where there is nothing to look at', async () => {
    expect(await historiesOf([]).next()).toEqual({
      until: lastNumber,
      isLast: true,
      customerNos: [],
      numbers: 0,
    });
  });

  it('leave out orders that no place tells all of, and hand back those of people who are not new', async () => {
    const orders = [1, 2, 3].flatMap((no) => [0, 1].map((n) => orderOf(no, n, plain)));
    const histories = historiesOf(orders, ['1000', '3000', '3001']);
    const next = await histories.next();
    expect(next.customerNos).toEqual([1, 2]);
    const lived = histories.live(
      {
        kind: 'live',
        until: next.until,
        newcomers: new Map([[1, member]]),
        blocks: blocks(next.numbers),
        now,
      },
      new Map(),
    );
    expect(lived.accounts.customerNos).toEqual([1]);
    expect(lived.grown).toEqual([1]);
    expect(lived.others.map(({ orderKey }) => orderKey)).toEqual(['2000', '2001']);
  });

  it('come to the same when they are lived through again while the next are read, and to nothing for who never was a member', async () => {
    const orders = Array.from({ length: 9_000 }, (_, i) => orderOf(i + 1, 0, plain));
    const histories = historiesOf(orders);
    const [first, second] = [await histories.next(), await histories.next()];
    const live = (next: typeof first, memberships: typeof member | []) => {
      const { tables, ...lived } = histories.live(
        {
          kind: 'live',
          until: next.until,
          newcomers: new Map(next.customerNos.map((no) => [no, memberships])),
          blocks: blocks(next.numbers),
          now,
        },
        new Map(),
      );
      return { ...lived, tables: tables.map(([table, rows]) => [table, hash('sha256', rows)]) };
    };
    const once = live(first, member);
    expect(live(second, member).grown).toHaveLength(4_000);
    expect(live(first, member)).toEqual(once);
    expect(once.grown).toHaveLength(5_000);
    const nobody = live(first, []);
    expect([nobody.tables, nobody.grown, nobody.accounts.customerNos]).toEqual([[], [], []]);
  });

  it('never need more numbers than they say, whatever comes back and ends: 300 people', async () => {
    const bought = fc.record({
      amount: fc.integer({ min: 1, max: 500 }),
      day: fc.integer({ min: 0, max: 400 }),
      returned: fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 6 }),
    });
    const terms = fc
      .record({
        takeBack: fc.constantFrom('debt', 'within_balance', 'only_pending'),
        pendingDays: fc.constantFrom(0, 7, 90),
        expiry: fc.constantFrom(
          { kind: 'never' },
          { kind: 'duration', months: 1, roundTo: 'day' },
          { kind: 'inactivity', months: 2 },
        ),
        settlement: fc.constantFrom('by_rules', 'opening_balances'),
      })
      .map(({ settlement, ...points }) =>
        termsOf({ settlement, points } as Parameters<typeof sampleProgramme>[0]),
      );
    await fc.assert(
      fc.asyncProperty(
        fc.array(bought, { minLength: 1, maxLength: 12 }),
        terms,
        async (all, under) => {
          const orders = all.map((each, n) => orderOf(1, n, each));
          const { numbers } = await historiesOf(orders, [], under).next();
          let taken = 0;
          const newcomer = { customerNo: 1, memberships: member, birthDate: null, orders };
          replay(newcomer, under, () => ++taken, now);
          expect(taken).toBeLessThanOrEqual(numbers);
        },
      ),
      { numRuns: 300 },
    );
  });
});
