import type pg from 'pg';
import { readBrand } from '../../../platform/settings.ts';
import { type Budget, type Candidate, candidateKey, type Decided, type GatedRun } from '../part.ts';
import { readRivals } from './read/claims.ts';
import { type GateSources, readKnown, reachedKey } from './read/known.ts';
import { lockPeople, readPeople } from './read/people.ts';
import type { Claim } from './rules/claim.ts';
import { decideOne, type Ground, type KnownPerson, waitFor } from './rules/decide-one.ts';
import { periodsAt } from './rules/periods.ts';
import { readRules } from './settings/store.ts';
import { dropClaims, type Ruled, wakeWaiting, writeClaims, writeDecisions, writeDisplaced } from './write/decisions.ts';
import { giveBackQuotas, lockQuotas, useQuotas } from './write/quota.ts';

/** Decides about people of a run, and keeps what was decided. */
export async function decide(client: pg.PoolClient, sources: GateSources & Budget, run: GatedRun, people: readonly Candidate[], now: Date): Promise<Decided[]> {
  if (people.length === 0) return [];
  await client.query('select make_send_month($1)', [run.occasionOn]);
  const found = await readPeople(client, people.map((one) => one.customerNo));
  await lockPeople(client, found.personNo.values());
  const candidates = await undecided(client, run, people, now);
  if (candidates.length === 0) return [];
  const { rulesNo, rules } = await readRules(client);
  const ground = await groundOf(client, run, rules, now);
  const knownOf = await readKnown(client, found, ground, sources, now);
  const ruled = ruleAll(candidates.map((one) => one.candidate), knownOf, ground, now);
  await withinSupplies(client, sources, ruled, await paidBefore(client, run, candidates.filter((one) => one.waited).map((one) => one.candidate)), ground, now);
  await keep(client, ground, rulesNo, ruled, candidates.filter((one) => one.waited).map((one) => one.candidate), now);
  return ruled.map(({ candidate, ruling, isPlain, known }) => ({
    ...candidate, personNo: known.personNo, verdict: ruling.verdict, reason: ruling.reason, nextAt: ruling.nextAt, isPlain,
  }));
}

interface RuledPerson extends Ruled {
  known: KnownPerson;
}

/** Those about whom nothing is decided yet, and those who have waited long enough. */
async function undecided(client: pg.PoolClient, run: GatedRun, people: readonly Candidate[], now: Date): Promise<{ candidate: Candidate; waited: boolean }[]> {
  const { rows } = await client.query<{ no: number; occasion: string; due: boolean }>({
    name: 'gate.decided-already',
    text: `select customer_no as no, occasion, verdict = 1 and next_at <= $4 as due from send_decision
      where occasion_on = $1 and run_no = $2 and customer_no = any($3::int[])`,
    values: [run.occasionOn, run.runNo, people.map((one) => one.customerNo), now],
  });
  const decided = new Map(rows.map(({ no, occasion, due }) => [reachedKey(no, occasion), due]));
  const seen = new Set<string>();
  return people.flatMap((candidate) => {
    const key = reachedKey(candidate.customerNo, candidate.occasion);
    const due = decided.get(key);
    if (due === false || seen.has(key)) return [];
    seen.add(key);
    return [{ candidate, waited: due === true }];
  });
}

/** A run with what it is gated by at a moment. */
export async function groundOf(client: pg.PoolClient, run: GatedRun, rules: Ground['rules'], now: Date): Promise<Ground> {
  const { timeZone } = await readBrand(client);
  const rival = (await readRivals(client, [run.runNo])).get(run.runNo) ?? { ...run, value: Number(run.expectedValue), stage: 'running' as const };
  return { run, rival, rules, brandZone: timeZone, periods: periodsAt(timeZone, now) };
}

/** Whether somebody gets what everybody gets: what has to be told them is told in full. */
export const isPlain = ({ purpose }: GatedRun, { mayPersonalise }: KnownPerson): boolean => purpose === 'marketing' && !mayPersonalise;

/** One after the other: of two numbers that have become one person, the first is reached. */
function ruleAll(candidates: readonly Candidate[], knownOf: (candidate: Candidate) => KnownPerson, ground: Ground, now: Date): RuledPerson[] {
  const reached = new Set<string>();
  return candidates.map((candidate) => {
    const known = knownOf(candidate);
    const key = reachedKey(known.personNo, candidate.occasion);
    const person = reached.has(key) ? { ...known, isReachedAlready: true } : known;
    const message: Claim = { run: ground.rival, customerNo: candidate.customerNo, occasion: candidate.occasion, occasionOn: ground.run.occasionOn, state: 'pending', atMs: now.getTime() };
    const ruling = decideOne(person, message, candidate.isControl, ground, now);
    if (ruling.verdict === 'send') reached.add(key);
    return { candidate, known, ruling, isPlain: isPlain(ground.run, known) };
  });
}

/** Of those who waited, whose message was let go before and taken back, for the night or for a program of more worth: a budget has put its cost aside already. */
async function paidBefore(client: pg.PoolClient, { occasionOn, runNo }: GatedRun, waited: readonly Candidate[]): Promise<ReadonlySet<string>> {
  if (waited.length === 0) return new Set();
  const { rows } = await client.query<Pick<Candidate, 'customerNo' | 'occasion'>>(
    'select customer_no as "customerNo", occasion from send_delivery where occasion_on = $1 and run_no = $2 and customer_no = any($3::int[])', [occasionOn, runNo, waited.map((one) => one.customerNo)]);
  return new Set(rows.map(candidateKey));
}

/** What a platform and a budget have left goes to the first; the others wait, or do not go. */
async function withinSupplies(client: pg.PoolClient, { affords }: Budget, ruled: readonly RuledPerson[], paid: ReadonlySet<string>, ground: Ground, now: Date): Promise<void> {
  const going = ruled.filter(({ ruling }) => ruling.verdict === 'send');
  for (const { quota, left } of await lockQuotas(client, ground)) {
    for (const one of going.filter(({ ruling }) => ruling.verdict === 'send').slice(Math.max(0, left))) {
      one.ruling = waitFor('platform_quota', ground.periods[quota.per].endsMs, { quota }, one.known, ground.rival, ground);
    }
  }
  const toPay = going.filter(({ ruling, candidate }) => ruling.verdict === 'send' && !paid.has(candidateKey(candidate)));
  const afforded = await affords(client, ground.run, toPay.length, now);
  for (const one of toPay.slice(afforded)) one.ruling = { verdict: 'refuse', reason: 'budget', nextAt: null, checks: null, displaced: [] };
}

/** Keeps decisions, and whose the places are now. */
async function keep(client: pg.PoolClient, { run, periods }: Ground, rulesNo: number | null, ruled: readonly RuledPerson[], waited: readonly Candidate[], now: Date): Promise<void> {
  await writeDecisions(client, run, rulesNo, ruled, now);
  if (run.programKind === 'test') return;
  if (waited.length > 0) await dropClaims(client, run, waited);
  await writeClaims(client, run, ruled, now);
  const displaced = ruled.flatMap(({ ruling }) => ruling.displaced);
  await wakeWaiting(client, [...new Set(displaced.map(({ claim }) => claim.customerNo))], now);
  await writeDisplaced(client, displaced, now);
  await useQuotas(client, run.channel, periods, ruled.filter(({ ruling }) => ruling.verdict === 'send').length);
  for (const lost of Map.groupBy(displaced, ({ claim }) => claim.run.channel).values()) await giveBackQuotas(client, lost[0].claim.run, periods, lost.map(({ claim }) => new Date(claim.atMs)));
}
