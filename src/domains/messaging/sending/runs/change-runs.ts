import type pg from 'pg';
import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { encodeBitmap } from '../../../../kernel/bitmap/portable-write.ts';
import { conflict, notFound } from '../../../../kernel/problem.ts';
import type { Clock } from '../../../../platform/clock.ts';
import type { NewRun, Sending } from '../../part.ts';
import type { RunState } from './run.ts';

/** Beginning, pausing, going on and ending. What is done here holds from the commit on, whatever any process is doing. */
export function createRuns(clock: Clock): Pick<Sending, 'begin' | 'pause' | 'resume' | 'cancel'> {
  return {
    begin: (client, run) => begin(client, run, clock.now()),
    pause: (client, runNo) => change(client, runNo, ['waiting', 'running'], 'paused'),
    // What is due is taken up again within a second, by whoever sends.
    resume: (client, runNo) => change(client, runNo, ['paused'], 'waiting'),
    cancel: (client, runNo) => change(client, runNo, ['waiting', 'running', 'paused'], 'cancelled'),
  };
}

export async function begin(client: pg.PoolClient, run: NewRun, now: Date): Promise<number> {
  const { programKind, programNo, step, occasion } = run;
  checkArms(run);
  const { rows } = await client.query<{ runNo: number; occasionOn: string }>(
    `insert into send_run (program_kind, program_no, step, occasion, occasion_on, channel, purpose, category, expected_value, arms, experiment_no, state,
       send_from, send_until, per_minute, created_at, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'waiting', $12, $13, $14, $15, $16)
     on conflict (program_kind, program_no, step, occasion) do nothing returning run_no as "runNo", occasion_on::text as "occasionOn"`,
    [programKind, programNo, step, occasion, now.toISOString().slice(0, 10), run.channel, run.purpose, run.category, run.expectedValue,
      JSON.stringify(run.arms.map(({ people: _, ...arm }) => arm)), run.experimentNo, run.sendFrom, run.sendUntil, run.perMinute, now, run.by]);
  const made = rows.at(0);
  if (!made) return existing(client, run);
  await client.query('select make_send_month($1)', [made.occasionOn]);
  for (const [arm, { people }] of run.arms.entries()) {
    await client.query('insert into send_run_people (run_no, arm, people, people_count) values ($1, $2, $3, $4)', [made.runNo, arm, encodeBitmap(people), people.size]);
  }
  return made.runNo;
}

/** The run that somebody else began: they had committed, or the insert would have waited for them. */
async function existing(client: pg.PoolClient, { programKind, programNo, step, occasion }: NewRun): Promise<number> {
  const { rows } = await client.query<{ runNo: number }>(
    'select run_no as "runNo" from send_run where program_kind = $1 and program_no = $2 and step = $3 and occasion = $4', [programKind, programNo, step, occasion]);
  return rows[0].runNo;
}

function checkArms({ arms }: NewRun): void {
  const sum = arms.reduce((all, { people }) => all + people.size, 0);
  if (Bitmap.union(arms.map(({ people }) => people)).size !== sum) throw new RangeError('Arms of a run share nobody.');
}

async function change(client: pg.PoolClient, runNo: number, from: readonly RunState[], to: RunState): Promise<void> {
  const run = (await client.query<{ state: RunState }>('select state from send_run where run_no = $1 for update', [runNo])).rows.at(0);
  if (!run) throw notFound('messaging.no_run', { runNo });
  if (run.state === to) return;
  if (!from.includes(run.state)) throw conflict(`messaging.run_${run.state}`, { runNo });
  await client.query('update send_run set state = $2 where run_no = $1', [runNo, to]);
}
