import type pg from 'pg';
import type { ModelStage, modelStates } from '../contract/models.ts';

type Connection = pg.Pool | pg.PoolClient;

/** A run as it is stored. */
export interface RunRow {
  modelId: number;
  kind: string;
  state: (typeof modelStates)[number];
  params: Record<string, unknown>;
  asOf: Date;
  dataVersion: number;
  askedBy: string;
  progress: { stage: ModelStage; done: number } | null;
  cancelRequested: boolean;
  failure: { code: string; params: Record<string, unknown> } | null;
  result: unknown;
  finishedAt: Date | null;
}

const columns = `model_id as "modelId", kind, state, params, as_of as "asOf", data_version as "dataVersion", asked_by as "askedBy",
  progress, cancel_requested as "cancelRequested", failure, result, finished_at as "finishedAt"`;
const underWay = "state in ('waiting', 'running')";
/** So many runs of a kind are remembered. */
const keptRuns = 30;

/** The runs of a kind, the latest first. */
export async function runsOf(connection: Connection, kind: string): Promise<RunRow[]> {
  const { rows } = await connection.query<RunRow>(`select ${columns} from insight_model where kind = $1 order by model_id desc`, [kind]);
  return rows;
}

/** The newest run of a kind that is done. */
export async function currentRun(connection: Connection, kind: string): Promise<RunRow | null> {
  const { rows } = await connection.query<RunRow>(`select ${columns} from insight_model where kind = $1 and state = 'done' order by model_id desc limit 1`, [kind]);
  return rows.at(0) ?? null;
}

/** Of every kind, the newest run that is done. */
export async function currentIds(connection: Connection): Promise<Map<string, number>> {
  const { rows } = await connection.query<{ kind: string; modelId: number }>(`select kind, max(model_id) as "modelId" from insight_model where state = 'done' group by kind`);
  return new Map(rows.map(({ kind, modelId }) => [kind, modelId]));
}

export async function readRun(connection: Connection, modelId: number): Promise<RunRow | null> {
  const { rows } = await connection.query<RunRow>(`select ${columns} from insight_model where model_id = $1`, [modelId]);
  return rows.at(0) ?? null;
}

/** Runs that a worker has to do something for. */
export async function openRuns(pool: pg.Pool): Promise<number[]> {
  const { rows } = await pool.query<{ modelId: number }>(`select model_id as "modelId" from insight_model where ${underWay} order by 1`);
  return rows.map(({ modelId }) => modelId);
}

/** Null where one of this kind waits or runs already. */
export async function insertRun(connection: Connection, { kind, params, asOf, dataVersion, askedBy }: Pick<RunRow, 'kind' | 'params' | 'asOf' | 'dataVersion' | 'askedBy'>): Promise<number | null> {
  const { rows } = await connection.query<{ modelId: number }>(
    `insert into insight_model (kind, state, params, as_of, data_version, asked_by) values ($1, 'waiting', $2, $3, $4, $5)
      on conflict (kind) where ${underWay} do nothing returning model_id as "modelId"`, [kind, JSON.stringify(params), asOf, dataVersion, askedBy]);
  return rows.at(0)?.modelId ?? null;
}

/** Tells how far it is, and learns whether somebody wants it to end or it is over: false. */
export async function noteProgress(pool: pg.Pool, modelId: number, progress: NonNullable<RunRow['progress']>): Promise<boolean> {
  const { rows } = await pool.query<{ goesOn: boolean }>(
    `update insight_model set state = 'running', progress = $2 where model_id = $1 and ${underWay} returning not cancel_requested as "goesOn"`,
    [modelId, JSON.stringify(progress)]);
  return rows.at(0)?.goesOn ?? false;
}

/** Ends it without a result. */
export async function endRun(connection: Connection, modelId: number, state: 'failed' | 'cancelled', at: Date, failure: RunRow['failure'] = null): Promise<void> {
  await connection.query(`update insight_model set state = $2, failure = $3, finished_at = $4, progress = null where model_id = $1 and ${underWay}`,
    [modelId, state, failure && JSON.stringify(failure), at]);
}

/** Keeps its result, once: from here on it is the one that is shown. False when it was ended meanwhile. */
export async function keepRun(pool: pg.Pool, { modelId, kind }: RunRow, result: unknown, at: Date): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update insight_model set state = 'done', result = $2, finished_at = $3, progress = null where model_id = $1 and state = 'running' and not cancel_requested`,
    [modelId, JSON.stringify(result), at]);
  if (rowCount === 0) return false;
  await pool.query(
    'delete from insight_model where kind = $1 and finished_at is not null and model_id not in (select model_id from insight_model where kind = $1 order by model_id desc limit $2)', [kind, keptRuns]);
  return true;
}
