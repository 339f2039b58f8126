import { dayIn, startOfDay } from '../../../../kernel/day.ts';
import { parseDecimal } from '../../../../kernel/decimal.ts';
import type { exampleOrder } from '../../contract/programme-design.ts';
import type { ProgrammeDefinition } from '../../contract/programme.ts';
import { growthOf } from '../../earning/rules/growth.ts';
import type { Order } from '../../earning/rules/order.ts';
import { nothingBefore, type PointsDerivation, pointsOf } from '../../earning/rules/points.ts';
import { availableAt, expiresAt } from '../../earning/rules/validity.ts';
import type { Param, Phrase } from '../words/phrase.ts';

type Example = ReturnType<typeof exampleOrder.parse>;

/** What an order would bring, and how it comes to that. */
export interface TriedOrder {
  base: string;
  points: number;
  growth: number;
  steps: Phrase[];
  spendableOn: string;
  lastDay: string | null;
}

const exact = (text: string): bigint => parseDecimal(text) ?? 0n;
const noon = 12 * 3_600_000;

/** Tries the rules on an order, as they would be carried out. */
export function tryOrder(definition: ProgrammeDefinition, example: Example, timeZone: string, now: Date): TriedOrder {
  const placedOn = example.placedOn ?? dayIn(timeZone, now);
  const placedAt = startOfDay(placedOn, timeZone).getTime() + noon;
  const order: Order = {
    orderId: 'example', placedAt, channel: example.channel,
    lines: [{ productId: '', category: example.category, amount: exact(example.amount) }],
    payment: { tax: 0n, freight: exact(example.freight), couponPaid: exact(example.couponPaid), pointsPaid: exact(example.pointsPaid), giftCardPaid: 0n },
  };
  const { points: rules } = definition;
  const earned = pointsOf(order, rules, { tier: example.tier, birthDate: example.isBirthday ? `1990${placedOn.slice(4)}` : null }, nothingBefore, timeZone);
  const { growth, derivation: grown } = growthOf(order, definition.growth);
  const ends = expiresAt(rules.expiry, placedAt, timeZone);
  return {
    base: earned.derivation.base, points: earned.points, growth,
    steps: [...stepsOf(definition, earned.derivation), { key: 'tried.growth', params: { base: { money: grown.base }, growth } }],
    spendableOn: dayIn(timeZone, new Date(availableAt(placedAt, rules.pendingDays, timeZone))),
    // Points end with the first moment of a day: the one before it is the last on which they are good.
    lastDay: ends === null ? null : dayIn(timeZone, new Date(ends - 1)),
  };
}

function stepsOf({ points: { multipliers } }: ProgrammeDefinition, { goods, changes, base, rate, factors, exact: unrounded, rounded, threshold, cap, points }: PointsDerivation): Phrase[] {
  const nameOf = (key: string): Param => {
    const found = multipliers.find((each) => each.key === key);
    return found ? { names: found.names } : key;
  };
  const changed = Object.entries(changes).map(([what, amount]): Phrase => ({ key: amount.startsWith('-') ? 'tried.less' : 'tried.more', params: { what: { key: `says.money.${what}` }, amount: { money: amount.replace('-', '') } } }));
  return [
    { key: 'tried.base', params: { goods: { money: goods }, changes: changed.length === 0 ? '' : { key: 'tried.changes', params: { changed } }, base: { money: base } } },
    ...factors.map(({ keys, of, factor }): Phrase => ({ key: 'tried.factor', params: { names: keys.map(nameOf), of: { money: of }, factor: { exact: factor } } })),
    { key: 'tried.rate', params: { rate: { key: 'says.pointsRate', params: { count: rate.amount, money: { money: rate.per } } }, unrounded: { exact: unrounded }, rounded } },
    ...(threshold ? [{ key: 'tried.threshold', params: { from: { money: threshold.from }, points: threshold.points } }] : []),
    ...(cap ? [{ key: 'tried.cap', params: { span: { key: `finding.span.${cap.of}` }, limit: cap.limit } }] : []),
    { key: 'tried.points', params: { points } },
  ];
}
