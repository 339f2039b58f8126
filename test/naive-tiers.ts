import type { Grant, Pause, TierProgramme, TierVersion } from '../src/domains/membership/tiers/rules/life.ts';

/** Growth, and when it came to be known. */
export interface NaiveGrowth {
  at: number;
  amount: number;
  knownAt: number;
}

export const halfDayMs = 43_200_000;
const dayMs = 2 * halfDayMs;
/** Days begin at 16:00 of the day before: China's, the whole year. */
const offsetMs = 8 * 3_600_000;

const dateOf = (t: number): Date => new Date(t + offsetMs);
const midnight = (year: number, month: number, date: number): number => Date.UTC(year, month, date) - offsetMs;
const isMidnight = (t: number): boolean => (t + offsetMs) % dayMs === 0;

const known = new Map<number, number>();
/** The same date so many months later, or the last of its month. */
function sameDate(t: number, months: number): number {
  const key = t * 1_000 + months;
  const found = known.get(key) ?? sameDateOf(t, months);
  known.set(key, found);
  return found;
}

function sameDateOf(t: number, months: number): number {
  const day = dateOf(t);
  const first = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months, 1));
  const longest = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return midnight(first.getUTCFullYear(), first.getUTCMonth(), Math.min(day.getUTCDate(), longest));
}
const monthsOn = (t: number, months: number): number => sameDate(t, months) + (isMidnight(t) ? 0 : dayMs);
const daysOn = (t: number, days: number): number =>
  isMidnight(t) || days === 0 ? t + days * dayMs : t - halfDayMs + (days + 1) * dayMs;

/**
 * Somebody's tier lived through half a day at a time: every sum is added up anew, nothing is foreseen. Slow, and too plain to be wrong
 * in the same way as the rules. It knows no growth that comes late but what is returned.
 */
export class NaiveTier {
  readonly seen: { kind: string; from: string; to: string; at: number }[] = [];
  shown: string;
  #rank = 0;
  #since: number;
  #from: number;
  #end: number | null = null;
  #grace: number | null = null;
  #held: number | null = null;
  #fixed: { rank: number; since: number; from: number; end: number | null };
  #openFrom: number;
  #countsFrom = 0;
  #version: TierVersion;
  #handled: number;

  readonly #joinedAt: number;
  readonly #growth: readonly NaiveGrowth[];
  readonly #grants: readonly Grant[];
  readonly #versions: readonly TierVersion[];
  readonly #pauses: readonly Pause[];

  constructor(
    joinedAt: number,
    growth: readonly NaiveGrowth[],
    grants: readonly Grant[],
    versions: readonly TierVersion[],
    pauses: readonly Pause[],
  ) {
    [this.#joinedAt, this.#growth, this.#grants, this.#versions, this.#pauses] = [
      joinedAt,
      growth,
      grants,
      versions,
      pauses,
    ];
    this.#version = versions.filter(({ startsAt }) => startsAt <= joinedAt).at(-1) ?? versions[0];
    this.shown = this.#programme.tiers[0].key;
    this.#since = this.#openFrom = this.#handled = joinedAt;
    this.#from = this.#periodOf(joinedAt)?.[0] ?? joinedAt;
    this.#fixed = { rank: 0, since: joinedAt, from: this.#from, end: null };
  }

  /** The tier that was earned, whatever was given. */
  get earned(): string {
    return this.#programme.tiers[this.#rank].key;
  }
  get #programme(): TierProgramme {
    return this.#version.definition;
  }
  get #rules(): TierProgramme['tierRules'] {
    return this.#programme.tierRules;
  }
  get #isRolling(): boolean {
    return this.#rules.clock.kind === 'rolling';
  }
  get #standard(): number | null {
    return this.#rank === 0 || this.#rules.drop === 'none' ? null : this.#programme.tiers[this.#rank].keep;
  }

  /** Whether growth, as it is now, would have reached at some moment before what it does not reach any more. */
  hadReachedMore(now: number): boolean {
    const best = Math.max(this.#rank, this.#tierOf(this.#risen(now, now)));
    return this.#growth.some(({ at }) => at <= now && this.#tierOf(this.#risen(at, now)) > best);
  }

  tick(t: number): void {
    if (this.#pauses.some(({ from, until }) => from <= t && (until === null || t < until))) return;
    const before = this.shown;
    const old = this.#programme.tiers;
    let what = '';
    for (const version of this.#versions.filter(({ startsAt }) => startsAt > this.#version.startsAt && startsAt <= t))
      this.#takeUp(version, t);
    what = this.#judge(t) || what;
    if (this.#growth.some(({ amount, knownAt }) => amount < 0 && knownAt > this.#handled && knownAt <= t))
      what = this.#return(t) || what;
    const reached = this.#tierOf(this.#risen(t, t));
    if (reached > this.#rank) {
      what = 'rise';
      this.#become(reached, t);
    }
    this.#handled = t;
    const tiers = this.#programme.tiers.map(({ key }) => key);
    const floors = this.#grants
      .filter(({ from, until }) => from <= t && (until === null || t < until))
      .map(({ tier }) => tiers.indexOf(tier));
    this.shown = tiers[Math.max(this.#rank, ...floors)];
    const isOwn = this.shown === tiers[this.#rank];
    if (this.shown !== before)
      this.seen.push({ kind: this.#isUp(old, before) ? 'up' : 'down', from: before, to: this.shown, at: t });
    else if (isOwn && (what === 'renew' || what === 'grace'))
      this.seen.push({ kind: what, from: before, to: before, at: t });
  }

  #isUp(old: TierProgramme['tiers'], before: string): boolean {
    const place = this.#programme.tiers.findIndex(({ key }) => key === this.shown);
    const was = this.#programme.tiers.findIndex(({ key }) => key === before);
    return was >= 0
      ? place > was
      : this.#programme.tiers[place].entry > (old.find(({ key }) => key === before)?.entry ?? 0);
  }
  #tierOf(total: number): number {
    return this.#programme.tiers.reduce((best, { entry }, rank) => (entry <= total ? rank : best), 0);
  }
  #sum(holds: (growth: NaiveGrowth) => boolean, isGross = false): number {
    return this.#growth
      .filter((growth) => holds(growth) && !(isGross && growth.amount < 0))
      .reduce((sum, { amount }) => sum + amount, 0);
  }
  /** Periods are tried one after the other. */
  #periodOf(t: number): [number, number] | null {
    const { kind, months, startMonth } = this.#rules.clock;
    if (kind !== 'calendar' && kind !== 'join_anniversary') return null;
    const anchor = kind === 'calendar' ? midnight(2000, startMonth - 1, 1) : sameDate(this.#joinedAt, 0);
    for (let i = 0; ; i++)
      if (sameDate(anchor, (i + 1) * months) > t)
        return [sameDate(anchor, i * months), sameDate(anchor, (i + 1) * months)];
  }
  /** Growth that counted at a moment towards rising, as it is known now. */
  #risen(at: number, now: number): number {
    const period = this.#periodOf(at);
    if (period) return this.#sum((growth) => growth.knownAt <= now && growth.at >= period[0] && growth.at <= at);
    return this.#trailing(at, now, false);
  }
  #trailing(at: number, now: number, isGross: boolean): number {
    const { months } = this.#rules.clock;
    return this.#sum(
      (growth) =>
        growth.knownAt <= now &&
        growth.at >= this.#countsFrom &&
        growth.at <= at &&
        at < sameDate(growth.at, months) + dayMs,
      isGross,
    );
  }
  #nextEnd(from: number): number {
    const later = monthsOn(from, this.#rules.clock.months);
    const period = this.#periodOf(later);
    return !period || period[0] === later ? later : period[1];
  }
  #become(rank: number, t: number): void {
    const period = this.#periodOf(t);
    [this.#rank, this.#since, this.#grace, this.#held] = [rank, t, null, null];
    this.#from = period?.[0] ?? t;
    this.#end = this.#standard === null || this.#isRolling ? null : (period?.[1] ?? this.#nextEnd(t));
  }
  #fix(): void {
    this.#fixed = { rank: this.#rank, since: this.#since, from: this.#from, end: this.#end };
  }
  #takeUp(version: TierVersion, t: number): void {
    const key = this.#programme.tiers[this.#rank].key;
    const wasRolling = this.#isRolling;
    this.#version = version;
    this.#rank = this.#programme.tiers.findIndex((tier) => tier.key === (version.definition.removedTiers[key] ?? key));
    if (this.#standard === null) [this.#end, this.#grace, this.#held] = [null, null, null];
    else if (this.#isRolling) {
      if (!wasRolling && this.#grace === null) this.#held = this.#end;
      this.#end = null;
    } else if (wasRolling && this.#held !== null) [this.#end, this.#held] = [this.#held, null];
    else if (wasRolling && this.#grace !== null) this.#end = this.#graceSince;
    else if (this.#end === null) [this.#from, this.#end] = [t, this.#nextEnd(t)];
    this.#openFrom = t;
    this.#fix();
  }
  #graceSince: number | null = null;

  #judge(t: number): string {
    let what = '';
    for (;;) {
      const standard = this.#standard;
      if (
        standard === null ||
        (this.#isRolling ? this.#held !== null && t < this.#held : this.#end === null || t < this.#end)
      )
        return what;
      this.#held = null;
      const first = this.#rules.clock.kind === 'tier_start' && this.#from === this.#since ? this.#from + 1 : this.#from;
      const end = this.#grace !== null ? t + 1 : (this.#end ?? 0);
      const gross = this.#rules.refunds === 'never';
      const total = this.#isRolling
        ? this.#trailing(t, t, gross)
        : this.#sum((growth) => growth.knownAt <= t && growth.at >= first && growth.at < end, gross);
      if (total >= standard) {
        if (this.#isRolling && this.#grace === null) return what;
        what = what === 'drop' ? what : 'renew';
        this.#grace = null;
        if (this.#isRolling) return what;
        this.#openFrom = this.#from = this.#end ?? t;
        this.#end = this.#nextEnd(this.#from);
        this.#fix();
        continue;
      }
      if (this.#grace === null) {
        const until = Math.max(daysOn(t, this.#rules.graceDays), daysOn(this.#since, this.#rules.minimumDays));
        if (until > t) {
          [this.#grace, this.#graceSince] = [until, t];
          what = what === 'drop' ? what : 'grace';
          continue;
        }
      } else if (t < this.#grace) return what;
      what = 'drop';
      const below = this.#rank - 1;
      if (!this.#isRolling) this.#countsFrom = t;
      this.#become(this.#rules.drop === 'one_level' ? below : Math.min(below, this.#tierOf(total)), t);
      this.#openFrom = t;
      this.#fix();
    }
  }

  #return(t: number): string {
    const period = this.#periodOf(t);
    if (
      this.#rules.refunds !== 'at_once' ||
      this.#rank <= this.#fixed.rank ||
      this.#grace !== null ||
      (period && this.#since < period[0])
    )
      return '';
    const moments = period
      ? [t]
      : [
          ...this.#growth
            .filter(({ at, knownAt }) => at >= this.#openFrom && at <= t && knownAt <= t)
            .map(({ at }) => at),
          this.#since,
          t,
        ];
    const best = Math.max(...moments.map((at) => this.#tierOf(this.#risen(at, t))), this.#fixed.rank);
    if (best >= this.#rank) return '';
    if (best === this.#fixed.rank) {
      [this.#rank, this.#since, this.#from, this.#end, this.#grace, this.#held] = [
        best,
        this.#fixed.since,
        this.#fixed.from,
        this.#fixed.end,
        null,
        null,
      ];
    } else
      this.#become(
        best,
        this.#growth
          .map(({ at }) => at)
          .filter((at) => at >= this.#openFrom && at <= t)
          .find((at) => this.#tierOf(this.#risen(at, t)) >= best) ?? t,
      );
    this.#judge(t);
    return 'drop';
  }
}
