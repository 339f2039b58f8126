import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { readBrand } from '../../../../platform/settings.ts';
import type { Reason } from '../../contract.ts';
import type { Experiments } from '../../part.ts';
import { universalSubject } from '../read/universal-control.ts';
import type { GateSources } from '../read/known.ts';
import { counts } from '../rules/windows.ts';
import { readRules } from '../settings/store.ts';
import type { Meant, Stopped } from './part.ts';
import { atCap, atQuota, inQuiet, onList, type Question, tooYoung } from './sets.ts';

export interface ReachDoors {
  platform: Pick<Platform, 'pg'>;
  membersOf: GateSources['membersOf'];
  experiments?: Pick<Experiments, 'find' | 'peopleOf'> | undefined;
}

/**
 * How many people the gate would stop at a moment, and why: the checks that it makes of each person, made of sets, in its order, so that the
 * parts share nobody. What nobody can know before is left out: who competes for a place by then, what a budget has left.
 */
export async function reachOf({ platform: { pg: pool }, membersOf, experiments }: ReachDoors, { people, agreed, addressed, channel, category }: Meant, at: Date): Promise<Stopped[]> {
  const [{ rules }, { timeZone }] = await Promise.all([readRules(pool), readBrand(pool)]);
  const question: Question = { pool, people, channel, category, at, timeZone };
  const caps = rules.caps.filter((cap) => counts(cap, { purpose: 'marketing', channel, category, programKind: 'campaign' }));
  const quotas = rules.quotas.filter((quota) => quota.of === 'person' && quota.channel === channel);
  const quiet = rules.quiet.filter(({ channels }) => channels.length === 0 || channels.includes(channel));
  const quietOf = (what: 'drop' | 'defer') => unionOf(quiet.filter((time) => time.what === what).map((time) => inQuiet(question, time)));
  const [excluded, control, listed, young, full, dropped, resting, capped] = await Promise.all([
    rules.excludedAudiences.length === 0 ? Bitmap.empty : membersOf(rules.excludedAudiences), controlOf(experiments, people, rules.universalControl), onList(question), tooYoung(question, rules),
    unionOf(quotas.map((quota) => atQuota(question, quota))), quietOf('drop'), quietOf('defer'), unionOf(caps.map((cap) => atCap(question, cap))),
  ]);
  let left = people;
  const stopped = (reason: Reason, set: Bitmap | null, waits = false): Stopped => {
    const hit = set && left.and(set);
    if (hit) left = left.andNot(hit);
    return { reason, people: hit && hit.size, waits };
  };
  return [
    stopped('excluded', excluded), stopped('universal_control', control), stopped('no_consent', people.andNot(agreed)), stopped('suppressed', listed), stopped('no_address', people.andNot(addressed)),
    stopped('minor', young), stopped('platform_quota', full, true), stopped('quiet_hours', dropped), stopped('quiet_hours', resting, true), stopped('frequency_cap', capped, true),
  ];
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
