import type pg from 'pg';
import { type Claim, claimStates, type RivalRun } from '../rules/claim.ts';

interface Row {
  customerNo: number;
  runNo: number;
  occasion: string;
  occasionOn: string;
  state: number;
  atMs: number;
}

/** What these numbers had since a moment, have, and are wanted for, by number. */
export async function readClaims(client: pg.PoolClient, customerNos: readonly number[], since: Date): Promise<Map<number, Claim[]>> {
  const { rows } = await client.query<Row>({
    name: 'gate.claims',
    text: `select customer_no as "customerNo", run_no as "runNo", occasion, occasion_on::text as "occasionOn", state,
        (extract(epoch from at) * 1000)::float8 as "atMs"
      from send_claim where customer_no = any($1::int[]) and (state < 2 or at > $2)`,
    values: [customerNos, since],
  });
  const runs = await readRivals(client, new Set(rows.map((row) => row.runNo)));
  const claims = new Map<number, Claim[]>();
  for (const { customerNo, runNo, occasion, occasionOn, state, atMs } of rows) {
    const run = runs.get(runNo);
    if (!run) continue;
    const claim: Claim = { run, customerNo, occasion, occasionOn, state: claimStates[state], atMs };
    const found = claims.get(customerNo);
    if (found) found.push(claim);
    else claims.set(customerNo, [claim]);
  }
  return claims;
}

interface RunRow extends Omit<RivalRun, 'value' | 'stage'> {
  value: string;
  state: 'waiting' | 'running' | 'paused' | 'done' | 'cancelled';
}

/** Runs as their rivals see them. A run that is done has nothing that could still go. */
export async function readRivals(client: pg.PoolClient, runNos: Iterable<number>): Promise<Map<number, RivalRun>> {
  const { rows } = await client.query<RunRow>({
    name: 'gate.rivals',
    text: `select run_no as "runNo", program_kind as "programKind", program_no as "programNo", channel, purpose, category,
        expected_value as value, state, send_until as "sendUntil" from send_run where run_no = any($1::int[])`,
    values: [[...runNos]],
  });
  return new Map(rows.map(({ value, state, ...run }) => [run.runNo, { ...run, value: Number(value), stage: stageOf(state) }]));
}

const stageOf = (state: RunRow['state']): RivalRun['stage'] =>
  state === 'paused' ? 'paused' : state === 'cancelled' || state === 'done' ? 'over' : 'running';
