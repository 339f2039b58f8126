import type { TierLife, TierPerson, TierVersion } from './life.ts';
import { anniversaryPeriods, calendarPeriods, type CyclePeriod, daysLater, monthsLater, nextEnd, type Periods } from './moments.ts';
import type { Sums } from './sums.ts';

/** Growth against what was asked for. */
export interface Counted {
  total: number;
  countedFrom: number;
  countedUntil: number;
}

/** A version as it applies to one person: what their growth comes to, and which tier that is. */
export class Standards {
  readonly version: TierVersion;
  readonly #sums: Sums;
  readonly #timeZone: string;
  readonly #periods: Periods | null;

  constructor(version: TierVersion, person: TierPerson, sums: Sums, timeZone: string) {
    this.version = version;
    this.#sums = sums;
    this.#timeZone = timeZone;
    const { kind, months, startMonth } = version.definition.tierRules.clock;
    this.#periods = kind === 'calendar' ? calendarPeriods(startMonth, months, timeZone) : kind === 'join_anniversary' ? anniversaryPeriods(person.joinedAt, months, timeZone) : null;
  }

  get rules() {
    return this.version.definition.tierRules;
  }

  get isRolling(): boolean {
    return this.rules.clock.kind === 'rolling';
  }

  rankOf(tier: string): number {
    return this.version.definition.tiers.findIndex(({ key }) => key === tier);
  }

  keyOf(rank: number): string {
    return this.version.definition.tiers[rank].key;
  }

  /** Where a tier is in this version, also one that only versions before it had. */
  placeOf(tier: string): string {
    return this.rankOf(tier) >= 0 ? tier : (this.version.definition.removedTiers[tier] ?? this.keyOf(0));
  }

  entryOf(rank: number): number {
    return this.version.definition.tiers[rank].entry;
  }

  /** The highest tier that so much growth reaches. */
  reachedBy(total: number): number {
    return Math.max(this.version.definition.tiers.findLastIndex(({ entry }) => entry <= total), 0);
  }

  /** Growth it takes to keep a tier; null where it is never lost. */
  keepOf(rank: number): number | null {
    return rank === 0 || this.rules.drop === 'none' ? null : this.version.definition.tiers[rank].keep;
  }

  /** The cycle that a moment lies in; null where cycles begin with tiers. */
  period(moment: number): CyclePeriod | null {
    return this.#periods?.at(moment) ?? null;
  }

  /** When a cycle ends that begins now, in full. */
  cycleEnd(from: number): number {
    const { months } = this.rules.clock;
    return this.#periods ? nextEnd(this.#periods, from, months, this.#timeZone) : monthsLater(from, months, this.#timeZone);
  }

  daysLater(moment: number, days: number): number {
    return days === 0 ? moment : daysLater(moment, days, this.#timeZone);
  }

  /** Growth of a cycle towards keeping its tier. What lifted somebody to a tier that has its own clock does not keep it as well. */
  kept(life: Pick<TierLife, 'cycleStart' | 'since'>, until: number): Counted {
    const isGross = this.rules.refunds === 'never';
    const from = this.rules.clock.kind === 'tier_start' && life.cycleStart === life.since ? life.since + 1 : life.cycleStart;
    return { total: this.#sums.between(from, until, isGross), countedFrom: life.cycleStart, countedUntil: until };
  }

  /** Growth of the last months, as it counts at a moment towards keeping a tier. */
  keptInWindow(life: Pick<TierLife, 'countsFrom'>, moment: number): Counted {
    const { clock: { months }, refunds } = this.rules;
    return { total: this.#sums.trailing(moment, months, life.countsFrom, refunds === 'never'), countedFrom: this.#sums.trailingFrom(moment, months), countedUntil: moment };
  }

  /** When what is known of growth no longer keeps a tier in a rolling window. */
  fallsBelow(life: Pick<TierLife, 'countsFrom'>, needed: number, moment: number): number | null {
    return this.#sums.fallsBelow(needed, moment, this.rules.clock.months, life.countsFrom, this.rules.refunds === 'never');
  }

  /** Growth that counts at a moment towards rising. */
  risen(life: Pick<TierLife, 'countsFrom'>, moment: number): Counted {
    const period = this.period(moment);
    if (period) return { total: this.#sums.between(period.from, moment + 1), countedFrom: period.from, countedUntil: moment };
    const { months } = this.rules.clock;
    return { total: this.#sums.trailing(moment, months, life.countsFrom), countedFrom: this.#sums.trailingFrom(moment, months), countedUntil: moment };
  }

  /**
   * The most growth that counted towards rising at any moment since `from` until now, by what is known now. In a period growth only
   * adds up, so the present says it; otherwise what counted is gone after some months, and a tier reached by it is not.
   */
  mostRisen(life: Pick<TierLife, 'countsFrom' | 'since'>, from: number, now: number): Counted {
    const present = this.risen(life, now);
    if (this.#periods) return present;
    // A tier may also have been reached when nothing grew: by a new version, or at the end of a pause.
    const moments = [...(life.since >= from ? [life.since] : []), ...this.#moments(from, now)];
    return moments.map((at) => this.risen(life, at)).reduce((most, counted) => (counted.total > most.total ? counted : most), present);
  }

  #moments(from: number, until: number): number[] {
    return this.#sums.growth.slice(this.#sums.before(from), this.#sums.before(until + 1)).map(({ at }) => at);
  }

  /** The first moment whose growth still counts now, where there are no periods. */
  oldestThatCounts(now: number): number {
    return this.#sums.trailingFrom(now, this.rules.clock.months);
  }

  growsAt(moment: number): number | null {
    return this.#periods ? null : this.#sums.growsAt(moment, this.rules.clock.months);
  }

  /** The first moment since `from` at which growth reached a tier. */
  firstReached(life: Pick<TierLife, 'countsFrom'>, rank: number, from: number, now: number): number {
    return this.#moments(from, now).find((at) => this.reachedBy(this.risen(life, at).total) >= rank) ?? now;
  }
}
