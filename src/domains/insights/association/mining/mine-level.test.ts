import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../../test/harness.ts';
import { seededRandom } from '../../../../kernel/seeded-random.ts';
import { isHeldOut } from '../model/hold-out.ts';
import { mineApart } from './mine-apart.ts';
import { measuresOf } from './measures.ts';
import { mineLevel, type MiningTask, usualLeastCount } from './mine-level.ts';

interface Order {
  customerNo: number;
  day: number;
  items: number[];
}

const daySeconds = 86_400;
const usual: Omit<MiningTask, 'hashes' | 'recent' | 'prices'> = {
  leastSupport: 0.001,
  leastConfidence: 0,
  windowSeconds: 30 * daySeconds,
  lastOccasion: 1_000 * daySeconds,
  heldOutEvery: 0,
};
const halves = (values: number[]): Uint32Array =>
  new Uint32Array(BigUint64Array.from(values, BigInt).buffer);

/** Orders as the engine sends their lines. */
async function* linesOf(orders: Order[]) {
  const lines = orders.flatMap((order, n) =>
    order.items.map((item) => ({ ...order, key: n + 1, item })),
  );
  const someone = lines
    .filter(({ customerNo }) => customerNo > 0)
    .sort((a, b) => a.customerNo - b.customerNo || a.day - b.day);
  for (const [some, ofNobody] of [
    [someone, false],
    [lines.filter(({ customerNo }) => customerNo === 0), true],
  ] as const) {
    yield {
      ofNobody,
      count: some.length,
      customerNos: Uint32Array.from(some, ({ customerNo }) => customerNo),
      orderKeys: halves(some.map(({ key }) => key)),
      seconds: Uint32Array.from(some, ({ day }) => day * daySeconds),
      items: halves(some.map(({ item }) => item + 1)),
    };
  }
}

const mine = (orders: Order[], itemCount: number, given: Partial<MiningTask> = {}) =>
  mineLevel(linesOf(orders), {
    ...usual,
    hashes: Array.from({ length: itemCount }, (_, item) => BigInt(item + 1)),
    recent: Array.from({ length: itemCount }, (_, item) => itemCount - item),
    prices: Array.from({ length: itemCount }, (_, item) => 10 * (item + 1)),
    ...given,
  });

/** People who order now and then, always the same things of their own. */
function habits(people: number, itemCount: number): Order[] {
  const random = seededRandom(7);
  return Array.from({ length: people }, (_, n) => {
    const own = [Math.floor(random() * itemCount), Math.floor(random() * itemCount)];
    return Array.from({ length: 4 }, (__, order) => ({
      customerNo: n + 1,
      day: 10 + order * 20,
      items: [...new Set([own[order % 2], own[0]])],
    }));
  }).flat();
}

describe('what is found in the orders of a level', () => {
  it('is the same whether people are held out to check it or not', async () => {
    const orders = habits(300, 20);
    const [checked, unchecked] = await Promise.all([
      mine(orders, 20, { heldOutEvery: 3 }),
      mine(orders, 20),
    ]);
    expect(checked.holdOut.people).toBeGreaterThan(50);
    expect(unchecked.holdOut.people).toBe(0);
    expect({ ...checked, holdOut: null }).toEqual({ ...unchecked, holdOut: null });
  });

  it('does not learn from the order it is checked by', async () => {
    // Only in their last order do those who are held out buy 7 after 8: nobody else does, so nobody can know.
    const people = Array.from({ length: 400 }, (_, n) => n + 1);
    const orders = people.flatMap((no) => [
      { customerNo: no, day: 10, items: [8] },
      { customerNo: no, day: 20, items: isHeldOut(no, 4) ? [7] : [6] },
    ]);
    const { holdOut } = await mine(orders, 30, {
      heldOutEvery: 4,
      recent: Array.from({ length: 30 }, (_, item) => (item < 9 && item > 5 ? 0 : 100)),
    });
    expect(holdOut.people).toBeGreaterThan(50);
    expect(holdOut.hitRate).toBe(0);
  });

  it('is better than what sells and than what each bought before, where there is something to find', async () => {
    // After 2n comes 2n + 1: neither is bought again, and no item sells better than another.
    const random = seededRandom(3);
    const orders = Array.from({ length: 3_000 }, (_, n) => {
      const first = 2 * Math.floor(random() * 50);
      return [
        { customerNo: n + 1, day: 10, items: [first] },
        { customerNo: n + 1, day: 20, items: [first + 1] },
      ];
    }).flat();
    const { holdOut, sequences } = await mine(orders, 100, { heldOutEvery: 5 });
    expect(holdOut.hitRate).toBe(1);
    expect(holdOut.popular).toBeLessThan(0.2);
    expect(holdOut.ownMost).toBeLessThan(0.2);
    expect(sequences.rules.every(({ antecedent: [a], consequent }) => consequent === a + 1)).toBe(
      true,
    );
    expect(sequences.rules).toHaveLength(50);
  });

  it('keeps orders of nobody out of sequences and in baskets', async () => {
    const pair = Array.from({ length: 20 }, (_, n) => ({ customerNo: 0, day: n, items: [0, 1] }));
    const { orders, ordersOfNobody, people, occasions, baskets, sequences } = await mine(pair, 2, {
      leastSupport: null,
    });
    expect({ orders, ordersOfNobody, people, occasions }).toEqual({
      orders: 20,
      ordersOfNobody: 20,
      people: 0,
      occasions: 0,
    });
    expect(baskets.rules).toHaveLength(2);
    expect(sequences.rules).toEqual([]);
  });

  it('tells a repeat purchase as something that follows itself', async () => {
    const orders = Array.from({ length: 20 }, (_, n) =>
      [0, 20, 70].map((day) => ({ customerNo: n + 1, day, items: [0] })),
    ).flat();
    const { sequences, repeats } = await mine(orders, 1);
    expect(sequences.rules).toMatchObject([
      {
        antecedent: [0],
        consequent: 0,
        base: 60,
        withAntecedent: 60,
        withConsequent: 20,
        withBoth: 20,
      },
    ]);
    expect(repeats[0]).toBeCloseTo(1 / 3, 6);
  });

  it('takes the least support that was asked for, or one that grows with the brand', async () => {
    expect([3, 100, 10_000, 20_000_000].map(usualLeastCount)).toEqual([5, 5, 50, 2_237]);
    const orders = Array.from({ length: 100 }, (_, n) => ({
      customerNo: 0,
      day: 1,
      items: n < 8 ? [0, 1] : [2, 3],
    }));
    expect((await mine(orders, 4, { leastSupport: null })).leastCount).toBe(5);
    expect((await mine(orders, 4, { leastSupport: 0.08 })).baskets.rules).toHaveLength(4);
    expect((await mine(orders, 4, { leastSupport: 0.081 })).baskets.rules).toHaveLength(2);
  });

  it('raises a least support of its own until all fits, and refuses one that was asked for', async () => {
    // Every set of up to four of 60 items stands in each of twelve baskets: half a million sets.
    const all = Array.from({ length: 60 }, (_, item) => item);
    const orders = Array.from({ length: 12 }, () => ({ customerNo: 0, day: 1, items: all }));
    const { leastCount, baskets } = await mine(orders, 60, { leastSupport: null });
    expect([leastCount, baskets.found]).toEqual([20, 0]);
    await expect(mine(orders, 60, { leastSupport: 0.5 })).rejects.toThrow('more than');
  });

  it('counts in the same way as looking at each order', async () => {
    const orders = habits(200, 8);
    const { baskets } = await mine(orders, 8);
    expect(baskets.rules.length).toBeGreaterThan(20);
    for (const rule of baskets.rules) {
      const having = (items: number[]) =>
        orders.filter((order) => items.every((item) => order.items.includes(item))).length;
      expect(rule.withBoth).toBe(having([...rule.antecedent, rule.consequent]));
      expect(measuresOf(rule).confidence).toBeCloseTo(rule.withBoth / having(rule.antecedent), 12);
      expect(measuresOf(rule).support).toBeCloseTo(rule.withBoth / orders.length, 12);
    }
  });
});

describe('the thread that mines', () => {
  let test: TestPlatform;
  beforeAll(async () => {
    test = await createTestPlatform();
  });
  afterAll(() => test.close());
  const order = () => ({
    address: test.platform.reader.address,
    span: {
      level: 'product' as const,
      from: new Date('2026-01-01'),
      until: new Date('2026-02-01'),
    },
    task: { ...usual, hashes: [1n, 2n], recent: [1, 1], prices: [1, 1] },
  });

  it('answers with nothing where there is nothing', async () => {
    const mined = await mineApart(order(), {
      signal: new AbortController().signal,
      tell: async () => undefined,
    });
    expect(mined).toMatchObject({
      orders: 0,
      people: 0,
      baskets: { found: 0 },
      sequences: { found: 0 },
      bundles: [],
    });
  });

  it('ends when somebody wants it to, and when whoever is told how far it is does', async () => {
    const stopping = new AbortController();
    const stopped = mineApart(order(), { signal: stopping.signal, tell: () => sleep(0) });
    stopping.abort(new Error('enough'));
    await expect(stopped).rejects.toThrow('enough');
    await expect(
      mineApart(order(), {
        signal: new AbortController().signal,
        tell: () => Promise.reject(new Error('cancelled')),
      }),
    ).rejects.toThrow('cancelled');
  });

  it('tells what the engine said', async () => {
    const wrong = { ...order(), address: { ...order().address, database: 'nowhere' } };
    await expect(
      mineApart(wrong, { signal: new AbortController().signal, tell: async () => undefined }),
    ).rejects.toThrow(/nowhere|does not exist/i);
  });
});
