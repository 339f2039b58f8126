import type pg from 'pg';
import { notFound } from '../../../kernel/problem.ts';
import type { expansionStages, expansionStates } from '../contract/expansion.ts';
import type { Tells } from './features/feature.ts';
import type { LearntFeature, Population } from './model/learn.ts';
import type { Levels, Ranked } from './model/rank.ts';

type Connection = pg.Pool | pg.PoolClient;

export interface Progress {
  stage: (typeof expansionStages)[number];
  done: number;
}

/** What is kept of a model: how good it is and what it goes by. */
export interface ExpansionResult extends Population {
  auc: number;
  error: number;
  lift: number[];
  heldOut: Population;
  /** Means are null where nobody has a number; `perUnit` is the weight of the number as it is learnt from. */
  features: ({ key: string; tells: Tells; perUnit: number; members: number | null; others: number | null } & Pick<LearntFeature, 'weight' | 'alone'>)[];
  lowest: number;
  highest: number;
  /** How many people are kept in their order. */
  ranked: number;
}

export interface ExpansionRow {
  expansionId: number;
  audienceId: number;
  state: (typeof expansionStates)[number];
  leftOut: string[];
  asOf: Date;
  askedBy: string;
  progress: Progress | null;
  cancelRequested: boolean;
  failure: { code: string; params: Record<string, unknown> } | null;
  result: ExpansionResult | null;
  finishedAt: Date | null;
}

const columns = `expansion_id as "expansionId", audience_id as "audienceId", state, left_out as "leftOut", as_of as "asOf", asked_by as "askedBy",
  progress, cancel_requested as "cancelRequested", failure, result, finished_at as "finishedAt"`;

/** The newest search of an audience; one that was cancelled only where there is no other. */
export async function newestExpansion(connection: Connection, audienceId: number): Promise<ExpansionRow | null> {
  const { rows } = await connection.query<ExpansionRow>(`select ${columns} from audience_expansion where audience_id = $1 order by state = 'cancelled', expansion_id desc limit 1`, [audienceId]);
  return rows.at(0) ?? null;
}

/** One search; `locked` until the transaction ends. */
export async function readOne(connection: Connection, expansionId: number, locked = false): Promise<ExpansionRow> {
  const { rows } = await connection.query<ExpansionRow>(`select ${columns} from audience_expansion where expansion_id = $1${locked ? ' for update' : ''}`, [expansionId]);
  if (rows.length === 0) throw notFound('audiences.expansion_not_found', { expansionId });
  return rows[0];
}

/** Searches that a worker has to do something for. */
export async function openExpansions(pool: pg.Pool): Promise<number[]> {
  const { rows } = await pool.query<{ id: number }>("select expansion_id as id from audience_expansion where state in ('waiting', 'running') order by 1");
  return rows.map(({ id }) => id);
}

/** Null where one of this audience waits or runs already. */
export async function insertExpansion(client: pg.PoolClient, { audienceId, leftOut, asOf, askedBy }: Pick<ExpansionRow, 'audienceId' | 'leftOut' | 'asOf' | 'askedBy'>): Promise<number | null> {
  const { rows } = await client.query<{ id: number }>(
    `insert into audience_expansion (audience_id, state, left_out, as_of, asked_by) values ($1, 'waiting', $2, $3, $4)
      on conflict (audience_id) where state in ('waiting', 'running') do nothing returning expansion_id as id`, [audienceId, leftOut, asOf, askedBy]);
  return rows.at(0)?.id ?? null;
}

/** Tells how far it is, and learns whether somebody wants it to end or it is over: false. */
export async function noteProgress(pool: pg.Pool, expansionId: number, progress: Progress): Promise<boolean> {
  const { rows } = await pool.query<{ goesOn: boolean }>(
    `update audience_expansion set state = 'running', progress = $2 where expansion_id = $1 and state in ('waiting', 'running') returning not cancel_requested as "goesOn"`,
    [expansionId, JSON.stringify(progress)]);
  return rows.at(0)?.goesOn ?? false;
}

/** Ends it without a result. */
export async function endExpansion(connection: Connection, expansionId: number, state: 'failed' | 'cancelled', at: Date, failure: ExpansionRow['failure'] = null): Promise<void> {
  await connection.query(
    `update audience_expansion set state = $2, failure = $3, finished_at = $4, progress = null where expansion_id = $1 and state in ('waiting', 'running')`,
    [expansionId, state, failure && JSON.stringify(failure), at]);
}

const pieceSize = 65_536;
/** What nobody made an audience of for so long is old news, and takes up to 17 megabytes. */
const keptDays = 30;

/** Keeps what was found, once, in place of what was found for the audience before. */
export async function keepResult(client: pg.PoolClient, { expansionId, audienceId }: ExpansionRow, result: ExpansionResult, { best, levels }: Ranked, at: Date): Promise<void> {
  const { rowCount } = await client.query(
    `update audience_expansion set state = 'done', result = $2, levels = $3, finished_at = $4, progress = null where expansion_id = $1 and state = 'running' and not cancel_requested`,
    [expansionId, JSON.stringify(result), Buffer.from(levels.counts.buffer), at]);
  if (rowCount === 0) return;
  for (let piece = 0; piece * pieceSize < best.length; piece++) {
    const numbers = best.slice(piece * pieceSize, (piece + 1) * pieceSize);
    await client.query('insert into audience_expansion_piece (expansion_id, piece, numbers) values ($1, $2, $3)', [expansionId, piece, Buffer.from(numbers.buffer)]);
  }
  await client.query(
    "delete from audience_expansion where (audience_id = $1 and expansion_id < $2) or finished_at < $3::timestamptz - make_interval(days => $4)",
    [audienceId, expansionId, at, keptDays]);
}

export async function readLevels(connection: Connection, expansionId: number, { lowest, highest }: ExpansionResult): Promise<Levels> {
  const { rows: [{ levels }] } = await connection.query<{ levels: Buffer }>('select levels from audience_expansion where expansion_id = $1', [expansionId]);
  return { lowest, highest, counts: new Uint32Array(new Uint8Array(levels).buffer) };
}

/** People in their order, the likest first, some at a time. */
export async function* bestPeople(connection: Connection, expansionId: number): AsyncGenerator<Uint32Array> {
  for (let piece = 0; ; piece++) {
    const { rows } = await connection.query<{ numbers: Buffer }>('select numbers from audience_expansion_piece where expansion_id = $1 and piece = $2', [expansionId, piece]);
    if (rows.length === 0) return;
    yield new Uint32Array(new Uint8Array(rows[0].numbers).buffer);
  }
}
