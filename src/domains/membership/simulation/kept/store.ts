import type pg from 'pg';
import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { decodeBitmap } from '../../../../kernel/bitmap/portable-read.ts';
import { encodeBitmap } from '../../../../kernel/bitmap/portable-write.ts';
import type { trialStates } from '../../contract/trials.ts';
import type { ProgrammeDefinition } from '../../contract/programme.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import type { SideTotals, WorstCase } from '../walk/tally.ts';

type Connection = pg.Pool | pg.PoolClient;

/** What is really so. */
export interface RealState {
  tiers: { key: string; members: number }[];
  points: Record<'earned' | 'takenBack' | 'spent' | 'expired' | 'outstanding', number>;
}

/** What is kept of a trial beside its people. */
export interface KeptResult {
  totals: Record<'draft' | 'present', SideTotals>;
  cells: Record<string, number>;
  worst: WorstCase[];
  real: RealState;
}

export interface TrialRow {
  trialNo: number;
  versionNo: number;
  againstNo: number | null;
  draft: ProgrammeDefinition;
  present: ProgrammeDefinition;
  state: (typeof trialStates)[number];
  progress: number;
  asOf: Date;
  askedBy: string;
  finishedAt: Date | null;
  failure: string | null;
  result: KeptResult | null;
}

const columns = `trial_no as "trialNo", version_no as "versionNo", against_no as "againstNo", draft, present, state, progress, as_of as "asOf", asked_by as "askedBy",
  finished_at as "finishedAt", failure`;
const isOpen = "state in ('waiting', 'running')";
/** So many are remembered. */
const keptTrials = 20;

export async function listRows(pool: pg.Pool): Promise<TrialRow[]> {
  return (await pool.query<TrialRow>(`select ${columns}, null as result from programme_trial order by trial_no desc`)).rows;
}

export async function findRow(connection: Connection, trialNo: number): Promise<TrialRow | undefined> {
  return (await connection.query<TrialRow>(`select ${columns}, result from programme_trial where trial_no = $1`, [trialNo])).rows.at(0);
}

/** Null where one waits or runs already. */
export async function insertTrial(client: pg.PoolClient, row: Pick<TrialRow, 'versionNo' | 'againstNo' | 'draft' | 'present' | 'asOf' | 'askedBy'>): Promise<TrialRow | null> {
  const { rows } = await client.query<TrialRow>(
    `insert into programme_trial (version_no, against_no, draft, present, state, as_of, asked_by) values ($1, $2, $3, $4, 'waiting', $5, $6)
      on conflict ((true)) where ${isOpen} do nothing returning ${columns}, result`,
    [row.versionNo, row.againstNo, row.draft, row.present, row.asOf, row.askedBy]);
  return rows.at(0) ?? null;
}

/** Tells how far it is; false when somebody wants it to end, or it is over. */
export async function noteProgress(pool: pg.Pool, trialNo: number, progress: number): Promise<boolean> {
  const { rows } = await pool.query<{ goesOn: boolean }>(
    `update programme_trial set state = 'running', progress = $2 where trial_no = $1 and ${isOpen} returning not cancel_requested as "goesOn"`, [trialNo, progress]);
  return rows.at(0)?.goesOn ?? false;
}

/** One that waits ends at once, one that runs with its next part. */
export async function requestEnd(client: pg.PoolClient, trialNo: number, at: Date): Promise<boolean> {
  const { rowCount } = await client.query(
    `update programme_trial set cancel_requested = true, state = case state when 'waiting' then 'cancelled' else state end, finished_at = case state when 'waiting' then $2::timestamptz end
      where trial_no = $1 and ${isOpen}`, [trialNo, at]);
  return rowCount === 1;
}

export async function endTrial(pool: pg.Pool, trialNo: number, state: 'failed' | 'cancelled', at: Date, failure: string | null = null): Promise<void> {
  await pool.query(`update programme_trial set state = $2, finished_at = $3, failure = $4 where trial_no = $1 and ${isOpen}`, [trialNo, state, at, failure]);
}

/** Keeps what it came to, once. */
export async function keepTrial(pool: pg.Pool, trialNo: number, result: KeptResult, cells: ReadonlyMap<string, Bitmap>, at: Date): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { rowCount } = await client.query(`update programme_trial set state = 'done', progress = 1, result = $2, finished_at = $3 where trial_no = $1 and ${isOpen} and not cancel_requested`, [trialNo, result, at]);
    if (rowCount === 0) return;
    for (const [cell, people] of cells) await client.query('insert into programme_trial_people (trial_no, cell, people) values ($1, $2, $3)', [trialNo, cell, Buffer.from(encodeBitmap(people))]);
    await client.query(`delete from programme_trial where not ${isOpen} and trial_no not in (select trial_no from programme_trial order by trial_no desc limit $1)`, [keptTrials]);
  });
}

export async function peopleOfCells(pool: pg.Pool, trialNo: number, cells: readonly string[]): Promise<Bitmap> {
  const { rows } = await pool.query<{ people: Buffer }>('select people from programme_trial_people where trial_no = $1 and cell = any($2::text[])', [trialNo, cells]);
  return Bitmap.union(rows.map(({ people }) => decodeBitmap(people)));
}

/** Tiers as they are held, and points as the ledger has them. */
export async function readReal(pool: pg.Pool): Promise<RealState> {
  const [tiers, sums] = await Promise.all([
    pool.query<{ key: string; members: number }>('select tier as key, count(*)::int as members from member where left_at is null group by tier'),
    pool.query<{ kind: string; amount: number }>('select kind, sum(amount)::bigint as amount from points_entry group by kind'),
  ]);
  const of = (...kinds: string[]): number => sums.rows.filter(({ kind }) => kinds.includes(kind)).reduce((sum, { amount }) => sum + amount, 0);
  return {
    tiers: tiers.rows,
    points: { earned: of('earn'), takenBack: 0 - of('take_back', 'net'), spent: 0 - of('spend', 'give_back'), expired: 0 - of('expire'), outstanding: sums.rows.reduce((sum, { amount }) => sum + amount, 0) },
  };
}
