import type pg from 'pg';
import { reasons, verdicts } from '../../contract.ts';
import { type Candidate, candidateKey, type GatedRun } from '../../part.ts';
import { type Claim, claimStates } from '../rules/claim.ts';
import type { Ruling } from '../rules/decide-one.ts';

/** What was decided about one person, and what is kept of it. */
export interface Ruled {
  candidate: Candidate;
  ruling: Ruling;
  isPlain: boolean;
}

/** Writes a decision each, over one that waited. */
export async function writeDecisions(client: pg.PoolClient, run: GatedRun, rulesNo: number | null, ruled: readonly Ruled[], now: Date): Promise<void> {
  await client.query({
    name: 'gate.write-decisions',
    text: `insert into send_decision (occasion_on, run_no, customer_no, occasion, arm, verdict, reason, decided_at, next_at, checks, rules_no)
      select $1, $2, no, occasion, arm, verdict, reason, $3, next_at, checks, $4
      from unnest($5::int[], $6::text[], $7::smallint[], $8::smallint[], $9::smallint[], $10::timestamptz[], $11::jsonb[])
        as d (no, occasion, arm, verdict, reason, next_at, checks)
      on conflict (occasion_on, run_no, customer_no, occasion) do update set verdict = excluded.verdict, reason = excluded.reason,
        decided_at = excluded.decided_at, next_at = excluded.next_at, checks = excluded.checks, rules_no = excluded.rules_no`,
    values: [
      run.occasionOn, run.runNo, now, rulesNo,
      ruled.map(({ candidate }) => candidate.customerNo), ruled.map(({ candidate }) => candidate.occasion), ruled.map(({ candidate }) => candidate.arm),
      ruled.map(({ ruling }) => verdicts.indexOf(ruling.verdict)), ruled.map(({ ruling }) => reasons.indexOf(ruling.reason)),
      ruled.map(({ ruling }) => ruling.nextAt), ruled.map(({ ruling, isPlain }) => checksOf(ruling, isPlain)),
    ],
  });
}

const checksOf = ({ checks }: Ruling, isPlain: boolean): string | null => (checks || isPlain ? JSON.stringify(isPlain ? { ...checks, plain: true } : checks) : null);

/** Writes the places that are taken or waited for, and takes those back that are neither any more. */
export async function writeClaims(client: pg.PoolClient, run: GatedRun, ruled: readonly Ruled[], now: Date): Promise<void> {
  const wanting = ruled.filter(({ ruling }) => stateOf(ruling) !== null);
  await client.query({
    name: 'gate.write-claims',
    text: `insert into send_claim (customer_no, run_no, occasion, occasion_on, state, at)
      select no, $1, occasion, $2, state, $3 from unnest($4::int[], $5::text[], $6::smallint[]) as c (no, occasion, state)
      on conflict (customer_no, run_no, occasion, occasion_on) do update set state = excluded.state, at = excluded.at`,
    values: [run.runNo, run.occasionOn, now, wanting.map(({ candidate }) => candidate.customerNo), wanting.map(({ candidate }) => candidate.occasion), wanting.map(({ ruling }) => stateOf(ruling))],
  });
}

function stateOf({ verdict, reason }: Ruling): number | null {
  if (verdict === 'send') return claimStates.indexOf('pending');
  return verdict === 'defer' && (reason === 'frequency_cap' || reason === 'outranked') ? claimStates.indexOf('waits') : null;
}

/** Takes claims of a run back: those of people who do not want a place any more. */
export async function dropClaims(client: pg.PoolClient, run: Pick<GatedRun, 'runNo' | 'occasionOn'>, people: readonly { customerNo: number; occasion: string }[]): Promise<void> {
  if (people.length === 0) return;
  // A join would be planned as if a run that statistics do not know yet had one row, and compare all with all.
  await client.query(
    `delete from send_claim where customer_no = any($3::int[]) and run_no = $1 and occasion_on = $2 and customer_no || ' ' || occasion = any($4::text[])`,
    [run.runNo, run.occasionOn, people.map((one) => one.customerNo), people.map(candidateKey)]);
}

/** They leave now: their place is used. */
export async function markGone(client: pg.PoolClient, run: GatedRun, leaving: readonly { customerNo: number; occasion: string }[], now: Date): Promise<void> {
  if (leaving.length === 0 || run.programKind === 'test') return;
  await client.query({
    name: 'gate.mark-gone',
    text: `insert into send_claim (customer_no, run_no, occasion, occasion_on, state, at) select no, $1, occasion, $2, 2, $3 from unnest($4::int[], $5::text[]) as p (no, occasion)
      on conflict (customer_no, run_no, occasion, occasion_on) do update set state = 2, at = excluded.at`,
    values: [run.runNo, run.occasionOn, now, leaving.map((one) => one.customerNo), leaving.map((one) => one.occasion)],
  });
}

/** Those who had a place and lose it: their decisions say to whom, and when they are looked at again. */
export async function writeDisplaced(client: pg.PoolClient, displaced: readonly { claim: Claim; ruling: Ruling }[], now: Date): Promise<void> {
  if (displaced.length === 0) return;
  const keys = [displaced.map(({ claim }) => claim.occasionOn), displaced.map(({ claim }) => claim.run.runNo), displaced.map(({ claim }) => claim.customerNo), displaced.map(({ claim }) => claim.occasion)];
  await client.query(
    `insert into send_decision as d (occasion_on, run_no, customer_no, occasion, arm, verdict, reason, decided_at, next_at, checks)
      select occasion_on, run_no, no, occasion, 0, verdict, reason, $5, next_at, checks
      from unnest($1::date[], $2::int[], $3::int[], $4::text[], $6::smallint[], $7::smallint[], $8::timestamptz[], $9::jsonb[])
        as p (occasion_on, run_no, no, occasion, verdict, reason, next_at, checks)
      on conflict (occasion_on, run_no, customer_no, occasion) do update set verdict = excluded.verdict, reason = excluded.reason,
        decided_at = excluded.decided_at, next_at = excluded.next_at, checks = excluded.checks`,
    [...keys, now, displaced.map(({ ruling }) => verdicts.indexOf(ruling.verdict)), displaced.map(({ ruling }) => reasons.indexOf(ruling.reason)),
      displaced.map(({ ruling }) => ruling.nextAt), displaced.map(({ ruling }) => JSON.stringify(ruling.checks))]);
  await client.query(
    `insert into send_claim (occasion_on, run_no, customer_no, occasion, state, at)
      select occasion_on, run_no, no, occasion, 0, $5 from unnest($1::date[], $2::int[], $3::int[], $4::text[]) as p (occasion_on, run_no, no, occasion)
      on conflict (customer_no, run_no, occasion, occasion_on) do update set state = 0`, [...keys, now]);
}

/** Whoever waits for a place with these people is looked at again at once: one has become free, or goes to another. */
export async function wakeWaiting(client: pg.PoolClient, customerNos: readonly number[], now: Date): Promise<void> {
  if (customerNos.length === 0) return;
  const { rows } = await client.query<{ on: string; runNo: number; no: number; occasion: string }>(
    'select occasion_on::text as "on", run_no as "runNo", customer_no as no, occasion from send_claim where customer_no = any($1::int[]) and state = 0', [customerNos]);
  if (rows.length === 0) return;
  await client.query(
    `insert into send_decision as d (occasion_on, run_no, customer_no, occasion, arm, verdict, reason, decided_at)
      select occasion_on, run_no, no, occasion, 0, 0, 0, $5 from unnest($1::date[], $2::int[], $3::int[], $4::text[]) as p (occasion_on, run_no, no, occasion)
      on conflict (occasion_on, run_no, customer_no, occasion) do update set next_at = $5 where d.verdict = 1 and d.next_at > $5`,
    [rows.map((row) => row.on), rows.map((row) => row.runNo), rows.map((row) => row.no), rows.map((row) => row.occasion), now]);
}
