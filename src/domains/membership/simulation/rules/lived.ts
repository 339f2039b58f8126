import { dayIn } from '../../../../kernel/day.ts';
import type { ProgrammeDefinition } from '../../contract/programme.ts';
import { type EarnedBefore, nothingBefore } from '../../earning/rules/points.ts';
import { advance } from '../../tiers/rules/advance.ts';
import type { Grant, Growth, TierChange, TierSetting } from '../../tiers/rules/life.ts';
import { Earner } from './earner.ts';
import { type Lot, type LotFigures, settleLots, type Spend, Validity } from './lots.ts';
import type { Tokens } from './marks.ts';
import type { TrialOrder } from './trial-order.ts';

/** Somebody as history tells of them. Orders ascend by their moment. */
export interface TrialPerson {
  customerNo: number;
  orders: readonly TrialOrder[];
  /** `2000-02-29`: only month and day are known here. */
  birthDate: string | null;
  spends: readonly Spend[];
  grants: readonly Grant[];
}

/** What a programme would have made of somebody by now. */
export interface Lived extends LotFigures {
  /** Number of the tier, from 0. */
  rank: number;
  growth: number;
  /** Points of all orders, and what of them came back. */
  earned: number;
  takenBack: number;
  /** The last thing that happened to the tier; null where somebody never left the first. */
  lastChange: TierChange | null;
}

interface KnownGrowth {
  at: number;
  amount: number;
  knownAt: number;
}

/** A programme as if it had been in force ever since the first order. */
export class Programmed {
  readonly definition: ProgrammeDefinition;
  readonly #setting: TierSetting;
  readonly #earner: Earner;
  readonly #validity: Validity;
  readonly #channelBit: number;
  readonly #isAllowed: (customerNo: number) => boolean;
  readonly #ranks: ReadonlyMap<string, number>;
  /** Less growth than this never leaves the first tier. */
  readonly #leastToRise: number;

  constructor(definition: ProgrammeDefinition, tokens: Tokens, timeZone: string, isAllowed: (customerNo: number) => boolean) {
    this.definition = definition;
    this.#setting = { versions: [{ versionNo: 1, startsAt: -Infinity, definition }], pauses: [], timeZone };
    this.#earner = new Earner(definition, tokens, timeZone);
    this.#validity = new Validity(definition.points, timeZone);
    this.#channelBit = definition.joining.channels.length > 0 ? tokens.bitOf('channel', definition.joining.channels) : -1;
    this.#isAllowed = isAllowed;
    this.#ranks = new Map(definition.tiers.map(({ key }, rank) => [key, rank]));
    this.#leastToRise = definition.tiers[1]?.entry ?? Infinity;
  }

  /** What it would have made of somebody who ordered; null where they would be no member. */
  lived(person: TrialPerson, now: number): Lived | null {
    const first = this.#isAllowed(person.customerNo) ? person.orders.find(({ channel }) => this.#channelBit < 0 || (channel & (1 << this.#channelBit)) !== 0) : undefined;
    if (!first) return null;
    const joinedAt = first.placedAt;
    const isAfter = this.definition.joining.counts === 'after_joining';
    const orders = person.orders.filter(({ placedAt }) => (isAfter ? placedAt > joinedAt : placedAt >= joinedAt) || this.definition.joining.counts === 'everything');
    const grown = this.#grown(orders, now);
    const { rank, changes } = this.#risen(grown, person, joinedAt, now);
    const points = this.#earned(orders, person, changes, now);
    return {
      rank, growth: grown.reduce((sum, { amount }) => sum + amount, 0), earned: points.earned, takenBack: points.takenBack, lastChange: changes.at(-1) ?? null,
      ...settleLots(points.lots, person.spends, this.#validity, now),
    };
  }

  /** Growth of each order, and what returns took, each of which counts at its order's moment and is known at its own. */
  #grown(orders: readonly TrialOrder[], now: number): KnownGrowth[] {
    const known: KnownGrowth[] = [];
    for (const order of orders) {
      const at = order.placedAt;
      const grown = this.#earner.growthOf(order);
      const amount = grown.byMoney + grown.perOrder;
      if (amount !== 0) known.push({ at, amount, knownAt: at });
      if (order.refunds.length === 0 || amount === 0) continue;
      const refunds = order.refunds.filter((refund) => refund.at <= now);
      let gone = 0;
      for (const knownAt of new Set(refunds.map((refund) => Math.max(refund.at, at)))) {
        const inAll = this.#earner.growthTakenBack(order, grown, refunds.filter((refund) => refund.at <= knownAt));
        if (inAll > gone) known.push({ at, amount: gone - inAll, knownAt });
        gone = Math.max(gone, inAll);
      }
    }
    return known;
  }

  #risen(known: readonly KnownGrowth[], { grants }: TrialPerson, joinedAt: number, now: number): { rank: number; changes: TierChange[] } {
    let most = 0;
    for (const { amount } of known) if (amount > 0) most += amount;
    if (most < this.#leastToRise && grants.length === 0) return { rank: 0, changes: [] };
    const written = known.toSorted((a, b) => a.knownAt - b.knownAt).map((each, i): Growth & { knownAt: number } => ({ ...each, no: i + 1 }));
    // Until a return comes nobody knows of it: a look before, and one at its moment.
    const looks = [...new Set(written.flatMap(({ at, knownAt }) => (knownAt > at ? [knownAt - 1, knownAt] : []))), now];
    const growth = written.toSorted((a, b) => a.at - b.at || a.no - b.no);
    let life = null;
    const changes: TierChange[] = [];
    for (const moment of looks) {
      const standing = advance(life, { joinedAt, growth: looks.length === 1 ? growth : growth.filter(({ knownAt }) => knownAt <= moment), grants }, this.#setting, moment);
      if (!standing) continue;
      life = standing.life;
      changes.push(...standing.changes.filter(({ kind }) => kind !== 'join'));
    }
    return { rank: this.#ranks.get(life?.shown ?? '') ?? 0, changes };
  }

  #earned(orders: readonly TrialOrder[], { birthDate }: TrialPerson, changes: readonly TierChange[], now: number): { lots: Lot[]; earned: number; takenBack: number } {
    const { pendingDays, takeBack, caps } = this.definition.points;
    const so = { lots: [] as Lot[], earned: 0, takenBack: 0 };
    const hasCaps = caps.perDay !== null || caps.perMonth !== null;
    const [sums, first] = [new Map<string, number>(), this.definition.tiers[0].key];
    for (const order of orders) {
      const tier = this.#earner.asksForTiers ? (changes.findLast(({ at }) => at < order.placedAt)?.to ?? first) : null;
      const day = hasCaps ? dayIn(this.#setting.timeZone, new Date(order.placedAt)) : '';
      const before: EarnedBefore = hasCaps ? { day: sums.get(day) ?? 0, month: sums.get(day.slice(0, 7)) ?? 0 } : nothingBefore;
      const earned = this.#earner.pointsOf(order, { tier, birthDate }, before);
      if (hasCaps) for (const key of [day, day.slice(0, 7)]) sums.set(key, (sums.get(key) ?? 0) + earned.points);
      if (earned.points === 0) continue;
      const until = takeBack === 'only_pending' && pendingDays === 0 ? -Infinity : takeBack === 'only_pending' ? this.#validity.availableAt(order.placedAt) : Infinity;
      const refunds = order.refunds.filter(({ at }) => at <= now && at < until);
      const taken = refunds.length > 0 ? this.#earner.pointsTakenBack(order, earned, refunds, { tier, birthDate }) : 0;
      so.earned += earned.points;
      so.takenBack += taken;
      if (earned.points > taken) so.lots.push({ earnedAt: order.placedAt, points: earned.points - taken });
    }
    return so;
  }
}
