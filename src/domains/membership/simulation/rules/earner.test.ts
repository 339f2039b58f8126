import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleProgramme } from '../../../../../test/sample-programme.ts';
import type { ProgrammeDefinition } from '../../contract/programme.ts';
import { growthOf } from '../../earning/rules/growth.ts';
import { pointsOf } from '../../earning/rules/points.ts';
import { Earner } from './earner.ts';
import { type Mark, marksOf, Tokens } from './marks.ts';
import { orderOf, payments, type TrialOrder, type TrialPayment } from './trial-order.ts';

const timeZone = 'Asia/Shanghai';
const money = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 0, max: 50_000_000 }) },
  { weight: 1, arbitrary: fc.constantFrom(0, 1, 10_000, 999_999_999_999) },
);
const amount = fc.integer({ min: 0, max: 30 }).map((n) => n);
const counts = fc.record({
  tax: fc.boolean(),
  freight: fc.boolean(),
  couponPaid: fc.boolean(),
  pointsPaid: fc.boolean(),
  giftCardPaid: fc.boolean(),
});
const cap = fc.option(fc.integer({ min: 0, max: 500 }));
const factor = fc.constantFrom('0.5', '1', '1.5', '2', '3.3333');
const programmes: fc.Arbitrary<ProgrammeDefinition> = fc
  .record({
    rate: fc.record({ amount, per: fc.constantFrom('1', '3', '10', '0.07') }),
    counts,
    rounding: fc.constantFrom('down', 'half_up', 'up'),
    combine: fc.constantFrom('product', 'highest'),
    thresholds: fc.array(
      fc.record({ from: fc.constantFrom('10', '99.99', '500'), points: amount }),
      { maxLength: 2 },
    ),
    caps: fc.record({ perOrder: cap, perDay: cap, perMonth: cap }),
    factors: fc.array(factor, { minLength: 4, maxLength: 4 }),
    uses: fc.subarray([0, 1, 2, 3]),
    perOrder: amount,
  })
  .map(({ factors, uses, perOrder, ...points }) => {
    const all = [
      { kind: 'tier', tiers: ['gold'] },
      { kind: 'category', categories: ['茶叶'] },
      { kind: 'channel', channels: ['门店'] },
      { kind: 'member_day', days: { by: 'weekday', weekdays: [2, 5] } },
    ] as const;
    const multipliers = uses.map((i) => ({
      key: `m${i}`,
      names: { en: `M${i}` },
      when: all[i],
      factor: factors[i],
    }));
    return sampleProgramme({
      points: { ...points, multipliers } as never,
      growth: { perMoney: points.rate, perOrder, counts: points.counts },
    });
  });
const orders = fc.record({
  lines: fc.array(fc.record({ isTea: fc.boolean(), amount: money }), {
    minLength: 1,
    maxLength: 3,
  }),
  isStore: fc.boolean(),
  day: fc.integer({ min: 0, max: 800 }),
  payment: fc.record(
    Object.fromEntries(payments.map((part) => [part, fc.oneof(fc.constant(0), money)])),
  ) as fc.Arbitrary<TrialPayment>,
});

describe('what an order earns in a trial', () => {
  it('is what the rules of earning say, whichever way it is reckoned', () => {
    let quick = 0;
    fc.assert(
      fc.property(
        programmes,
        orders,
        fc.boolean(),
        fc.integer({ min: 0, max: 400 }),
        (definition, given, isGold, before) => {
          const marks: Mark[] = marksOf([definition]);
          const bit = (of: Mark['of']): number =>
            marks.reduce((bits, mark, i) => (mark.of === of ? bits | (1 << i) : bits), 0);
          const tokens = new Tokens(marks);
          const order: TrialOrder = {
            placedAt: Date.parse('2025-01-01T10:00:00Z') + given.day * 86_400_000,
            channel: given.isStore ? bit('channel') : 0,
            payment: given.payment,
            refunds: [],
            lines: given.lines.map(({ isTea, amount: of }, product) => ({
              product,
              marks: isTea ? bit('category') : 0,
              amount: of,
            })),
          };
          const plain = {
            ...orderOf(order, tokens),
            channel: given.isStore ? '门店' : '官网',
            lines: given.lines.map(({ isTea, amount: of }, i) => ({
              productId: String(i),
              category: isTea ? '茶叶' : '茶具',
              amount: BigInt(of),
            })),
          };
          const buyer = { tier: isGold ? 'gold' : 'silver', birthDate: null };
          const earner = new Earner(definition, tokens, timeZone);
          const { points, regular, bonus } = pointsOf(
            plain,
            definition.points,
            buyer,
            { day: before, month: before },
            timeZone,
          );
          expect(earner.pointsOf(order, buyer, { day: before, month: before })).toMatchObject({
            points,
            regular,
            bonus,
          });
          const { byMoney, perOrder } = growthOf(plain, definition.growth).derivation;
          expect(earner.growthOf(order)).toEqual({ byMoney, perOrder });
          quick++;
        },
      ),
      { numRuns: 3_000 },
    );
    expect(quick).toBeGreaterThan(2_000);
  });
});
