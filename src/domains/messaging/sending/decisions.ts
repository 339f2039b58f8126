import type pg from 'pg';
import { reasons, verdicts, type Reason } from '../contract.ts';
import type { Candidate } from '../part.ts';
import type { Run } from './runs/run.ts';

export const verdictNo = (verdict: (typeof verdicts)[number]): number => verdicts.indexOf(verdict);
export const reasonNo = (reason: Reason): number => reasons.indexOf(reason);

/** Which person of a run. */
export type Place = Pick<Candidate, 'customerNo' | 'occasion'>;

/** Refuses people whom the gate let through, or was not asked about: what keeps them out was found on the way. */
export async function refuse(client: pg.PoolClient, { occasionOn, runNo }: Pick<Run, 'occasionOn' | 'runNo'>, people: readonly (Place & { arm: number; reason: Reason })[], now: Date): Promise<void> {
  if (people.length === 0) return;
  await client.query(
    `insert into send_decision (occasion_on, run_no, customer_no, occasion, arm, verdict, reason, decided_at)
     select $1, $2, p.*, $7 from unnest($3::int[], $4::text[], $5::smallint[], array_fill($8::smallint, array[cardinality($3::int[])]), $6::smallint[]) as p
     on conflict (occasion_on, run_no, customer_no, occasion) do update set verdict = excluded.verdict, reason = excluded.reason, next_at = null, decided_at = excluded.decided_at`,
    [occasionOn, runNo, people.map((p) => p.customerNo), people.map((p) => p.occasion), people.map((p) => p.arm), people.map((p) => reasonNo(p.reason)), now, verdictNo('refuse')]);
}
