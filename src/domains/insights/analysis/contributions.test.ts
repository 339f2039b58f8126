import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  differences,
  exactParts,
  factorEffects,
  logarithmicMean,
  ratioEffects,
  sumOf,
} from './contributions.ts';

const amount = fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n });
const sales = fc.bigInt({ min: 0n, max: 10n ** 13n });
const count = fc.integer({ min: 0, max: 100_000 });

describe('what each value adds to a change', () => {
  it('adds up to it exactly, whatever is left outside of the rows', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ key: fc.string(), now: amount, before: amount })),
        amount,
        amount,
        (pairs, now, before) => {
          const { rows, rest } = differences(pairs, { now, before });
          expect(sumOf(rows.map(({ change }) => change)) + rest).toBe(
            now - before,
          );
        },
      ),
    );
  });

  it('comes in the order of its size, and is nothing where nothing moved', () => {
    const { rows, rest } = differences(
      [
        { key: 'a', now: 5n, before: 4n },
        { key: 'b', now: 0n, before: 9n },
        { key: 'c', now: 3n, before: 3n },
      ],
      { now: 10n, before: 18n },
    );
    expect(rows).toEqual([
      { key: 'b', change: -9n },
      { key: 'a', change: 1n },
      { key: 'c', change: 0n },
    ]);
    expect(rest).toBe(0n);
  });
});

describe('the logarithmic mean', () => {
  it('lies between the geometric and the arithmetic mean, and is the same both ways', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-3, max: 1e9, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e9, noNaN: true }),
        (a, b) => {
          const mean = logarithmicMean(a, b);
          const slack = 1e-6 * Math.max(a, b);
          expect(mean).toBeGreaterThanOrEqual(Math.sqrt(a * b) - slack);
          expect(mean).toBeLessThanOrEqual((a + b) / 2 + slack);
          expect(Math.abs(mean - logarithmicMean(b, a))).toBeLessThanOrEqual(
            slack,
          );
        },
      ),
    );
  });

  it('is right where both are almost the same', () => {
    expect(logarithmicMean(100, 100)).toBe(100);
    expect(logarithmicMean(100, 100 + 1e-10)).toBeCloseTo(100, 8);
    expect(logarithmicMean(Math.E, 1)).toBeCloseTo(Math.E - 1, 12);
  });
});

describe('how much of a change factors make up', () => {
  const positive = fc.double({ min: 0.01, max: 1e6, noNaN: true });

  it('adds up to the change exactly, for any factors', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ now: positive, before: positive }), {
          minLength: 1,
          maxLength: 4,
        }),
        (factors) => {
          const product = (side: 'now' | 'before'): number =>
            factors.reduce((value, factor) => value * factor[side], 1);
          const change =
            BigInt(Math.round(product('now'))) -
            BigInt(Math.round(product('before')));
          const parts = factorEffects(factors, change);
          expect(sumOf(parts ?? [])).toBe(change);
        },
      ),
    );
  });

  it('before it is rounded leaves no residual: the last part takes less than a ten-thousandth a factor', () => {
    const factors = [
      { now: 1_200, before: 1_000 },
      { now: 1.25, before: 1.3 },
      { now: 880_000, before: 900_000 },
    ];
    const product = (side: 'now' | 'before'): number =>
      factors.reduce((value, factor) => value * factor[side], 1);
    const mean = logarithmicMean(product('now'), product('before'));
    const effects = factors.map(
      ({ now, before }) => mean * Math.log(now / before),
    );
    expect(effects.reduce((sum, effect) => sum + effect, 0)).toBeCloseTo(
      product('now') - product('before'),
      3,
    );
  });

  it('is the whole change where one factor moved alone, and turns its sign when time is turned round', () => {
    const factors = [
      { now: 200, before: 100 },
      { now: 2, before: 2 },
      { now: 50_000, before: 50_000 },
    ];
    expect(factorEffects(factors, 10_000_000n)).toEqual([10_000_000n, 0n, 0n]);
    const back = factors.map(({ now, before }) => ({
      now: before,
      before: now,
    }));
    expect(factorEffects(back, -10_000_000n)).toEqual([-10_000_000n, 0n, 0n]);
  });

  it('is told of no business that began or ended', () => {
    expect(
      factorEffects(
        [
          { now: 5, before: 0 },
          { now: 1, before: 1 },
        ],
        5n,
      ),
    ).toBeNull();
    expect(
      factorEffects(
        [
          { now: 0, before: 5 },
          { now: 1, before: 1 },
        ],
        -5n,
      ),
    ).toBeNull();
  });
});

describe('the change of a ratio', () => {
  const pair = fc.record({
    key: fc.string(),
    amount: fc.record({ now: sales, before: sales }),
    count: fc.record({ now: count, before: count }),
  });
  const whole = (
    pairs: {
      amount: { now: bigint; before: bigint };
      count: { now: number; before: number };
    }[],
    side: 'now' | 'before',
  ): bigint => {
    const orders = pairs.reduce((sum, each) => sum + each.count[side], 0);
    return orders === 0
      ? 0n
      : sumOf(pairs.map((each) => each.amount[side])) / BigInt(orders);
  };

  it('is mix and rate and nothing else, for any values', () => {
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 12 }), (pairs) => {
        const sound = pairs.map((each) => ({
          ...each,
          amount: {
            now: each.count.now === 0 ? 0n : each.amount.now,
            before: each.count.before === 0 ? 0n : each.amount.before,
          },
        }));
        const change = whole(sound, 'now') - whole(sound, 'before');
        const effects = ratioEffects(sound, change);
        if (!effects) return;
        expect(effects.mix + effects.rate).toBe(change);
        expect(
          sumOf(effects.rows.flatMap(({ mix, rate }) => [mix, rate])),
        ).toBe(change);
      }),
    );
  });

  it('is all mix where every value kept its own ratio', () => {
    const pairs = [
      {
        key: '官网',
        amount: { now: 3_000n, before: 1_000n },
        count: { now: 30, before: 10 },
      },
      {
        key: '门店',
        amount: { now: 2_000n, before: 6_000n },
        count: { now: 10, before: 30 },
      },
    ];
    const change = whole(pairs, 'now') - whole(pairs, 'before');
    expect(ratioEffects(pairs, change)).toMatchObject({
      mix: change,
      rate: 0n,
    });
  });

  it('is all rate where every value kept its share', () => {
    const pairs = [
      {
        key: '官网',
        amount: { now: 1_500n, before: 1_000n },
        count: { now: 10, before: 10 },
      },
      {
        key: '门店',
        amount: { now: 6_600n, before: 6_000n },
        count: { now: 30, before: 30 },
      },
    ];
    const change = whole(pairs, 'now') - whole(pairs, 'before');
    expect(ratioEffects(pairs, change)).toMatchObject({
      mix: 0n,
      rate: change,
    });
  });

  it('gives a value that is new to the mix, since it had no ratio that could move', () => {
    const pairs = [
      {
        key: '旧',
        amount: { now: 1_000n, before: 1_000n },
        count: { now: 10, before: 10 },
      },
      {
        key: '新',
        amount: { now: 9_000n, before: 0n },
        count: { now: 10, before: 0 },
      },
    ];
    expect(
      ratioEffects(pairs, 400n)?.rows.find(({ key }) => key === '新')?.rate,
    ).toBe(0n);
    expect(ratioEffects([], 0n)).toBeNull();
    expect(
      ratioEffects(
        [
          {
            key: 'a',
            amount: { now: 1n, before: 0n },
            count: { now: 1, before: 0 },
          },
        ],
        1n,
      ),
    ).toBeNull();
  });
});

describe('parts', () => {
  it('add up to their whole after rounding, and what is left goes to the largest', () => {
    expect(exactParts([1 / 3, 1 / 3, 100 / 3], 34n)).toEqual([0n, 0n, 34n]);
    expect(exactParts([], 0n)).toEqual([]);
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e12, max: 1e12, noNaN: true }), {
          minLength: 1,
        }),
        amount,
        (parts, total) => {
          expect(sumOf(exactParts(parts, total))).toBe(total);
        },
      ),
    );
  });
});
