import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layerBases, layerKinds } from '../../contract/quote.ts';
import { billOf, type Cart } from './bill.ts';
import { type Layer, layOver } from './layers.ts';
import { allocate, halfUp, sumOf, unitOf, unitsOf, unitsText } from './money.ts';

const keys = ['a', 'b', 'c', 'd'] as const;
const layer = (given: Partial<Layer> & Pick<Layer, 'key'>): Layer => ({
  kind: 'coupon',
  base: 'net',
  off: { amount: 0n },
  lines: null,
  least: 0n,
  priority: 0,
  group: null,
  excludes: [],
  ...given,
});
const percent = (whole: number) => ({ percent: BigInt(whole) * 10_000n });
const line = (key: string, list: bigint, floor = 0n) => ({ key, list, floor });
const cart = (given: Partial<Cart>): Cart => ({
  lines: [line('a', 10_000n)],
  layers: [],
  freight: 0n,
  freeFrom: null,
  tax: 0n,
  points: null,
  ...given,
});
const points = (wanted: number | 'all', available: number, more: object = {}) => ({
  wanted,
  available,
  worth: 100n,
  unit: 100n,
  mostOfBill: 100,
  ...more,
});

const money = fc.bigInt({ min: 0n, max: 1_000_000n });
const anyLines = fc
  .uniqueArray(
    fc.record({
      key: fc.constantFrom(...keys),
      list: money,
      share: fc.integer({ min: 0, max: 100 }),
    }),
    { selector: ({ key }) => key, minLength: 1, maxLength: 4 },
  )
  .map((lines) =>
    lines.map(({ key, list, share }) => ({ key, list, floor: (list * BigInt(share)) / 100n })),
  );
const anyLayer = (key: string): fc.Arbitrary<Layer> =>
  fc
    .record({
      kind: fc.constantFrom(...layerKinds),
      base: fc.constantFrom(...layerBases),
      off: fc.oneof(
        fc.record({ percent: fc.bigInt({ min: 0n, max: 1_000_000n }) }),
        fc.record({ amount: money }),
      ),
      lines: fc.option(fc.uniqueArray(fc.constantFrom(...keys), { maxLength: 3 })),
      least: fc.oneof(fc.constant(0n), money),
      priority: fc.integer({ min: 0, max: 2 }),
      group: fc.option(fc.constantFrom('x', 'y')),
      excludes: fc.uniqueArray(fc.constantFrom(...layerKinds, 'points' as const), { maxLength: 2 }),
    })
    .map((rest) => ({ key, ...rest }));
const anyLayers = fc
  .integer({ min: 0, max: 7 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, i) => anyLayer(`l${i}`))));
const anyPoints = fc.option(
  fc.record({
    wanted: fc.oneof(fc.constant('all' as const), fc.nat(3_000_000)),
    available: fc.nat(3_000_000),
    worth: fc.bigInt({ min: 0n, max: 5_000n }),
    unit: fc.constantFrom(1n, 100n, 10_000n),
    mostOfBill: fc.integer({ min: 0, max: 100 }),
  }),
);
const anyCart: fc.Arbitrary<Cart> = fc.record({
  lines: anyLines,
  layers: anyLayers,
  freight: money,
  freeFrom: fc.option(money),
  tax: money,
  points: anyPoints,
});

describe('money in smallest units', () => {
  it('is counted as its currency is, and nothing finer is taken', () => {
    expect([unitOf('CNY'), unitOf('JPY'), unitOf('KWD')]).toEqual([100n, 10_000n, 10n]);
    expect(unitsOf('19.99', 100n)).toBe(1_999n);
    expect([
      unitsOf('19.999', 100n),
      unitsOf('-1', 100n),
      unitsOf('x', 100n),
      unitsOf('0.5', 10_000n),
    ]).toEqual([null, null, null, null]);
    expect(unitsText(1_999n, 100n)).toBe('19.99');
    expect([halfUp(5n, 10n), halfUp(4n, 10n), halfUp(0n, 3n)]).toEqual([1n, 0n, 0n]);
  });

  it('is divided by largest remainders, into parts that come to the whole', () => {
    expect(allocate(100n, [1n, 1n, 1n], [100n, 100n, 100n])).toEqual([34n, 33n, 33n]);
    expect(allocate(10n, [5n, 5n, 90n], [100n, 1n, 6n])).toEqual([3n, 1n, 6n]);
    expect(allocate(0n, [0n, 0n])).toEqual([0n, 0n]);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(money, money), { minLength: 1, maxLength: 8 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (pairs, share) => {
          const [weights, rooms] = [
            pairs.map(([weight]) => weight),
            pairs.map(([weight, room]) => (weight > 0n ? room : 0n)),
          ];
          const amount = (sumOf(rooms) * BigInt(Math.floor(share * 1_000))) / 1_000n;
          const parts = allocate(amount, weights, rooms);
          expect(sumOf(parts)).toBe(amount);
          expect(parts.every((part, i) => part >= 0n && part <= rooms[i])).toBe(true);
        },
      ),
    );
  });
});

describe('layers over a cart', () => {
  const verdict = (layers: Layer[], lines = [line('a', 10_000n), line('b', 5_000n)]) =>
    Object.fromEntries(
      layOver(lines, layers).map(({ layer: { key }, accepted, amount, reason, by, missing }) => [
        key,
        { accepted, amount, reason, by, missing },
      ]),
    );

  it('are worked out of what they say: the list price, the member’s price, or what is left', () => {
    const member = layer({ key: 'm', kind: 'member_price', base: 'list', off: percent(10) });
    for (const [base, amount] of [
      ['list', 3_000n],
      ['member', 2_700n],
      ['net', 2_500n],
    ] as const) {
      expect(
        verdict([
          layer({ key: 'day', kind: 'member_day', base: 'list', off: { amount: 1_000n } }),
          layer({ key: 'c', base, off: percent(20), priority: -1 }),
          member,
        ]).c,
        base,
      ).toMatchObject({ accepted: true, amount });
    }
  });

  it('that exclude each other are decided by priority, then by what they save, and the other says why', () => {
    const coupon = layer({ key: 'c', off: { amount: 900n }, excludes: ['promotion'] });
    const promotion = layer({ key: 'p', kind: 'promotion', off: { amount: 800n } });
    expect(verdict([coupon, promotion])).toMatchObject({
      c: { accepted: true },
      p: { accepted: false, reason: 'excluded', by: 'c' },
    });
    expect(verdict([coupon, { ...promotion, priority: 1 }])).toMatchObject({
      c: { reason: 'excluded', by: 'p' },
      p: { amount: 800n },
    });
    expect(
      verdict([
        { ...coupon, lines: ['a'] },
        { ...promotion, lines: ['b'] },
      ]),
    ).toMatchObject({ c: { accepted: true }, p: { accepted: true } });
    expect(
      verdict([
        layer({ key: 'x', off: { amount: 1n }, group: 'g' }),
        layer({ key: 'y', off: { amount: 2n }, group: 'g' }),
      ]),
    ).toMatchObject({ x: { reason: 'same_group', by: 'y' } });
  });

  it('that come to nothing keep no other away', () => {
    const dear = layer({ key: 'dear', off: { amount: 5_000n }, least: 50_000n, group: 'g' });
    expect(
      verdict([dear, layer({ key: 'small', off: { amount: 500n }, group: 'g' })]),
    ).toMatchObject({
      dear: { reason: 'below_least', missing: 35_000n },
      small: { accepted: true, amount: 500n },
    });
    expect(
      verdict([
        layer({ key: 'none', lines: ['z'], off: { amount: 1n } }),
        layer({ key: 'zero', off: { amount: 0n } }),
      ]),
    ).toMatchObject({ none: { reason: 'no_line' }, zero: { reason: 'nothing_left' } });
  });

  it('never go below the lowest price, and say that they were cut', () => {
    expect(
      verdict(
        [layer({ key: 'c', off: { amount: 99_999n } })],
        [line('a', 10_000n, 9_000n), line('b', 5_000n)],
      ),
    ).toMatchObject({ c: { accepted: true, amount: 6_000n, reason: 'at_floor' } });
  });
});

describe('a bill', () => {
  it('case 14: takes the points that are needed, the last of them too, and leaves no money to pay', () => {
    expect(billOf(cart({ points: points(50_000, 50_000) }))).toMatchObject({
      points: { points: 10_000, money: 10_000n, reason: 'enough' },
      pay: 0n,
    });
    expect(
      billOf(cart({ lines: [line('a', 999n)], points: points(400, 400, { worth: 300n }) })),
    ).toMatchObject({ points: { points: 333, money: 999n, reason: 'enough' }, pay: 0n });
    // A hundred points are 7.00: the last one pays less than it is worth, and no money is left over.
    expect(
      billOf(cart({ lines: [line('a', 1_000n)], points: points('all', 400, { worth: 700n }) })),
    ).toMatchObject({ points: { points: 143, money: 1_000n }, pay: 0n });
    expect(billOf(cart({ lines: [line('a', 0n)], points: points(10, 10) }))).toMatchObject({
      points: { points: 0, reason: 'enough' },
      pay: 0n,
    });
    expect(billOf(cart({ points: points(500, 30) }))).toMatchObject({
      points: { points: 30, money: 30n, reason: 'has_fewer' },
      pay: 9_970n,
    });
    expect(billOf(cart({ points: points(9_000, 9_000, { mostOfBill: 50 }) }))).toMatchObject({
      points: { points: 5_000, reason: 'most_of_bill' },
      pay: 5_000n,
    });
    // A point is a tenth of a cent: five of 105 come to nothing, and stay.
    expect(billOf(cart({ points: points(105, 200, { worth: 10n }) }))).toMatchObject({
      points: { points: 100, money: 10n, reason: 'whole_units' },
    });
    expect(billOf(cart({ points: points(5, 5, { worth: 0n }) }))).toMatchObject({
      points: { points: 0, reason: 'not_taken' },
      pay: 10_000n,
    });
  });

  it('case 36: lays member’s price, member’s day, coupon and points over one line, each on its base, and says what was refused', () => {
    const bill = billOf(
      cart({
        layers: [
          layer({ key: 'coupon', off: { amount: 1_000n } }),
          layer({ key: 'day', kind: 'member_day', base: 'member', off: percent(10) }),
          layer({ key: 'price', kind: 'member_price', base: 'list', off: percent(5) }),
          layer({
            key: 'sale',
            kind: 'promotion',
            base: 'list',
            off: percent(4),
            excludes: ['member_price'],
          }),
        ],
        freight: 800n,
        points: points(2_000, 2_000),
      }),
    );
    expect(bill.lines).toEqual([
      {
        key: 'a',
        list: 10_000n,
        net: 7_550n,
        pointsMoney: 1_808n,
        points: 1_808,
        pay: 5_742n,
        discounts: [
          { layer: 'coupon', amount: 1_000n },
          { layer: 'day', amount: 950n },
          { layer: 'price', amount: 500n },
        ],
      },
    ]);
    expect(
      bill.verdicts
        .filter(({ accepted }) => !accepted)
        .map(({ layer: { key }, reason, by }) => [key, reason, by]),
    ).toEqual([['sale', 'excluded', 'price']]);
    expect(bill).toMatchObject({
      points: { points: 2_000 },
      extras: { pay: 608n, points: 192 },
      pay: 6_350n,
    });
  });

  it('is without points where a layer that counts excludes them, or the buyer is no member', () => {
    const coupon = layer({ key: 'c', off: { amount: 1n }, excludes: ['points'] });
    expect(billOf(cart({ layers: [coupon], points: points(10, 10) })).points).toEqual({
      points: 0,
      money: 0n,
      reason: 'excluded',
    });
    expect(
      billOf(cart({ layers: [{ ...coupon, least: 99_999n }], points: points(10, 10) })).points
        .points,
    ).toBe(10);
    expect(billOf(cart({})).points.reason).toBe('not_a_member');
  });

  it('ships for nothing from the amount of goods that is promised, after discounts', () => {
    const coupon = layer({ key: 'c', off: { amount: 100n } });
    expect(billOf(cart({ freight: 800n, freeFrom: 10_000n }))).toMatchObject({
      freight: 0n,
      freightFree: 800n,
      missingForFree: 0n,
      pay: 10_000n,
    });
    expect(billOf(cart({ freight: 800n, freeFrom: 10_000n, layers: [coupon] }))).toMatchObject({
      freight: 800n,
      freightFree: 0n,
      missingForFree: 100n,
      pay: 10_700n,
    });
  });

  it('comes to the same by lines as in all, in the smallest unit, never below a floor or nothing', () => {
    fc.assert(
      fc.property(anyCart, (given) => {
        const bill = billOf(given);
        for (const {
          layer: { key },
          accepted,
          amount,
          parts,
        } of bill.verdicts) {
          expect(sumOf(parts.values())).toBe(amount);
          expect(
            sumOf(
              bill.lines
                .flatMap(({ discounts }) => discounts.filter(({ layer: of }) => of === key))
                .map((part) => part.amount),
            ),
          ).toBe(accepted ? amount : 0n);
          expect(amount > 0n).toBe(accepted);
        }
        for (const { key, list, net, pointsMoney, pay } of bill.lines) {
          const floor = given.lines.find((each) => each.key === key)?.floor ?? 0n;
          expect(
            net >= floor &&
              net <= list &&
              pay >= 0n &&
              pointsMoney >= 0n &&
              pointsMoney + pay === net,
          ).toBe(true);
        }
        const parts = [...bill.lines, bill.extras];
        expect(sumOf(parts.map(({ pay }) => pay))).toBe(bill.pay);
        expect(sumOf(parts.map(({ pointsMoney }) => pointsMoney))).toBe(bill.points.money);
        expect(parts.reduce((sum, part) => sum + part.points, 0)).toBe(bill.points.points);
        if (given.points) {
          const { available, wanted, mostOfBill, worth, unit } = given.points;
          const { points: used, money: paid } = bill.points;
          expect(used).toBeLessThanOrEqual(
            wanted === 'all' ? available : Math.min(available, wanted),
          );
          expect(paid * 100n <= (bill.pay + paid) * BigInt(mostOfBill)).toBe(true);
          // Not one point more than what they paid takes.
          if (used > 0)
            expect(
              (BigInt(used - 1) * worth) / unit < paid && paid <= (BigInt(used) * worth) / unit,
            ).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('is the same in whatever order lines and layers are given', () => {
    const turned = anyCart.chain((given) =>
      fc.tuple(
        fc.constant(given),
        fc.shuffledSubarray([...given.lines], { minLength: given.lines.length }),
        fc.shuffledSubarray([...given.layers], { minLength: given.layers.length }),
      ),
    );
    fc.assert(
      fc.property(turned, ([given, lines, layers]) => {
        const sorted = (bill: ReturnType<typeof billOf>) => ({
          ...bill,
          lines: bill.lines.toSorted((a, b) => (a.key < b.key ? -1 : 1)),
        });
        expect(sorted(billOf({ ...given, lines, layers }))).toEqual(sorted(billOf(given)));
      }),
      { numRuns: 1_000 },
    );
  });
});
