import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nobody, orderOf, plainPoints } from '../../../../../test/earning-order.ts';
import type { PointsRules } from '../../contract/programme.ts';
import { growthOf, growthTakenBack } from './growth.ts';
import { noPayment, type Order, type Refund } from './order.ts';
import { nothingBefore, pointsOf } from './points.ts';
import { pointsTakenBack, returnedOf } from './take-back.ts';

const zone = 'Asia/Shanghai';
const counts = { ...plainPoints.counts, freight: true };
const rules: PointsRules = { ...plainPoints, counts };
const growth = {
  perMoney: { amount: 1, per: '10' },
  perOrder: 5,
  counts,
  activities: {},
};
const order = (amounts: bigint[], payment = noPayment): Order => orderOf(amounts, (line) => `c${line}`, { payment });
const back = (amount: number | bigint, productId = ''): Refund => ({
  productId,
  amount: typeof amount === 'bigint' ? amount : BigInt(Math.round(amount * 10_000)),
  at: 0,
});
const taken = (
  given: Order,
  refunds: Refund[],
  changed: Partial<PointsRules> = {},
): number => {
  const used = { ...rules, ...changed };
  return pointsTakenBack(
    given,
    pointsOf(given, used, nobody, nothingBefore, zone),
    refunds,
    used,
    nobody,
    zone,
  ).points;
};

const amounts = fc.array(fc.bigInt({ min: 0n, max: 10n ** 8n }), {
  minLength: 1,
  maxLength: 5,
});
const refunds = fc.array(
  fc.record({
    productId: fc.constantFrom('', 'p0', 'p1', 'p9'),
    amount: fc.bigInt({ min: 1n, max: 10n ** 8n }),
    at: fc.constant(0),
  }),
  { maxLength: 5 },
);

describe('case 8: what comes back in parts', () => {
  it('takes back, in all, the part of the points that is the part of the money, rounded down, and all at the end', () => {
    fc.assert(
      fc.property(amounts, refunds, (lines, parts) => {
        const given = order(lines);
        const whole = lines.reduce((a, b) => a + b, 0n);
        const { points } = pointsOf(given, rules, nobody, nothingBefore, zone);
        let cumulative = 0n;
        for (let i = 0; i <= parts.length; i++) {
          const got = taken(given, parts.slice(0, i));
          const expected =
            whole === 0n
              ? 0n
              : cumulative >= whole
                ? BigInt(points)
                : (BigInt(points) * cumulative) / whole;
          expect(got).toBe(Number(expected));
          cumulative += parts[i]?.amount ?? 0n;
        }
        expect(taken(given, [...parts, back(whole)])).toBe(points);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is three times 33 and a rest for thirds of a hundred', () => {
    const given = order([1_000_000n]);
    expect(
      [1, 2, 3].map((n) =>
        taken(
          given,
          Array.from({ length: n }, (_, i) => back(i === 2 ? 33.34 : 33.33)),
        ),
      ),
    ).toEqual([33, 66, 100]);
  });

  it('is by what each line earned where lines earn differently, and never more than all', () => {
    const multipliers: PointsRules['multipliers'] = [
      {
        key: 'ten',
        names: { en: 'ten' },
        when: { kind: 'product', products: ['p0'] },
        factor: '10',
      },
    ];
    const given = order([1_000_000n, 1_000_000n]);
    expect(taken(given, [back(100, 'p0')], { multipliers })).toBe(1_000);
    expect(taken(given, [back(100, 'p1')], { multipliers })).toBe(100);
    expect(taken(given, [back(100)], { multipliers })).toBe(550);
    fc.assert(
      fc.property(amounts, refunds, (lines, parts) => {
        const { points } = pointsOf(
          order(lines),
          { ...rules, multipliers },
          nobody,
          nothingBefore,
          zone,
        );
        const got = taken(order(lines), parts, { multipliers });
        expect(got >= 0 && got <= points).toBe(true);
      }),
    );
  });

  it('does not count freight that earned until all goods are back', () => {
    const given = order([1_000_000n], { ...noPayment, freight: 100_000n });
    expect([50, 99.99, 100].map((amount) => taken(given, [back(amount)]))).toEqual([
      50, 99, 110,
    ]);
  });

  it('takes the part of what a cap left', () =>
    expect(
      taken(order([10_000_000n]), [back(500)], {
        caps: { perOrder: 100, perDay: null, perMonth: null },
      }),
    ).toBe(50));
});

describe('case 12: an order that falls below a threshold', () => {
  const thresholds = [
    { from: '500', points: 100 },
    { from: '200', points: 20 },
  ];
  it.each([
    [400, [], 0],
    [600, [100], 100],
    [600, [100.01], 100 + 100 - 20],
    [600, [100, 200], 300 + 80],
    [600, [100, 301], 401 + 100],
    [600, [600], 700],
  ] as const)('of %s with %s back loses %s', (amount, parts, expected) => {
    expect(
      taken(
        order([BigInt(amount) * 10_000n]),
        parts.map((part) => back(part)),
        { thresholds },
      ),
    ).toBe(expected);
  });

  it('loses no more of the bonus than a cap had left of it', () => {
    expect(
      taken(order([6_000_000n]), [back(200)], {
        thresholds,
        caps: { perOrder: 610, perDay: null, perMonth: null },
      }),
    ).toBe(200);
    expect(
      taken(order([6_000_000n]), [back(450)], {
        thresholds,
        caps: { perOrder: 610, perDay: null, perMonth: null },
      }),
    ).toBe(460);
  });
});

describe('case 13: returns of nothing, and more than everything', () => {
  it('divides by nothing', () => {
    expect(taken(order([0n, 0n]), [back(5)])).toBe(0);
    expect(taken(order([]), [back(5)])).toBe(0);
    expect(taken(order([100_000n, -100_000n]), [back(5)])).toBe(0);
    expect(taken(order([1_000_000n, -400_000n]), [back(30)])).toBe(30);
  });
  it('takes what was earned when more comes back than was sold', () =>
    expect(taken(order([1_000_000n]), [back(70), back(70)])).toBe(100));
});

describe('which lines came back', () => {
  it('adds up to what was given back, whatever it was said of, and is never more than a line', () => {
    fc.assert(
      fc.property(amounts, refunds, (lines, parts) => {
        const { of, total } = returnedOf(order(lines), parts);
        expect([...of.values()].reduce((a, b) => a + b, 0n)).toBe(total);
        for (const [line, amount] of of)
          expect(amount >= 0n && amount <= line.amount).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('growth that comes back', () => {
  it('is the part of what the money gave; what an order gives for being one goes with the last of it', () => {
    const given = order([1_000_000n]);
    const { growth: earned, derivation } = growthOf(given, growth);
    expect([
      earned,
      ...[0, 55, 99.9, 100].map((amount) =>
        growthTakenBack(given, derivation, amount === 0 ? [] : [back(amount)], growth),
      ),
    ]).toEqual([15, 0, 5, 9, 15]);
  });
});
