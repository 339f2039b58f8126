import type pg from 'pg';
import type { Platform } from '../../../../platform/platform.ts';
import { inBriefTransaction } from '../transaction.ts';
import type { Candidate, Gate } from '../../part.ts';
import type { ArmPeople, Run } from '../runs/run.ts';
import { noteChanged } from '../summary/changed-runs.ts';
import { candidatesOf } from './candidates.ts';

export const peopleInBatch = 5_000;

/** Everybody of a run who was not decided about yet, some at a time, in the order of arms and numbers. */
export interface Deciding {
  /** Decides about the next; how many of them are to be reached. Null when everybody was decided about. */
  next(): Promise<number | null>;
}

/**
 * Each batch is one transaction: the decisions, what is to be handed over, and how far it got. Wherever it ends, the next one begins
 * right there; two who decide at once wait for each other at the cursor, and the second decides about those who follow.
 */
export function createDeciding({ pg: pool, clock }: Platform, gate: Gate, run: Run, arms: readonly ArmPeople[]): Deciding {
  let arm = 0;
  return {
    async next() {
      for (; arm < arms.length; arm++) {
        const queued = await inBriefTransaction(pool, (client) => decideNext(client, gate, run, arms, arm, clock.now()));
        if (queued !== null) return queued;
      }
      return null;
    },
  };
}

async function decideNext(client: pg.PoolClient, gate: Gate, run: Run, arms: readonly ArmPeople[], arm: number, now: Date): Promise<number | null> {
  const { rows: [{ decidedTo }] } = await client.query<{ decidedTo: number }>(
    'select decided_to as "decidedTo" from send_run_people where run_no = $1 and arm = $2 for update', [run.runNo, arm]);
  const { people } = arms[arm];
  const numbers = [...people.slice(people.rank(decidedTo), peopleInBatch)];
  if (numbers.length === 0) return null;
  const candidates = await candidatesOf(client, run, numbers.map((customerNo) => ({ customerNo, arm })), (no) => arms.some((each) => each.people.has(no)));
  const queued = await decide(client, gate, run, candidates, now);
  await client.query('update send_run_people set decided_to = $3 where run_no = $1 and arm = $2', [run.runNo, arm, numbers.at(-1)]);
  return queued;
}

/** Has the gate decide, and puts whoever may be reached on the way: also somebody who was taken off it and got their place back. */
async function decide(client: pg.PoolClient, gate: Gate, run: Run, candidates: readonly Candidate[], now: Date): Promise<number> {
  const people = candidates.length > 0 ? (await gate.decide(client, run, candidates, now)).filter(({ verdict }) => verdict === 'send') : [];
  if (people.length > 0) {
    await client.query({
      name: 'messaging.queue',
      text: `insert into send_delivery as d (occasion_on, run_no, state, not_before, customer_no, occasion, arm)
        select $1, $2, 'queued', $3, p.* from unnest($4::int[], $5::text[], $6::smallint[]) as p
        on conflict (occasion_on, run_no, customer_no, occasion) do update set state = 'queued', not_before = excluded.not_before where d.state = 'dropped'`,
      values: [run.occasionOn, run.runNo, now, people.map((p) => p.customerNo), people.map((p) => p.occasion), people.map((p) => p.arm)],
    });
  }
  await noteChanged(client, [run.runNo]);
  return people.length;
}

/** Decides anew about people who waited and whose time has come; how many of them are to be reached, null when there are none. */
export async function decideDue({ pg: pool, clock }: Platform, gate: Gate, run: Run): Promise<number | null> {
  const now = clock.now();
  return inBriefTransaction(pool, async (client) => {
    const people = await gate.dueAgain(client, run, now, peopleInBatch);
    return people.length > 0 ? decide(client, gate, run, people, now) : null;
  });
}
