import { dayIn } from '../../../../kernel/day.ts';
import { parseDecimal } from '../../../../kernel/decimal.ts';
import type { ProgrammeDefinition } from '../../contract/programme.ts';
import { factorsOf } from '../../earning/rules/factors.ts';
import { growthOf, growthTakenBack } from '../../earning/rules/growth.ts';
import type { Buyer } from '../../earning/rules/order.ts';
import { type EarnedBefore, pointsOf, rateOf } from '../../earning/rules/points.ts';
import { pointsTakenBack } from '../../earning/rules/take-back.ts';
import type { Tokens } from './marks.ts';
import { orderOf, type TrialOrder, type TrialPayment, type TrialRefund, refundsOf } from './trial-order.ts';

type Counts = ProgrammeDefinition['points']['counts'];

export interface TrialPoints {
  points: number;
  /** By the rate, and by a threshold. */
  regular: number;
  bonus: number;
}
export interface TrialGrowth {
  byMoney: number;
  perOrder: number;
}

/** A whole number of money times this is units, not rounded yet. */
interface Times {
  over: number;
  under: number;
}
/** Products below it are exact, with room for rounding up and by halves. */
const exactBelow = 2 ** 50;
const mostFactors = 50_000;

/**
 * What orders earn under a programme: by the rules of earning, or, where whole numbers stay exact and every part of an order counts alike,
 * by the same arithmetic without a derivation. One in a hundred has to go the long way; it takes fifty times as long.
 */
export class Earner {
  readonly #points: ProgrammeDefinition['points'];
  readonly #growth: ProgrammeDefinition['growth'];
  readonly #tokens: Tokens;
  readonly #timeZone: string;
  readonly #rate: Times;
  readonly #growthRate: Times;
  readonly #thresholds: readonly { from: number; points: number }[];
  readonly #asks: ReadonlySet<string>;
  readonly #factors = new Map<string, Times>();

  constructor({ points, growth }: ProgrammeDefinition, tokens: Tokens, timeZone: string) {
    this.#points = { ...points, multipliers: points.multipliers.map((each) => tokens.multiplier(each)) };
    this.#growth = growth;
    this.#tokens = tokens;
    this.#timeZone = timeZone;
    this.#rate = plain(rateOf(points.rate));
    this.#growthRate = plain(rateOf(growth.perMoney));
    this.#thresholds = points.thresholds.map(({ from, points: given }) => ({ from: Number(parseDecimal(from) ?? 0n), points: given })).sort((a, b) => b.from - a.from);
    this.#asks = new Set(points.multipliers.map(({ when }) => when.kind));
  }

  /** Whether it matters for points which tier somebody was in. */
  get asksForTiers(): boolean {
    return this.#asks.has('tier');
  }

  growthOf(order: TrialOrder): TrialGrowth {
    const base = baseOf(order, this.#growth.counts);
    const byMoney = inUnits(base, this.#growthRate, 'down');
    if (byMoney !== null) return { byMoney, perOrder: base > 0 ? this.#growth.perOrder : 0 };
    const { derivation } = growthOf(orderOf(order, this.#tokens), this.#growth);
    return { byMoney: derivation.byMoney, perOrder: derivation.perOrder };
  }

  /** How much of it so many returns take away in all. */
  growthTakenBack(order: TrialOrder, grown: TrialGrowth, refunds: readonly TrialRefund[]): number {
    return growthTakenBack(orderOf(order, this.#tokens), grown, refundsOf(refunds), this.#growth);
  }

  pointsOf(order: TrialOrder, buyer: Buyer, before: EarnedBefore): TrialPoints {
    return this.#quickly(order, buyer, before) ?? pointsOf(orderOf(order, this.#tokens), this.#points, buyer, before, this.#timeZone);
  }

  pointsTakenBack(order: TrialOrder, earned: TrialPoints, refunds: readonly TrialRefund[], buyer: Buyer): number {
    return pointsTakenBack(orderOf(order, this.#tokens), earned, refundsOf(refunds), this.#points, buyer, this.#timeZone).points;
  }

  #quickly(order: TrialOrder, buyer: Buyer, { day, month }: EarnedBefore): TrialPoints | null {
    const isOfLines = this.#asks.has('product') || this.#asks.has('category');
    const base = baseOf(order, this.#points.counts);
    const [{ marks }] = order.lines;
    // Tax and freight have no category: where they count beside multipliers of lines, parts count differently.
    if (isOfLines && (order.lines.some((line) => line.marks !== marks) || (marks !== 0 && extrasOf(order.payment, this.#points.counts) > 0))) return null;
    const factor = this.#factorOf(order, isOfLines ? marks : 0, buyer);
    const rounded = inUnits(base, { over: factor.over * this.#rate.over, under: factor.under * this.#rate.under }, this.#points.rounding);
    if (rounded === null) return null;
    const wanted = rounded + (base > 0 ? (this.#thresholds.find(({ from }) => from <= base)?.points ?? 0) : 0);
    const { perOrder, perDay, perMonth } = this.#points.caps;
    const points = Math.min(wanted, perOrder ?? Infinity, Math.max(0, (perDay ?? Infinity) - day), Math.max(0, (perMonth ?? Infinity) - month));
    const regular = Math.min(points, rounded);
    return { points, regular, bonus: points - regular };
  }

  #factorOf(order: TrialOrder, marks: number, buyer: Buyer): Times {
    if (this.#asks.size === 0) return once;
    const day = this.#asks.has('member_day') || this.#asks.has('birthday') ? dayIn(this.#timeZone, new Date(order.placedAt)) : '';
    const key = `${marks} ${order.channel} ${this.#asks.has('tier') ? buyer.tier : ''} ${day} ${this.#asks.has('birthday') ? buyer.birthDate : ''}`;
    const known = this.#factors.get(key);
    if (known) return known;
    if (this.#factors.size >= mostFactors) this.#factors.clear();
    const shown = orderOf({ ...order, lines: [{ ...order.lines[0], marks }] }, this.#tokens);
    const factor = plain(factorsOf(shown, this.#points, buyer, this.#timeZone).ofLine(shown.lines[0]).factor);
    this.#factors.set(key, factor);
    return factor;
  }
}

const once: Times = { over: 1, under: 1 };

/** The same ratio in as small numbers as it can be said in. */
function plain({ over, under }: { over: bigint; under: bigint }): Times {
  let [a, b] = [over, under];
  while (b !== 0n) [a, b] = [b, a % b];
  return { over: Number(over / a), under: Number(under / a) };
}

/** Null where numbers would not be exact. */
function inUnits(base: number, { over, under }: Times, rounding: 'down' | 'half_up' | 'up'): number | null {
  const exact = base * over;
  if (!(exact < exactBelow && under < exactBelow)) return null;
  if (rounding === 'half_up') return whole(2 * exact + under, 2 * under);
  return whole(rounding === 'up' ? exact + under - 1 : exact, under);
}

const whole = (over: number, under: number): number => (over - (over % under)) / under;

/** What of an order counts, as `baseOf` of earning has it. */
export function baseOf({ lines, payment }: Pick<TrialOrder, 'lines' | 'payment'>, counts: Counts): number {
  let goods = 0;
  for (const { amount } of lines) goods += amount;
  if (goods <= 0) return 0;
  const paidOtherwise = (counts.pointsPaid ? 0 : payment.pointsPaid) + (counts.giftCardPaid ? 0 : payment.giftCardPaid);
  return Math.max(0, goods + (counts.couponPaid ? payment.couponPaid : 0) - paidOtherwise) + extrasOf(payment, counts);
}

const extrasOf = ({ tax, freight }: TrialPayment, counts: Counts): number => (counts.tax ? tax : 0) + (counts.freight ? freight : 0);
