import type { Day } from '../../../../kernel/day.ts';
import type { GateRules, PlatformQuota, QuietTime } from '../../contract/gate-rules.ts';
import type { Reason, Verdict } from '../../contract.ts';
import type { GatedRun } from '../../part.ts';
import { arbitrate, type Blocked } from './arbitrate.ts';
import type { Claim, RivalRun } from './claim.ts';
import { firstLoudMs, isQuiet } from './clock.ts';

/** What was read about a person before it is decided about them. */
export interface KnownPerson {
  /** The number they count under today. */
  personNo: number;
  isErased: boolean;
  /** Another number of theirs was reached by the same run and occasion. */
  isReachedAlready: boolean;
  isExcluded: boolean;
  isUniversalControl: boolean;
  /** Null where they never said anything about it. */
  consent: boolean | null;
  mayPersonalise: boolean;
  isSuppressed: boolean;
  /** Null where it is not known here who has one. */
  hasAddress: boolean | null;
  hasComplaint: boolean;
  /** Of completed years; null where nobody knows. */
  age: number | null;
  timeZone: string;
  /** What they had, have and others want of them, this message left out. */
  claims: Claim[];
}

export interface Period {
  beginsOn: Day;
  beganMs: number;
  endsMs: number;
}

/** A run with what it is gated by. */
export interface Ground {
  run: GatedRun;
  rival: RivalRun;
  rules: GateRules;
  brandZone: string;
  /** The day and the month of the brand's calendar that it is. */
  periods: Record<PlatformQuota['per'], Period>;
}

export interface Ruling {
  verdict: Verdict;
  reason: Reason;
  nextAt: Date | null;
  /** What the reason alone does not tell. */
  checks: Record<string, unknown> | null;
  /** Who loses a place that was theirs, and what becomes of them. */
  displaced: { claim: Claim; ruling: Ruling }[];
}

const goes: Ruling = { verdict: 'send', reason: 'none', nextAt: null, checks: null, displaced: [] };
const refuse = (reason: Reason, checks: Ruling['checks'] = null): Ruling => ({ ...goes, verdict: 'refuse', reason, checks });

/** Whether somebody may be reached now, by what was read. The first check that says no is the reason. */
export function decideOne(person: KnownPerson, message: Claim, isControl: boolean, ground: Ground, now: Date): Ruling {
  const { run } = ground;
  if (person.isErased) return refuse('erased');
  if (person.isReachedAlready) return refuse('merged_already_reached');
  const isMarketing = run.purpose === 'marketing';
  if (isMarketing && person.isExcluded) return refuse('excluded');
  const control: Reason | undefined = run.programKind === 'test' ? undefined : isMarketing && person.isUniversalControl ? 'universal_control' : isControl ? 'control' : undefined;
  const ruling = standing(person, ground) ?? timely(person, message, ground, now);
  if (!control) return ruling;
  // Who would not have been reached anyway is told apart, so that like is compared with like.
  return { ...goes, verdict: 'hold_out', reason: control, checks: ruling.verdict === 'send' ? null : { would: ruling.reason } };
}

/** What is so about a person, whatever the hour. */
function standing(person: KnownPerson, { run, rules }: Ground): Ruling | undefined {
  const isMarketing = run.purpose === 'marketing';
  if (isMarketing ? person.consent !== true : person.consent === false) return refuse('no_consent', person.consent === null ? { said: 'nothing' } : null);
  if (person.isSuppressed) return refuse('suppressed');
  if (person.hasAddress === false) return refuse('no_address');
  if (!isMarketing) return undefined;
  if (person.hasComplaint && rules.complaintsStop) return refuse('open_complaint');
  if (rules.leastAge !== null && (person.age === null ? !rules.reachesUnknownAge : person.age < rules.leastAge)) return refuse('minor', person.age === null ? { age: 'unknown' } : null);
  return undefined;
}

/** What is so at this moment. */
function timely(person: KnownPerson, message: Claim, ground: Ground, now: Date): Ruling {
  const { rival, rules } = ground;
  const nowMs = now.getTime();
  if (rival.sendUntil && rival.sendUntil <= now) return refuse('too_old');
  if (rival.programKind === 'test') return goes;
  const used = usedQuota(person, ground);
  if (used) return waitFor('platform_quota', ground.periods[used.per].endsMs, { quota: used }, person, rival, ground);
  const quiet = quietTimes(rival, rules).filter((time) => isQuiet(time, zoneOf(time, person, ground), nowMs));
  if (quiet.some((time) => time.what === 'drop')) return refuse('quiet_hours');
  if (quiet.length > 0) return waitFor('quiet_hours', nowMs, null, person, rival, ground);
  return withinCaps(person, message, ground, now);
}

/** Whether there is a place for this message, and who gives theirs up for it. */
function withinCaps(person: KnownPerson, message: Claim, ground: Ground, now: Date): Ruling {
  const blocked = arbitrate([...person.claims, message], ground.rules.caps, now.getTime());
  const own = blocked.get(message);
  if (own) return waitForPlace(own, message.run, person, ground);
  const displaced = [...blocked].filter(([claim]) => claim.state === 'pending')
    .map(([claim, why]) => ({ claim, ruling: waitForPlace(why, claim.run, person, ground) }));
  return { ...goes, displaced };
}

/** What becomes of a message that a cap has no place for. */
function waitForPlace({ cap, winner, freeAtMs }: Blocked, run: RivalRun, person: Pick<KnownPerson, 'timeZone'>, ground: Ground): Ruling {
  const checks = winner ? { cap, winner: { kind: winner.run.programKind, no: winner.run.programNo, run: winner.run.runNo, value: winner.run.value } } : { cap };
  return waitFor(winner ? 'outranked' : 'frequency_cap', freeAtMs, checks, person, run, ground);
}

/** Waits until a moment, or until it is loud after it; where its own time is over by then it does not go at all. */
export function waitFor(reason: Reason, fromMs: number, checks: Ruling['checks'], person: Pick<KnownPerson, 'timeZone'>, run: RivalRun, ground: Ground): Ruling {
  const nextMs = firstLoudMs(quietTimes(run, ground.rules), (time) => zoneOf(time, person, ground), fromMs);
  if (nextMs === null || (run.sendUntil && nextMs >= run.sendUntil.getTime())) return refuse(reason, checks);
  return { ...goes, verdict: 'defer', reason, nextAt: new Date(nextMs), checks };
}

const quietTimes = (run: RivalRun, { quiet }: GateRules): QuietTime[] =>
  run.purpose === 'marketing' && run.programKind !== 'test' ? quiet.filter((time) => time.channels.length === 0 || time.channels.includes(run.channel)) : [];
const zoneOf = (time: QuietTime, person: Pick<KnownPerson, 'timeZone'>, ground: Ground): string => (time.clock === 'person' ? person.timeZone : ground.brandZone);

/** What the platform allows to one person, and they had. */
function usedQuota({ claims }: KnownPerson, { rival, rules, periods }: Ground): PlatformQuota | undefined {
  return rules.quotas.find((quota) => quota.of === 'person' && quota.channel === rival.channel
    && claims.filter((claim) => takesQuota(claim, quota, periods[quota.per].beganMs)).length >= quota.most);
}

const takesQuota = ({ run, state, atMs }: Claim, { channel }: PlatformQuota, beganMs: number): boolean =>
  run.channel === channel && (state === 'gone' ? atMs >= beganMs : state === 'pending' && run.stage !== 'over');
