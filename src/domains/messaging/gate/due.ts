import type pg from 'pg';
import type { Candidate, GatedRun } from '../part.ts';

/** People of a run who waited and whose time has come, those first who waited longest. */
export async function dueAgain(client: pg.PoolClient, { runNo, occasionOn }: Pick<GatedRun, 'runNo' | 'occasionOn'>, now: Date, most: number): Promise<Candidate[]> {
  const { rows } = await client.query<Candidate>({
    name: 'gate.due',
    text: `select customer_no as "customerNo", occasion, arm, false as "isControl" from send_decision
      where occasion_on = $1 and run_no = $2 and next_at <= $3 and verdict = 1 order by next_at limit $4`,
    values: [occasionOn, runNo, now, most],
  });
  return rows;
}
