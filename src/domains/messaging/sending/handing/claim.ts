import type pg from 'pg';
import type { Reason } from '../../contract.ts';
import type { Gate } from '../../part.ts';
import { refuse, type Place } from '../decisions.ts';
import type { Run } from '../runs/run.ts';
import { drop } from './record-answers.ts';

/** Somebody who waits to be handed over. */
export interface Queued extends Place {
  arm: number;
  attempts: number;
  notBefore: Date;
}

/** The next that wait and are due, from a moment on: what is before it was taken up already, and would have to be passed over. */
export async function readQueued(pool: pg.Pool, { runNo, occasionOn }: Run, from: Date | null, now: Date, most: number): Promise<Queued[]> {
  const { rows } = await pool.query<Queued>({
    name: 'messaging.queued',
    text: `select customer_no as "customerNo", occasion, arm, attempts, not_before as "notBefore" from send_delivery
      where run_no = $1 and occasion_on = $2 and state = 'queued' and not_before <= $4 and not_before >= coalesce($3, '-infinity'::timestamptz)
      order by run_no, not_before, customer_no limit $5`,
    values: [runNo, occasionOn, from, now, most],
  });
  return rows;
}

/** Takes people out of a run whom the gate let through: what keeps them out was found on the way. Their place is free for others. */
export async function takeOut(client: pg.PoolClient, gate: Gate, run: Run, people: readonly (Place & { arm: number; reason: Reason })[], now: Date): Promise<void> {
  if (people.length === 0) return;
  await refuse(client, run, people, now);
  await drop(client, run, people);
  await gate.release(client, run, people, now);
}
