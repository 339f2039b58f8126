import type pg from 'pg';
import { candidateKey, type GatedRun, type LastWord } from '../part.ts';
import { groundOf, isPlain } from './decide.ts';
import { type GateSources, readKnown } from './read/known.ts';
import { lockPeople, readPeople, type People } from './read/people.ts';
import type { Claim } from './rules/claim.ts';
import { decideOne, type Ground, type KnownPerson } from './rules/decide-one.ts';
import { readRules } from './settings/store.ts';
import { dropClaims, markGone, type Ruled, wakeWaiting, writeDecisions } from './write/decisions.ts';
import { giveBackQuotas } from './write/quota.ts';

interface Waiting {
  customerNo: number;
  occasion: string;
}

/**
 * The last question before messages leave. The people are locked as whoever refuses, is erased or merged locks them too, so that until
 * the caller's transaction ends none of it can be said; what was said before is seen.
 */
export async function stillMay(client: pg.PoolClient, sources: GateSources, run: GatedRun, people: readonly Waiting[], now: Date): Promise<Map<string, LastWord>> {
  const words = new Map<string, LastWord>();
  if (people.length === 0) return words;
  const before = await readPeople(client, people.map((one) => one.customerNo));
  await lockPeople(client, before.personNo.values());
  const free = await lockCustomers(client, [...people.map((one) => one.customerNo), ...before.personNo.values()]);
  const found = await readPeople(client, people.map((one) => one.customerNo));
  const decided = await decidedToSend(client, run, people);
  const { rulesNo, rules } = await readRules(client);
  // Places were given when it was decided, and kept since.
  const ground = await groundOf(client, run, { ...rules, caps: [], quotas: [], universalControl: 0 }, now);
  const knownOf = await readKnown(client, found, ground, sources, now);
  const gone = await goneAlready(client, run, found);
  const leaving: Waiting[] = [];
  const stopped: Ruled[] = [];
  for (const person of people) {
    const key = candidateKey(person);
    const place = decided.get(key);
    if (place === undefined) continue;
    const candidate = { ...person, arm: place.arm, isControl: false };
    const known = knownOf(candidate);
    if (!free.has(person.customerNo) || (!known.isErased && !free.has(known.personNo))) {
      words.set(key, { word: 'busy' });
      continue;
    }
    const twins = (found.merged.get(known.personNo) ?? []).map((no) => candidateKey({ customerNo: no, occasion: person.occasion })).filter((other) => other !== key);
    const ruling = lastRuling({ ...known, isReachedAlready: twins.some((twin) => gone.has(twin)) }, person, ground, now);
    if (ruling.verdict === 'send') {
      words.set(key, { word: 'go', personNo: known.personNo, isPlain: isPlain(run, known) });
      gone.add(key);
      leaving.push(person);
    } else stopped.push({ candidate, ruling, isPlain: false });
  }
  await markGone(client, run, leaving, now);
  if (stopped.length > 0) {
    await writeDecisions(client, run, rulesNo, stopped, now);
    await release(client, run, stopped.map(({ candidate }) => candidate), now);
    await giveBackQuotas(client, run, ground.periods, stopped.flatMap(({ candidate }) => decided.get(candidateKey(candidate))?.at ?? []));
  }
  return words;
}

function lastRuling(known: KnownPerson, { customerNo, occasion }: Waiting, ground: Ground, now: Date) {
  const message: Claim = { run: ground.rival, customerNo, occasion, occasionOn: ground.run.occasionOn, state: 'pending', atMs: now.getTime() };
  return decideOne(known, message, false, ground, now);
}

/** Locks those that nobody else is at: whoever waited here could wait for an import that waits for others of these people. */
async function lockCustomers(client: pg.PoolClient, customerNos: readonly number[]): Promise<Set<number>> {
  const { rows } = await client.query<{ no: number }>({
    name: 'gate.lock-customers',
    text: 'select customer_no as no from customer where customer_no = any($1::int[]) order by customer_no for update skip locked',
    values: [customerNos],
  });
  return new Set(rows.map((row) => row.no));
}

/** Whose decision is to send, with their arm and when that was. */
async function decidedToSend(client: pg.PoolClient, run: GatedRun, people: readonly Waiting[]): Promise<Map<string, { arm: number; at: Date }>> {
  const { rows } = await client.query<{ customerNo: number; occasion: string; arm: number; at: Date }>({
    name: 'gate.decided-to-send',
    text: `select customer_no as "customerNo", occasion, arm, decided_at as at from send_decision
      where occasion_on = $1 and run_no = $2 and customer_no = any($3::int[]) and verdict = 0`,
    values: [run.occasionOn, run.runNo, people.map((one) => one.customerNo)],
  });
  return new Map(rows.map((row) => [candidateKey(row), row]));
}

/** Which numbers of merged people the run has handed over already. */
async function goneAlready(client: pg.PoolClient, run: GatedRun, { merged }: People): Promise<Set<string>> {
  if (merged.size === 0) return new Set();
  const { rows } = await client.query<{ customerNo: number; occasion: string }>(
    'select customer_no as "customerNo", occasion from send_claim where customer_no = any($1::int[]) and run_no = $2 and state = 2', [[...merged.values()].flat(), run.runNo]);
  return new Set(rows.map(candidateKey));
}

/** Gives places back: nothing left for these people after all. */
export async function release(client: pg.PoolClient, run: Pick<GatedRun, 'runNo' | 'occasionOn'>, people: readonly Waiting[], now: Date): Promise<void> {
  await dropClaims(client, run, people);
  await wakeWaiting(client, people.map((one) => one.customerNo), now);
}
