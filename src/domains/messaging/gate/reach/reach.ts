import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { seededRandom } from '../../../../kernel/seeded-random.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { readBrand } from '../../../../platform/settings.ts';
import type { Reason } from '../../contract.ts';
import type { GateRules } from '../../contract/gate-rules.ts';
import type { Experiments } from '../../part.ts';
import { everybodyComplaining } from '../complaints/store.ts';
import { universalSubject } from '../read/universal-control.ts';
import type { GateSources } from '../read/known.ts';
import { counts } from '../rules/windows.ts';
import { readRules } from '../settings/store.ts';
import type { Meant, Stopped } from './part.ts';
import { atCap, atQuota, inQuiet, onList, type Question, quotaLeft, tooYoung } from './sets.ts';

export interface ReachDoors {
  platform: Pick<Platform, 'pg'>;
  membersOf: GateSources['membersOf'];
  experiments?: Pick<Experiments, 'find' | 'peopleOf'> | undefined;
  /** Of more people than this some at random stand for all where rows of each have to be read. */
  mostAsked?: number;
}

/** The share of somebody's reason is then right within half a percent of all people (1.96 times the error of a share of one half). */
const usuallyAsked = 40_000;

/**
 * How many people the gate would stop at a moment, and why: the checks that it makes of each person, made of sets, in its order, so that the
 * parts share nobody. What a channel's quota has left is as of now. What nobody can know before is left out: who competes for a place by then, what a budget has left.
 */
export async function reachOf({ platform: { pg: pool }, membersOf, experiments, mostAsked = usuallyAsked }: ReachDoors, { people, agreed, addressed, channel, category, heldOut = 0 }: Meant, at: Date): Promise<Stopped[]> {
  const [{ rules }, { timeZone }] = await Promise.all([readRules(pool), readBrand(pool)]);
  const question: Question = { pool, people, channel, category, at, timeZone };
  const [excluded, control, listed, complaining] = await Promise.all([rules.excludedAudiences.length === 0 ? Bitmap.empty : membersOf(rules.excludedAudiences), controlOf(experiments, people, rules.universalControl), onList(question), rules.complaintsStop ? everybodyComplaining(pool) : Bitmap.empty]);
  const whole = inTurn(people);
  const first = [
    whole.stopped('excluded', excluded), whole.stopped('universal_control', control), whole.stopped('no_consent', people.andNot(agreed)),
    whole.stopped('suppressed', listed), whole.stopped('no_address', people.andNot(addressed)), whole.stopped('open_complaint', complaining),
  ];
  const left = whole.left();
  const asked = left.size <= mostAsked ? left : Bitmap.of(left.sample(mostAsked, seededRandom(1)));
  const some = inTurn(asked, asked.size === 0 ? 1 : left.size / asked.size);
  const sets = await readSets({ ...question, people: asked }, rules);
  const stopped = [
    ...first, some.stopped('minor', sets.young), some.stopped('platform_quota', sets.full, true), some.stopped('quiet_hours', sets.dropped),
    some.stopped('quiet_hours', sets.resting, true), some.stopped('frequency_cap', sets.capped, true),
  ];
  const going = people.size - stopped.reduce((sum, each) => sum + (each.people ?? 0), 0);
  const over = Math.max(0, Math.round(going - (await quotaLeft(question, rules)) / (1 - heldOut / 10_000)));
  return stopped.map((each) => (each.reason === 'platform_quota' && over > 0 ? { ...each, people: (each.people ?? 0) + over } : each));
}

/** Checks after each other: whom one stops the next is not asked about. Each of these people stands for `times` as many. */
function inTurn(people: Bitmap, times = 1) {
  let left = people;
  return {
    left: () => left,
    stopped(reason: Reason, set: Bitmap | null, waits = false): Stopped {
      const hit = set && left.and(set);
      if (hit) left = left.andNot(hit);
      return { reason, people: hit && Math.round(hit.size * times), waits, ...(times > 1 && { isSampled: true }) };
    },
  };
}

/** What has to be read of each person: their age, their time zone, what they had. */
async function readSets(question: Question, rules: GateRules) {
  const { channel, category } = question;
  const caps = rules.caps.filter((cap) => counts(cap, { purpose: 'marketing', channel, category, programKind: 'campaign' }));
  const quotas = rules.quotas.filter((quota) => quota.of === 'person' && quota.channel === channel);
  const quiet = rules.quiet.filter(({ channels }) => channels.length === 0 || channels.includes(channel));
  const quietOf = (what: 'drop' | 'defer') => unionOf(quiet.filter((time) => time.what === what).map((time) => inQuiet(question, time)));
  const [young, full, dropped, resting, capped] = await Promise.all([
    tooYoung(question, rules), unionOf(quotas.map((quota) => atQuota(question, quota))), quietOf('drop'), quietOf('defer'), unionOf(caps.map((cap) => atCap(question, cap))),
  ]);
  return { young, full, dropped, resting, capped };
}

/** Null where one of them could not be read in time. */
async function unionOf(sets: readonly Promise<Bitmap | null>[]): Promise<Bitmap | null> {
  const read = await Promise.all(sets);
  const whole = read.filter((set) => set !== null);
  return whole.length < read.length ? null : Bitmap.union(whole);
}

/** Whom no program reaches: of those that nobody looked at yet the share that will be drawn stands for who they will be. */
async function controlOf(experiments: ReachDoors['experiments'], people: Bitmap, share: number): Promise<Bitmap> {
  const found = share === 0 ? null : await experiments?.find(universalSubject);
  if (share === 0) return Bitmap.empty;
  const arms = found ? (await experiments?.peopleOf(found.experimentNo))?.people ?? [] : [];
  const unknown = people.andNot(Bitmap.union(arms));
  return (arms[0] ?? Bitmap.empty).or(Bitmap.fromSorted(unknown.slice(0, Math.round((unknown.size * share) / 10_000))));
}
