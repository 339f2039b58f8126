import type pg from 'pg';
import type { Candidate } from '../../part.ts';
import type { Run } from '../runs/run.ts';
import { personsOf } from '../persons.ts';

/** Somebody as the run was frozen with them. */
export interface Frozen {
  customerNo: number;
  arm: number;
}

/**
 * Who the numbers are by now. Of erased people nothing is kept. Whoever became part of somebody is asked about as them; where the run
 * means these anyhow, in their own turn. Of two who are one now and were in two arms, the control stays what it was.
 */
export async function candidatesOf(client: pg.PoolClient, run: Run, frozen: readonly Frozen[], isMeant: (customerNo: number) => boolean): Promise<Candidate[]> {
  const persons = await personsOf(client, frozen.map(({ customerNo }) => customerNo));
  const candidates = new Map<number, Candidate>();
  for (const { customerNo, arm } of frozen) {
    const personNo = persons.get(customerNo) ?? null;
    if (personNo === null || (personNo !== customerNo && isMeant(personNo))) continue;
    const { isControl } = run.arms[arm];
    if (!candidates.has(personNo) || isControl) candidates.set(personNo, { customerNo: personNo, occasion: '', arm, isControl });
  }
  return [...candidates.values()];
}
