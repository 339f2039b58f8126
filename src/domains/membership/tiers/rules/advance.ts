import { secure } from './draft.ts';
import { settle } from './judge.ts';
import type { Growth, TierChange, TierLife, TierPerson, TierSetting, TierVersion } from './life.ts';
import { Standards } from './standards.ts';
import { changing, step } from './step.ts';
import { Sums } from './sums.ts';

export interface Standing {
  life: TierLife;
  /** Since somebody was last looked at, in their order. */
  changes: TierChange[];
  /** When time alone changes something next; null for never. A new version is not foreseen here: then everybody is looked at. */
  dueAt: number | null;
}

/**
 * In which tier somebody is at a moment, and what changed since they were last looked at; null before there is a programme to be in.
 * It does not matter how often they are looked at in between, nor whether the clock was put back: everything happens at its own moment.
 */
export function advance(life: TierLife | null, person: TierPerson, setting: TierSetting, now: number): Standing | null {
  const course = new Course(person, setting);
  const begun = life ? { life: structuredClone(life), changes: [] } : course.begin(now);
  if (!begun) return null;
  const { life: current, changes } = begun;
  const until = Math.max(now, current.at);
  const late = person.growth.filter(({ at, no }) => at <= current.at && no > current.seen);
  for (let isLast = false; !isLast;) {
    const moment = course.movable(Math.min(course.next(current), until));
    if (moment > until) break;
    isLast = moment === until;
    changes.push(...course.step(current, moment, isLast ? late : []));
    if (isLast) current.seen = person.growth.reduce((last, { no }) => Math.max(last, no), current.seen);
  }
  return { life: current, changes, dueAt: course.dueAt(current) };
}

/** What came of a drop that waited for approval; nothing where none waits any more. */
export function settleDrop(life: TierLife, person: TierPerson, setting: TierSetting, verdict: 'drop' | 'keep', now: number): Standing | null {
  const standing = advance(life, person, setting, now);
  if (!standing?.life.awaiting) return standing;
  const course = new Course(person, setting);
  const changes = changing(standing.life, course.path(standing.life, now), person.grants, standing.life.at, (draft) => settle(draft, verdict));
  return { life: standing.life, changes: [...standing.changes, ...changes], dueAt: course.dueAt(standing.life) };
}

/** One person's way through the versions and pauses of a programme. */
class Course {
  readonly #person: TierPerson;
  readonly #setting: TierSetting;
  readonly #sums: Sums;
  readonly #standards = new Map<number, Standards>();

  constructor(person: TierPerson, setting: TierSetting) {
    this.#person = person;
    this.#setting = setting;
    this.#sums = new Sums(person.growth, setting.timeZone);
  }

  begin(now: number): { life: TierLife; changes: TierChange[] } | null {
    const at = Math.max(this.#person.joinedAt, this.#setting.versions[0]?.startsAt ?? Infinity);
    if (at > now) return null;
    const version = this.#setting.versions.findLast(({ startsAt }) => startsAt <= at) ?? this.#setting.versions[0];
    const standards = this.#standardsOf(version);
    const tier = standards.keyOf(0);
    const cycle = { tier, since: at, cycleStart: standards.period(at)?.from ?? at, reviewAt: null };
    const life: TierLife = {
      ...cycle, shown: tier, graceUntil: null, heldUntil: null, awaiting: null, secured: cycle, openFrom: at, countsFrom: 0, closed: null, lost: [],
      versionNo: version.versionNo, isRolling: standards.isRolling, at, seen: 0,
    };
    secure(life);
    const changes: TierChange[] = [{ kind: 'join', from: null, to: tier, cycleStart: life.cycleStart, at, versionNo: version.versionNo, derivation: { reason: 'joined' } }];
    if (this.movable(at) === at) changes.push(...this.step(life, at, []));
    return { life, changes };
  }

  step(life: TierLife, moment: number, late: readonly Growth[]): TierChange[] {
    const fresh = this.#person.growth.slice(this.#sums.before(life.at + 1), this.#sums.before(moment + 1));
    const isReturn = [...late, ...fresh].some(({ amount }) => amount < 0);
    return step(life, this.path(life, moment), this.#person.grants, { isReturn, late }, moment);
  }

  /** The version somebody was under, and those that came into force since. */
  path(life: TierLife, moment: number): Standards[] {
    const from = this.#setting.versions.findIndex(({ versionNo }) => versionNo === life.versionNo);
    const path = this.#setting.versions.slice(Math.max(from, 0)).filter(({ startsAt }, i) => i === 0 || startsAt <= moment);
    return path.map((version) => this.#standardsOf(version));
  }

  /** The first moment after the last look at which something may change. */
  next(life: TierLife): number {
    const version = this.#setting.versions.find(({ startsAt }) => startsAt > life.at)?.startsAt ?? Infinity;
    return Math.min(version, this.#due(life));
  }

  dueAt(life: TierLife): number | null {
    const due = this.movable(this.#due(life));
    return due === Infinity ? null : due;
  }

  #due({ at, reviewAt, graceUntil, heldUntil, awaiting, versionNo }: TierLife): number {
    const isWaiting = graceUntil !== null || awaiting?.isLate === false;
    const moments = [
      isWaiting ? null : (heldUntil ?? reviewAt),
      awaiting?.isLate === false ? null : graceUntil,
      this.#person.growth[this.#sums.before(at + 1)]?.at,
      this.#standardsOf(this.#setting.versions.find((version) => version.versionNo === versionNo) ?? this.#setting.versions[0]).growsAt(at),
      ...this.#person.grants.flatMap(({ from, until }) => [from, until]),
    ];
    return moments.reduce<number>((first, moment) => (typeof moment === 'number' && moment > at && moment < first ? moment : first), Infinity);
  }

  /** A moment, or the end of the pause it lies in; tiers do not move before. */
  movable(moment: number): number {
    const pause = this.#setting.pauses.find((each) => each.from <= moment && (each.until === null || each.until > moment));
    if (!pause) return moment;
    return pause.until === null ? Infinity : this.movable(pause.until);
  }

  #standardsOf(version: TierVersion): Standards {
    const known = this.#standards.get(version.versionNo);
    if (known) return known;
    const standards = new Standards(version, this.#person, this.#sums, this.#setting.timeZone);
    this.#standards.set(version.versionNo, standards);
    return standards;
  }
}
