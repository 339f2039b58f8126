import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nobody, orderOf, plainPoints } from '../../../../../test/earning-order.ts';
import { addDays } from '../../../../kernel/day.ts';
import type { Multiplier, PointsRules } from '../../contract/programme.ts';
import { baseOf } from './base.ts';
import { isBirthday, isMemberDay } from './factors.ts';
import { growthOf } from './growth.ts';
import { noPayment, type Order } from './order.ts';
import { nothingBefore, pointsOf, round } from './points.ts';

const zone = 'Asia/Shanghai';
const rules = plainPoints;
const { counts } = rules;
const money = (amount: number): bigint => BigInt(Math.round(amount * 10_000));
const order = (amounts: number[], more: Partial<Order> = {}): Order =>
  orderOf(amounts.map(money), (line) => (line % 2 === 0 ? 'shoes' : 'bags'), { placedAt: Date.parse('2026-06-18T04:00:00Z'), channel: 'app', ...more });
const points = (
  amounts: number[],
  changed: Partial<PointsRules> = {},
  more: Partial<Order> = {},
  buyer = nobody as { tier: string | null; birthDate: string | null },
  before = nothingBefore,
) => pointsOf(order(amounts, more), { ...rules, ...changed }, buyer, before, zone);
const times = (
  factor: string,
  when: Multiplier['when'],
  key = `x${factor.replace('.', '_')}`,
): Multiplier => ({ key, names: { en: key }, when, factor });

describe('case 15: what of an order earns', () => {
  const payment = {
    tax: money(6),
    freight: money(10),
    couponPaid: money(20),
    pointsPaid: money(30),
    giftCardPaid: money(40),
  };
  const base = (changed: Partial<typeof counts>) =>
    Number(baseOf(order([60, 40], { payment }), { ...counts, ...changed }).total) /
    10_000;
  it.each([
    ['goods less what points and gift cards paid, where nothing else is said', {}, 30],
    ['tax where it counts', { tax: true }, 36],
    ['freight where it counts', { freight: true }, 40],
    ['what a coupon took off where it counts', { couponPaid: true }, 50],
    ['what points paid where it counts', { pointsPaid: true }, 60],
    ['what gift cards paid where it counts', { giftCardPaid: true }, 70],
    [
      'everything',
      {
        tax: true,
        freight: true,
        couponPaid: true,
        pointsPaid: true,
        giftCardPaid: true,
      },
      136,
    ],
  ])('is %s', (_, changed, expected) => expect(base(changed)).toBe(expected));

  it('never is below nothing: points that pay the freight as well take nothing from other orders', () => {
    expect(
      points(
        [50],
        {},
        { payment: { ...noPayment, pointsPaid: money(60), freight: money(10) } },
      ),
    ).toMatchObject({ points: 0, regular: 0, bonus: 0 });
  });
});

describe('case 13: an order of nothing', () => {
  it.each([
    ['no lines', []],
    ['lines of nothing', [0, 0]],
    ['a discount of everything', [100, -100]],
    ['more given than bought', [10, -30]],
  ])('earns nothing: %s', (_, amounts) => {
    const changed = {
      thresholds: [{ from: '0', points: 100 }],
      multipliers: [times('3', { kind: 'category', categories: ['bags'] })],
    };
    expect(points(amounts, changed).points).toBe(0);
    expect(
      growthOf(order(amounts), {
        perMoney: rules.rate,
        perOrder: 10,
        counts,
        activities: {},
      }).growth,
    ).toBe(0);
  });

  it('a line below zero counts against the others', () =>
    expect(points([100, -30]).points).toBe(70));
  it('a rate of nothing earns nothing', () => {
    expect(points([100], { rate: { amount: 0, per: '1' } }).points).toBe(0);
    expect(points([100], { rate: { amount: 1, per: '0' } }).points).toBe(0);
  });
});

describe('points of an order', () => {
  it('are the rate for each part of the money, rounded once as is said', () => {
    expect(
      ['down', 'half_up', 'up'].map(
        (rounding) =>
          points([3.33, 3.33, 3.34, 0.05], {
            rate: { amount: 1, per: '0.1' },
            rounding: rounding as PointsRules['rounding'],
          }).points,
      ),
    ).toEqual([100, 101, 101]);
    expect(points([99.99], { rate: { amount: 3, per: '10' } }).points).toBe(29);
  });

  it('are more for lines of a product or category, and for orders of a tier, channel, birthday or member day', () => {
    const multipliers = [
      times('2', { kind: 'category', categories: ['shoes'] }, 'shoes'),
      times('3', { kind: 'product', products: ['p0'] }, 'one'),
      times('1.5', { kind: 'tier', tiers: ['gold'] }, 'gold'),
    ];
    expect(points([100, 100], { multipliers }).points).toBe(700);
    expect(points([100, 100], { multipliers, combine: 'highest' }).points).toBe(400);
    expect(
      points([100, 100], { multipliers }, {}, { tier: 'gold', birthDate: null }).points,
    ).toBe(1_050);
    expect(
      points(
        [100, 100],
        { multipliers, combine: 'highest' },
        {},
        { tier: 'gold', birthDate: null },
      ),
    ).toMatchObject({
      points: 450,
      derivation: {
        base: '200',
        exact: '450',
        factors: [
          { keys: ['one'], of: '100', factor: '3' },
          { keys: ['gold'], of: '100', factor: '1.5' },
        ],
      },
    });
    expect(
      points([100], { multipliers: [times('2', { kind: 'channel', channels: ['app'] })] })
        .points,
    ).toBe(200);
    expect(
      points([100], {
        multipliers: [times('2', { kind: 'channel', channels: ['shop'] })],
      }).points,
    ).toBe(100);
  });

  it('tell a member day by the calendar of the brand: a minute before midnight is the day before', () => {
    const multipliers = [
      times('2', { kind: 'member_day', days: { by: 'month_day', monthDays: [18] } }),
    ];
    const at = (text: string) =>
      points([10], { multipliers }, { placedAt: Date.parse(text) }).points;
    expect(
      [
        '2026-06-17T23:59:59+08:00',
        '2026-06-18T00:00:00+08:00',
        '2026-06-18T23:59:59+08:00',
        '2026-06-19T00:00:00+08:00',
      ].map(at),
    ).toEqual([10, 20, 20, 10]);
  });

  it('add what the highest threshold gives that is reached, by the base before multipliers', () => {
    const thresholds = [
      { from: '500', points: 100 },
      { from: '200', points: 20 },
    ];
    expect(
      [199.99, 200, 499.99, 500].map((amount) => points([amount], { thresholds }).points),
    ).toEqual([199, 220, 519, 600]);
    expect(
      points([150], {
        thresholds,
        multipliers: [times('4', { kind: 'channel', channels: ['app'] })],
      }).points,
    ).toBe(600);
    expect(points([500], { thresholds })).toMatchObject({
      regular: 500,
      bonus: 100,
      derivation: { threshold: { from: '500', points: 100 } },
    });
  });

  it('end at caps of the order, of the day and of the month, and say which', () => {
    const caps = { perOrder: 80, perDay: 100, perMonth: 1_000 };
    const cut = (before: { day: number; month: number }) =>
      points([120], { caps }, {}, nobody, before).derivation;
    expect(cut({ day: 0, month: 0 })).toMatchObject({
      points: 80,
      rounded: 120,
      cap: { of: 'perOrder', limit: 80 },
    });
    expect(cut({ day: 70, month: 70 })).toMatchObject({
      points: 30,
      cap: { of: 'perDay', before: 70 },
    });
    expect(cut({ day: 0, month: 995 })).toMatchObject({
      points: 5,
      cap: { of: 'perMonth', before: 995 },
    });
    expect(cut({ day: 400, month: 400 })).toMatchObject({ points: 0 });
    expect(
      points([500], { caps, thresholds: [{ from: '500', points: 100 }] }),
    ).toMatchObject({ points: 80, regular: 80, bonus: 0 });
  });

  it('are those of plain arithmetic for any lines, factors, rate and rounding', () => {
    const line = fc.record({
      amount: fc.integer({ min: 0, max: 5_000_000 }),
      isShoes: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 60 }),
        fc.constantFrom('down', 'half_up', 'up'),
        (lines, amount, per, tenths, rounding) => {
          const given: Order = {
            ...order([]),
            lines: lines.map((each, i) => ({
              productId: `p${i}`,
              category: each.isShoes ? 'shoes' : 'bags',
              amount: BigInt(each.amount) * 100n,
            })),
          };
          const multipliers = [
            times(
              String(tenths / 10),
              { kind: 'category', categories: ['shoes'] },
              'shoes',
            ),
          ];
          // In tenths of a cent all of it is whole.
          const weighted = lines.reduce(
            (sum, each) => sum + each.amount * (each.isShoes ? tenths : 10),
            0,
          );
          const [whole, rest] = [
            Math.floor((weighted * amount) / (1_000 * per)),
            (weighted * amount) % (1_000 * per),
          ];
          const expected =
            whole +
            (rounding === 'up'
              ? Number(rest > 0)
              : rounding === 'half_up'
                ? Number(rest * 2 >= 1_000 * per)
                : 0);
          expect(
            pointsOf(
              given,
              {
                ...rules,
                rate: { amount, per: String(per) },
                multipliers,
                rounding: rounding as PointsRules['rounding'],
              },
              nobody,
              nothingBefore,
              zone,
            ).points,
          ).toBe(expected);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('round whole numbers to themselves', () => {
    for (const rounding of ['down', 'half_up', 'up'] as const)
      expect(round({ over: 700n, under: 100n }, rounding)).toBe(7n);
  });
});

describe('days that count more', () => {
  it('a birthday has its day, its week from Monday to Sunday, and its month; the 29th of February is the 28th in other years', () => {
    expect(
      ['2027-02-27', '2027-02-28', '2027-03-01'].map((day) =>
        isBirthday('2000-02-29', 'day', day),
      ),
    ).toEqual([false, true, false]);
    expect(
      ['2028-02-28', '2028-02-29'].map((day) => isBirthday('2000-02-29', 'day', day)),
    ).toEqual([false, true]);
    expect(isBirthday('1990-06-01', 'month', '2026-06-30')).toBe(true);
    // Friday, 1 January 2027: its week begins on 28 December.
    const week = Array.from({ length: 9 }, (_, i) => addDays('2026-12-27', i)).map(
      (day) => isBirthday('1990-01-01', 'week', day),
    );
    expect(week).toEqual([false, true, true, true, true, true, true, true, false]);
  });

  it('a member day is one of the month, of the week, or a date', () => {
    expect(
      ['2026-11-22', '2026-11-23'].map((day) =>
        isMemberDay({ by: 'weekday', weekdays: [7] }, day),
      ),
    ).toEqual([true, false]);
    expect(isMemberDay({ by: 'date', dates: ['2026-11-11'] }, '2026-11-11')).toBe(true);
    expect(isMemberDay({ by: 'month_day', monthDays: [31] }, '2026-11-30')).toBe(false);
  });
});
