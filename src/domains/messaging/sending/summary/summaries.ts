import type pg from 'pg';
import { z } from 'zod';
import type { Day } from '../../../../kernel/day.ts';
import { reasons, verdicts } from '../../contract.ts';
import type { RunCounts, RunProgress } from '../../part.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { toldBits, type ToldBit } from '../facts/told-bits.ts';
import { readRuns, type Run } from '../runs/run.ts';
import { noteChanged } from './changed-runs.ts';
import { countRun, sumCounts } from './count-run.ts';

/** Beyond so many people a run is counted in the background: nobody waits for that. */
const countedAtOnceMost = 20_000;
/** Counting may take a twentieth of the time. */
const restPerMs = 20;
const restLeastMs = 3_000;
const runsAtOnce = 10;

const tally = z.number().int();
const countsSchema = z.array(z.object({
  decided: z.partialRecord(z.enum(verdicts), tally), reasons: z.partialRecord(z.enum(reasons), tally),
  queued: tally, handed: tally, refused: tally, unknown: tally, cost: z.string().default('0'), priced: tally.default(0), told: z.partialRecord(z.enum(Object.keys(toldBits) as [ToldBit]), tally),
}));
type Counts = z.output<typeof countsSchema>;

export async function readProgress({ pg: pool, clock }: Platform, runNos: readonly number[]): Promise<Map<number, RunProgress>> {
  const progress = new Map<number, RunProgress>();
  const forgotten = await readForgotten(pool, runNos);
  for (const run of await readRuns(pool, runNos)) {
    const people = await readSizes(pool, run.runNo);
    const isLarge = people.reduce((sum, n) => sum + n, 0) > countedAtOnceMost;
    const { counts, computedAt } = (isLarge || forgotten.has(run.runNo) ? await readSummary(pool, run.runNo) : null) ?? { counts: await countRun(pool, run), computedAt: clock.now() };
    const arms = counts.map((arm, i): RunCounts => ({ ...arm, people: people[i] ?? 0 }));
    progress.set(run.runNo, { ...sumCounts(arms), arms, state: run.state, trouble: run.trouble, sendFrom: run.sendFrom, computedAt });
  }
  return progress;
}

async function readSizes(pool: pg.Pool, runNo: number): Promise<number[]> {
  const { rows } = await pool.query<{ n: number }>('select people_count as n from send_run_people where run_no = $1 order by arm', [runNo]);
  return rows.map(({ n }) => n);
}

async function readSummary(pool: pg.Pool, runNo: number): Promise<{ counts: Counts; computedAt: Date } | null> {
  const { rows } = await pool.query<{ counts: unknown; computedAt: Date }>('select counts, computed_at as "computedAt" from send_run_summary where run_no = $1', [runNo]);
  return rows.length > 0 ? { counts: countsSchema.parse(rows[0].counts), computedAt: rows[0].computedAt } : null;
}

/** Runs of which nothing is left but what was counted last. */
async function readForgotten(pool: pg.Pool, runNos: readonly number[]): Promise<ReadonlySet<number>> {
  const { rows } = await pool.query<{ runNo: number }>(
    `select run_no as "runNo" from send_run join send_month_forgotten on month = date_trunc('month', occasion_on::timestamp) where run_no = any($1::int[])`, [runNos]);
  return new Set(rows.map(({ runNo }) => runNo));
}

/** Counts large runs anew of which something was told since, each after a rest that grows with what counting it takes. */
export async function summarise({ pg: pool, clock }: Platform): Promise<void> {
  const now = clock.now();
  // But for small ones whose month is about to be forgotten: those have been counted, and what is told of them meanwhile must not be lost.
  await pool.query(
    `delete from send_run_changed c where (select sum(people_count) from send_run_people p where p.run_no = c.run_no) <= $1
      and not exists (select from send_run_summary s where s.run_no = c.run_no)`, [countedAtOnceMost]);
  const { rows } = await pool.query<{ runNo: number }>(
    `select c.run_no as "runNo" from send_run_changed c left join send_run_summary s using (run_no)
     where s.run_no is null or s.computed_at + make_interval(secs => greatest($2, s.took_ms * $3) / 1000.0) <= $1 order by s.computed_at nulls first limit $4`,
    [now, restLeastMs, restPerMs, runsAtOnce]);
  for (const run of await readRuns(pool, rows.map(({ runNo }) => runNo))) await summariseRun(pool, run, now);
}

/** Counts every run of a month that was not counted since something was told of it, small ones too. */
export async function summariseMonth({ pg: pool, clock }: Platform, month: Day): Promise<void> {
  const { rows } = await pool.query<{ runNo: number }>(
    `select run_no as "runNo" from send_run r where occasion_on >= $1 and occasion_on < $1::date + interval '1 month'
      and (not exists (select from send_run_summary s where s.run_no = r.run_no) or exists (select from send_run_changed c where c.run_no = r.run_no))`, [month]);
  for (const run of await readRuns(pool, rows.map(({ runNo }) => runNo))) await summariseRun(pool, run, clock.now());
}

async function summariseRun(pool: pg.Pool, run: Run, now: Date): Promise<void> {
  // First, so that what is told while it is counted is noted again.
  await pool.query('delete from send_run_changed where run_no = $1', [run.runNo]);
  try {
    const startedMs = performance.now();
    const counts = await countRun(pool, run);
    await pool.query(
      `insert into send_run_summary (run_no, computed_at, took_ms, counts) values ($1, $2, $3, $4)
       on conflict (run_no) do update set computed_at = excluded.computed_at, took_ms = excluded.took_ms, counts = excluded.counts`,
      [run.runNo, now, Math.round(performance.now() - startedMs), JSON.stringify(counts)]);
  } catch (error) {
    await inTransaction(pool, (client) => noteChanged(client, [run.runNo]));
    throw error;
  }
}

/** After a start: a process that died while it counted has forgotten that it was to. */
export const noteUnfinished = async ({ pg: pool }: Platform): Promise<unknown> => pool.query(
  "insert into send_run_changed (run_no) select run_no from send_run where finished_at is null or finished_at > now() - interval '2 days' order by run_no on conflict do nothing");
