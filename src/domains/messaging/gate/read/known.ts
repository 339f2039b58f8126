import type pg from 'pg';
import { type Day, dayIn } from '../../../../kernel/day.ts';
import type { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { readStandings } from '../../../customers/public.ts';
import { consentOf } from '../../contract.ts';
import type { Candidate } from '../../part.ts';
import { complainingOf } from '../complaints/store.ts';
import type { Claim } from '../rules/claim.ts';
import type { Ground, KnownPerson } from '../rules/decide-one.ts';
import { ageOn } from '../rules/periods.ts';
import { windowMs } from '../rules/windows.ts';
import { readClaims } from './claims.ts';
import type { People } from './people.ts';
import { readAddressed, readSuppressed } from './suppressed.ts';
import { zoneAttributes, zoneOfPerson } from './time-zone.ts';

/** What other domains and parts say of people. */
export interface GateSources {
  /** Who of these people no program reaches, at a share of so many of 10,000. */
  universalControl(client: pg.PoolClient, personNos: readonly number[], share: number): Promise<ReadonlySet<number>>;
  /** The members of audiences that no marketing goes to. */
  membersOf(audienceIds: readonly number[], held?: pg.PoolClient): Promise<Bitmap>;
}

/** Reads what is decided by, a statement for all of them each. */
export async function readKnown(client: pg.PoolClient, people: People, ground: Ground, sources: GateSources, now: Date): Promise<(candidate: Candidate) => KnownPerson> {
  const { run, rules, brandZone } = ground;
  const isMarketing = run.purpose === 'marketing';
  const personNos = [...new Set(people.personNo.values())];
  const numbers = [...personNos, ...[...people.merged.values()].flatMap((lineage) => lineage.slice(1))];
  const agreement = consentOf(run.channel, run.purpose);
  const standings = agreement ? await readStandings(client, personNos, [...people.merged.keys()], agreement) : null;
  const suppressed = await readSuppressed(client, numbers, run.channel, run.purpose);
  const addressed = await readAddressed(client, personNos, run.channel, run.purpose);
  const complaining = isMarketing && rules.complaintsStop ? await complainingOf(client, numbers) : none;
  const control = isMarketing && rules.universalControl > 0 ? await sources.universalControl(client, personNos, rules.universalControl) : none;
  const excluded = isMarketing && rules.excludedAudiences.length > 0 ? await sources.membersOf(rules.excludedAudiences, client) : null;
  const profiles = isMarketing && (rules.leastAge !== null || rules.quiet.some((time) => time.clock === 'person')) ? await readProfiles(client, numbers, dayIn(brandZone, now)) : null;
  const claims = rules.caps.length + rules.quotas.length > 0 ? await readClaims(client, numbers, remembered(ground, now)) : noClaimsOfAnybody;
  const elsewhere = people.merged.size > 0 ? await readReached(client, run, numbers) : new Set<string>();
  return ({ customerNo, occasion }) => {
    const personNo = people.personNo.get(customerNo);
    if (personNo === undefined) return nobody(customerNo, brandZone);
    const lineage = people.merged.get(personNo) ?? [personNo];
    const standing = standings?.get(personNo);
    const profile = profiles?.get(personNo);
    return {
      personNo,
      isErased: false,
      isReachedAlready: lineage.some((no) => no !== customerNo && elsewhere.has(reachedKey(no, occasion))),
      isExcluded: excluded !== null && lineage.some((no) => excluded.has(no)),
      isUniversalControl: control.has(personNo),
      consent: standings ? (standing?.granted ?? null) : true,
      mayPersonalise: standing?.mayPersonalise ?? true,
      isSuppressed: lineage.some((no) => suppressed.has(no)) || addressed?.get(personNo) === 'suppressed',
      hasAddress: addressed ? addressed.has(personNo) : null,
      hasComplaint: lineage.some((no) => complaining.has(no)),
      age: profiles ? youngest(lineage.map((no) => profiles.get(no)?.age ?? null)) : null,
      timeZone: profile?.timeZone ?? brandZone,
      claims: lineage.length === 1 ? claimsOf(claims, personNo, run.runNo, customerNo, occasion) : lineage.flatMap((no) => claimsOf(claims, no, run.runNo, customerNo, occasion)),
    };
  };
}

const none: ReadonlySet<never> = new Set();

/** How far back claims are looked for: as long as the longest cap, or to the beginning of the month where a quota counts it. */
function remembered({ rules, run, periods }: Ground, now: Date): Date {
  const quotas = rules.quotas.filter(({ of, channel }) => of === 'person' && channel === run.channel).map(({ per }) => periods[per].beganMs - 1);
  return new Date(Math.min(now.getTime(), ...rules.caps.map((cap) => now.getTime() - windowMs(cap)), ...quotas));
}

const noClaims: Claim[] = [];
const noClaimsOfAnybody: ReadonlyMap<number, Claim[]> = new Map();
/** Claims of a number without the one that is being decided about. */
const claimsOf = (claims: ReadonlyMap<number, Claim[]>, no: number, runNo: number, customerNo: number, occasion: string): Claim[] =>
  claims.get(no)?.filter((claim) => claim.run.runNo !== runNo || claim.customerNo !== customerNo || claim.occasion !== occasion) ?? noClaims;

const nobody = (personNo: number, timeZone: string): KnownPerson => ({
  personNo, isErased: true, isReachedAlready: false, isExcluded: false, isUniversalControl: false, consent: null, mayPersonalise: false,
  isSuppressed: false, hasAddress: null, hasComplaint: false, age: null, timeZone, claims: noClaims,
});

/** Whom a doubt about their age concerns is as old as the youngest they were said to be. */
const youngest = (ages: readonly (number | null)[]): number | null =>
  ages.reduce((found, age) => (age === null ? found : found === null ? age : Math.min(found, age)), null);

interface Profile {
  age: number | null;
  timeZone: string | null;
}

async function readProfiles(client: pg.PoolClient, numbers: readonly number[], today: Day): Promise<Map<number, Profile>> {
  const { rows } = await client.query<{ no: number; birthDate: string | null; country: string | null; said: string | null }>({
    name: 'gate.profiles',
    text: `select customer_no as no, birth_date::text as "birthDate", country,
        coalesce(${zoneAttributes.map((name) => `attributes->>'${name}'`).join(', ')}) as said
      from customer_profile where customer_no = any($1::int[])`,
    values: [numbers],
  });
  return new Map(rows.map(({ no, birthDate, country, said }) => [no, { age: birthDate === null ? null : ageOn(today, birthDate), timeZone: zoneOfPerson(said, country) }]));
}

export const reachedKey = (customerNo: number, occasion: string): string => `${customerNo} ${occasion}`;

/** Which numbers of merged people the run has decided to reach, or reached. */
async function readReached(client: pg.PoolClient, { runNo, occasionOn }: Ground['run'], numbers: readonly number[]): Promise<Set<string>> {
  const { rows } = await client.query<{ no: number; occasion: string }>(
    'select customer_no as no, occasion from send_decision where occasion_on = $1 and run_no = $2 and customer_no = any($3::int[]) and verdict = 0',
    [occasionOn, runNo, numbers]);
  return new Set(rows.map(({ no, occasion }) => reachedKey(no, occasion)));
}
