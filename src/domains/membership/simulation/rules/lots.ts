import { addDays, addMonths, dayIn } from '../../../../kernel/day.ts';
import type { PointsRules } from '../../contract/programme.ts';
import { availableAt, expiresAt, startMs } from '../../earning/rules/validity.ts';

/** Points of an order, net of what came back. */
export interface Lot {
  earnedAt: number;
  points: number;
}

/** Points somebody really spent at a moment, net of what was given back. */
export interface Spend {
  at: number;
  points: number;
}

export interface LotFigures {
  spent: number;
  /** Of what was really spent, what there would not have been. */
  uncovered: number;
  expired: number;
  outstanding: number;
}

interface OpenLot {
  left: number;
  availableAt: number;
  expiresAt: number;
}

/** Ends of points, and from when they count, by day: they repeat for everybody. */
export class Validity {
  readonly rules: Pick<PointsRules, 'pendingDays' | 'expiry'>;
  readonly #timeZone: string;
  readonly #ends = new Map<number, number>();
  readonly #begins = new Map<number, number>();

  constructor(rules: Pick<PointsRules, 'pendingDays' | 'expiry'>, timeZone: string) {
    this.rules = rules;
    this.#timeZone = timeZone;
  }

  endOf(at: number): number {
    return remembered(this.#ends, at, () => expiresAt(this.rules.expiry, at, this.#timeZone) ?? Infinity);
  }

  availableAt(at: number): number {
    if (this.rules.pendingDays === 0) return at;
    return remembered(this.#begins, at, () => availableAt(at, this.rules.pendingDays, this.#timeZone));
  }

  /** When what there is ends if nothing is earned or spent after a moment. */
  idleUntil(at: number, months: number): number {
    return remembered(this.#ends, at, () => startMs(addDays(addMonths(dayIn(this.#timeZone, new Date(at)), months), 1), this.#timeZone));
  }
}

/** Days turn between quarters of an hour, whose numbers are found quicker than days. */
const quarterMs = 900_000;
const mostRemembered = 200_000;

function remembered(known: Map<number, number>, at: number, find: () => number): number {
  const quarter = Math.floor(at / quarterMs);
  let found = known.get(quarter);
  if (found === undefined) {
    if (known.size >= mostRemembered) known.clear();
    known.set(quarter, (found = find()));
  }
  return found;
}

/** What became of somebody's points by a moment: spent as they were, by earliest end; the rest ended or is outstanding. Lots ascend by time. */
export function settleLots(lots: readonly Lot[], spends: readonly Spend[], validity: Validity, now: number): LotFigures {
  const open = openLots(lots, spends, validity, now);
  const figures: LotFigures = { spent: 0, uncovered: 0, expired: 0, outstanding: 0 };
  if (spends.length > 0) open.sort((a, b) => a.expiresAt - b.expiresAt || a.availableAt - b.availableAt);
  for (const { at, points } of spends) {
    if (at > now) continue;
    let rest = points;
    for (const lot of open) {
      if (lot.availableAt > at || lot.expiresAt <= at || lot.left === 0) continue;
      const some = Math.min(rest, lot.left);
      lot.left -= some;
      rest -= some;
      if (rest === 0) break;
    }
    figures.spent += points - rest;
    figures.uncovered += rest;
  }
  for (const { left, expiresAt: end } of open) figures[end <= now ? 'expired' : 'outstanding'] += left;
  return figures;
}

function openLots(lots: readonly Lot[], spends: readonly Spend[], validity: Validity, now: number): OpenLot[] {
  const { expiry } = validity.rules;
  if (expiry.kind !== 'inactivity') return lots.map(({ earnedAt, points }) => ({ left: points, availableAt: validity.availableAt(earnedAt), expiresAt: validity.endOf(earnedAt) }));
  // Every earning and spending in time carries all there is further; the first that comes too late finds nothing.
  const moments = [...lots.map(({ earnedAt }) => earnedAt), ...spends.map(({ at }) => at)].filter((at) => at <= now).sort((a, b) => a - b);
  return lots.map(({ earnedAt, points }) => {
    let end = validity.idleUntil(earnedAt, expiry.months);
    for (const at of moments) if (at > earnedAt && at < end) end = validity.idleUntil(at, expiry.months);
    return { left: points, availableAt: validity.availableAt(earnedAt), expiresAt: end };
  });
}
