import type pg from 'pg';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import type { Gate } from '../../part.ts';
import { type Place, verdictNo } from '../decisions.ts';
import { takeOut } from '../handing/claim.ts';
import { noteChanged } from '../summary/changed-runs.ts';
import type { Run } from './run.ts';

const defer = verdictNo('defer');

/** A run that is due goes. False when somebody paused or ended it meanwhile. */
export async function setRunning(pool: pg.Pool, runNo: number): Promise<boolean> {
  const { rowCount } = await pool.query("update send_run set state = 'running', trouble = null where run_no = $1 and state in ('waiting', 'running')", [runNo]);
  return rowCount === 1;
}

/** Stops a run that cannot go on by itself; why, whoever looks at it is told. Somebody lets it go on when that is mended. */
export const stopForTrouble = async (pool: pg.Pool, runNo: number, code: string): Promise<unknown> =>
  pool.query("update send_run set state = 'paused', trouble = $2 where run_no = $1 and state = 'running'", [runNo, code]);

/** Ends a run whose people have all been decided about, when each of them has a final state: nobody waits, is deferred or is on the way. */
export async function finish(pool: pg.Pool, { runNo, occasionOn }: Run, now: Date): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    const { rowCount } = await client.query(
      `update send_run set state = 'done', finished_at = $3 where run_no = $1 and state = 'running'
         and not exists (select from send_delivery where occasion_on = $2 and run_no = $1 and state in ('queued', 'handing'))
         and not exists (select from send_decision where occasion_on = $2 and run_no = $1 and next_at is not null and verdict = ${defer})`, [runNo, occasionOn, now]);
    if (rowCount === 1) await noteChanged(client, [runNo]);
    return rowCount === 1;
  });
}

const peopleAtOnce = 5_000;

/** Takes everybody out of a cancelled run who was not handed over, some at a time; then it is over. */
export async function closeCancelled(pool: pg.Pool, gate: Gate, run: Run, now: Date): Promise<void> {
  const { runNo, occasionOn } = run;
  for (const waiting of ["from send_delivery where state = 'queued'", `from send_decision where next_at is not null and verdict = ${defer}`]) {
    while (await inTransaction(pool, async (client) => {
      const { rows } = await client.query<Place & { arm: number }>(
        `select customer_no as "customerNo", occasion, arm ${waiting} and occasion_on = $1 and run_no = $2 limit $3`, [occasionOn, runNo, peopleAtOnce]);
      await takeOut(client, gate, run, rows.map((each) => ({ ...each, reason: 'cancelled' })), now);
      return rows.length > 0;
    }));
  }
  await inTransaction(pool, async (client) => {
    await client.query(`update send_run set finished_at = $3 where run_no = $2 and state = 'cancelled'
      and not exists (select from send_delivery where occasion_on = $1 and run_no = $2 and state in ('queued', 'handing'))`, [occasionOn, runNo, now]);
    await noteChanged(client, [runNo]);
  });
}

/** When something of a run is due next, of what waits or was deferred; null where nothing is. */
export async function nextDue(pool: pg.Pool, { runNo, occasionOn }: Run): Promise<Date | null> {
  const { rows } = await pool.query<{ at: Date | null }>(
    `select least((select min(not_before) from send_delivery where occasion_on = $2 and run_no = $1 and state = 'queued'),
      (select min(next_at) from send_decision where occasion_on = $2 and run_no = $1 and next_at is not null and verdict = ${defer})) as at`, [runNo, occasionOn]);
  return rows[0].at;
}
