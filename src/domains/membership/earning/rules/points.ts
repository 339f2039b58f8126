import { formatDecimal, parseDecimal } from '../../../../kernel/decimal.ts';
import type { PointsRules } from '../../contract/programme.ts';
import { type Base, baseOf } from './base.ts';
import { type Factor, factorsOf } from './factors.ts';
import { type Buyer, floor, isMore, type Order, type OrderLine, plus, type Ratio, times, zero } from './order.ts';

/** What somebody's other orders of the same day and month earned already: caps count it. */
export interface EarnedBefore {
  day: number;
  month: number;
}
export const nothingBefore: EarnedBefore = { day: 0, month: 0 };

/** How the points of an order came about, step by step, as it is stored with them. Money is in the brand's currency. */
export interface PointsDerivation {
  goods: string;
  /** What was added to the goods or taken off, by what it is. */
  changes: Partial<Record<'tax' | 'freight' | 'couponPaid' | 'pointsPaid' | 'giftCardPaid', string>>;
  base: string;
  rate: PointsRules['rate'];
  /** Parts of the base that count more, or less, than once. */
  factors: { keys: string[]; of: string; factor: string }[];
  /** Before it was rounded, to four decimals. */
  exact: string;
  rounding: PointsRules['rounding'];
  rounded: number;
  threshold: { from: string; points: number } | null;
  /** The cap that cut it, with what had been earned before. */
  cap: { of: CapKind; limit: number; before: number } | null;
  points: number;
}
type CapKind = keyof PointsRules['caps'];

/** What an order earns, in two parts that come back in different ways. */
export interface EarnedPoints {
  points: number;
  /** By the rate. */
  regular: number;
  /** By a threshold. */
  bonus: number;
  derivation: PointsDerivation;
}

/** Points of an order under the rules of its time. */
export function pointsOf(order: Order, rules: PointsRules, buyer: Buyer, before: EarnedBefore, timeZone: string): EarnedPoints {
  const base = baseOf(order, rules.counts);
  const weights = weightsOf(order, base, rules, buyer, timeZone);
  const exact = times(weights.total, rateOf(rules.rate));
  const rounded = Number(round(exact, rules.rounding));
  const threshold = thresholdAt({ over: base.total, under: 1n }, rules.thresholds);
  const { points, cap } = capped(rounded + (threshold?.points ?? 0), rules.caps, before);
  const regular = Math.min(points, rounded);
  return {
    points, regular, bonus: points - regular,
    derivation: {
      goods: formatDecimal(base.goods), changes: changesOf(order, rules.counts), base: formatDecimal(base.total), rate: rules.rate, factors: weights.shown(),
      exact: formatDecimal(floor(times(exact, { over: 10_000n, under: 1n }))), rounding: rules.rounding, rounded, threshold, cap, points,
    },
  };
}

/** A line's part of the base, times its factor: what it is worth when it comes back. */
export interface Weights {
  total: Ratio;
  of(line: OrderLine): Ratio;
  /** Parts whose factor is not one, for the derivation. */
  shown(): PointsDerivation['factors'];
}

export function weightsOf(order: Order, base: Base, rules: PointsRules, buyer: Buyer, timeZone: string): Weights {
  if (base.total === 0n) return { total: zero, of: () => zero, shown: () => [] };
  const { ofLine, ofRest } = factorsOf(order, rules, buyer, timeZone);
  const share = { over: base.ofGoods, under: base.goods };
  const parts = [...order.lines.map((line) => ({ money: times({ over: line.amount, under: 1n }, share), ...ofLine(line) })), { money: { over: base.extras, under: 1n }, ...ofRest }];
  const total = parts.map(({ money, factor }) => times(money, factor)).reduce(plus);
  return {
    total: total.over > 0n ? total : zero,
    of: (line) => times(times({ over: line.amount, under: 1n }, share), ofLine(line).factor),
    shown: () => [...Map.groupBy(parts.filter(({ keys, money }) => keys.length > 0 && money.over > 0n), ({ keys }) => keys.join()).values()].map(shownPart),
  };
}

const shownPart = (parts: ({ money: Ratio } & Factor)[]): PointsDerivation['factors'][number] => ({
  keys: parts[0].keys,
  of: formatDecimal(floor(parts.map(({ money }) => money).reduce(plus))),
  factor: formatDecimal(floor(times(parts[0].factor, { over: 10_000n, under: 1n }))),
});

/** Units for each full amount of money: of ten-thousandths, so that the scale falls out. */
export const rateOf = ({ amount, per }: PointsRules['rate']): Ratio => {
  const money = parseDecimal(per) ?? 0n;
  return money === 0n ? zero : { over: BigInt(amount), under: money };
};

export function round({ over, under }: Ratio, rounding: PointsRules['rounding']): bigint {
  switch (rounding) {
    case 'down': return over / under;
    case 'half_up': return (2n * over + under) / (2n * under);
    case 'up': return (over + under - 1n) / under;
  }
}

/** The highest threshold that a base reaches. */
export const thresholdAt = (base: Ratio, thresholds: PointsRules['thresholds']): PointsRules['thresholds'][number] | null => {
  const reached = thresholds.filter(({ from }) => !isMore({ over: parseDecimal(from) ?? 0n, under: 1n }, base) && base.over > 0n);
  return reached.length === 0 ? null : reached.reduce((best, each) => ((parseDecimal(each.from) ?? 0n) > (parseDecimal(best.from) ?? 0n) ? each : best));
};

function capped(wanted: number, caps: PointsRules['caps'], before: EarnedBefore): { points: number; cap: PointsDerivation['cap'] } {
  let points = wanted;
  let cap: PointsDerivation['cap'] = null;
  for (const [of, earned] of [['perOrder', 0], ['perDay', before.day], ['perMonth', before.month]] as const) {
    const limit = caps[of];
    if (limit === null || points <= Math.max(0, limit - earned)) continue;
    points = Math.max(0, limit - earned);
    cap = { of, limit, before: earned };
  }
  return { points, cap };
}

function changesOf({ payment }: Order, counts: PointsRules['counts']): PointsDerivation['changes'] {
  const changes: PointsDerivation['changes'] = {};
  for (const part of ['tax', 'freight', 'couponPaid'] as const) if (counts[part] && payment[part] > 0n) changes[part] = formatDecimal(payment[part]);
  for (const part of ['pointsPaid', 'giftCardPaid'] as const) if (!counts[part] && payment[part] > 0n) changes[part] = formatDecimal(-payment[part]);
  return changes;
}
