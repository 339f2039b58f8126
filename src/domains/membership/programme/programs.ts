import { formatDecimal, parseDecimal } from '../../../kernel/decimal.ts';
import type { Locale } from '../../../kernel/locale.ts';
import { type Program, programKeyOf, type ProgramKind } from '../../../kernel/program.ts';
import type { ActivityState } from '../contract/activities.ts';
import { givesPointsAlone } from '../activities/rules/points-alone.ts';
import { stateAt } from '../activities/rules/state.ts';
import { allActivities } from '../activities/plan/store.ts';
import { costOfBenefits } from '../benefits/counts.ts';
import { type Benefit, readBenefits, stateOf } from '../benefits/store/benefits.ts';
import { nameIn } from '../contract/programme.ts';
import type { MembershipDoors } from '../part.ts';
import { type PointsCost, pointsCost } from '../points/program-cost.ts';

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
const activityPhases: Record<ActivityState, Program['state']> = { draft: 'planned', scheduled: 'planned', running: 'running', paused: 'running', ended: 'ended' };
const benefitPhases: Record<ReturnType<typeof stateOf>, Program['state']> = { planned: 'planned', running: 'running', ended: 'ended', stopped: 'ended' };

const exact = (text: string | undefined): bigint => parseDecimal(text ?? '') ?? 0n;
/** What it cost, its points as far as they can be redeemed or were, and what of it was redeemed. */
const moneyOf = (points?: PointsCost, other?: { cost: string; redeemed: string }) => ({
  cost: formatDecimal(exact(points?.given) - exact(points?.lapsed) + exact(other?.cost)), redeemed: formatDecimal(exact(points?.redeemed) + exact(other?.redeemed)),
});

type Told = Pick<Program, 'name' | 'state' | 'from' | 'to' | 'path' | 'cost'> & Partial<Pick<Program, 'redeemed'>>;

/** Nobody is left out of what members were promised, so that none of it is measured against anybody. */
const programOf = (kind: ProgramKind, no: number, told: Told): Program => ({ key: programKeyOf(kind, no), kind, redeemed: null, ...told, hasControl: false, lift: null, noLift: told.state === 'planned' ? 'not_begun' : 'no_control' });

/** The programme itself, activities and benefits, as programs of the brand. */
export async function membershipPrograms(doors: Pick<MembershipDoors, 'platform' | 'programme'>, locale: Locale): Promise<Program[]> {
  return (await Promise.all([programmeItself(doors, locale), activities(doors, locale), benefits(doors, locale)])).flat();
}

async function programmeItself({ platform: { clock }, programme }: Pick<MembershipDoors, 'platform' | 'programme'>, locale: Locale): Promise<Program[]> {
  const versions = await programme.versions();
  if (versions.length === 0) return [];
  const now = clock.now().getTime();
  const shown = versions.findLast(({ startsAt }) => startsAt <= now) ?? versions[0];
  return [programOf('programme', 1, { name: nameIn(shown.definition.names, locale), state: versions[0].startsAt <= now ? 'running' : 'planned', from: iso(versions[0].startsAt), to: null, path: '/members/programme', cost: null })];
}

async function activities({ platform: { pg, clock }, programme }: Pick<MembershipDoors, 'platform' | 'programme'>, locale: Locale): Promise<Program[]> {
  const now = clock.now();
  const [rows, version, costs] = await Promise.all([allActivities(pg), programme.at(now.getTime()), pointsCost(pg)]);
  return rows.map(({ activityNo, definition, decided }) => programOf('activity', activityNo, {
    name: nameIn(definition.names, locale), state: activityPhases[stateAt(decided, definition, now)], from: iso(Date.parse(definition.startsAt)), to: iso(definition.endsAt === null ? null : Date.parse(definition.endsAt)),
    path: `/members/activities/${activityNo}`, ...(version && givesPointsAlone(definition) ? moneyOf(costs.get(programKeyOf('activity', activityNo))) : { cost: null }),
  }));
}

async function benefits({ platform: { pg, clock } }: Pick<MembershipDoors, 'platform'>, locale: Locale): Promise<Program[]> {
  const now = clock.now();
  const [all, costs, points] = await Promise.all([readBenefits(pg), costOfBenefits(pg, now), pointsCost(pg)]);
  const endOf = ({ endsAt, stoppedAt }: Benefit): number | null => stoppedAt ?? endsAt;
  return all.map((benefit) => programOf('benefit', benefit.benefitId, {
    name: nameIn(benefit.definition.names, locale), state: benefitPhases[stateOf(benefit, now.getTime())], from: iso(benefit.startsAt), to: iso(endOf(benefit)),
    path: `/members/benefits/${benefit.benefitId}`, ...moneyOf(points.get(programKeyOf('benefit', benefit.benefitId)), costs.get(benefit.benefitId)),
  }));
}
