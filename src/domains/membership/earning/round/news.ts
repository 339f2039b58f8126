import type pg from 'pg';
import type { Position } from './position.ts';

/** A batch may become visible a little after the moment it is marked with. */
const overlapMs = 30_000;
const importOverlapMs = 3_600_000;
/** Batches and joinings in one round. */
const batchesAtMost = 2_000;
const joinsAtMost = 2_000;

export interface FactsNow {
  /** Nothing may be said of facts while ClickHouse is made anew. */
  isReady: boolean;
  now: Date;
}

export async function readFactsNow(pool: pg.Pool): Promise<FactsNow> {
  const { rows: [row] } = await pool.query<FactsNow>(`select state = 'ready' as "isReady", clock_timestamp() as now from fact_state`);
  return row;
}

/** Batches of trackers that were applied since; those of the last moments are told again. `isMore` where there are more than these. */
export async function newBatches(pool: pg.Pool, { appliedBefore }: Position, seen: readonly number[]): Promise<{ batches: { batchNo: number; appliedAt: Date }[]; isMore: boolean }> {
  const { rows } = await pool.query<{ batchNo: number; appliedAt: Date }>(
    `select batch_no as "batchNo", applied_at as "appliedAt" from fact_batch
      where applied_at >= $1 and import_id = 0 and undone_at is null and not batch_no = any($2::bigint[]) order by applied_at limit $3`,
    [new Date(appliedBefore.getTime() - overlapMs), seen, batchesAtMost + 1]);
  return { batches: rows.slice(0, batchesAtMost), isMore: rows.length > batchesAtMost };
}

interface ImportNews {
  /** Names it, with what became of it. */
  name: string;
  isUndone: boolean;
  /** Its batches of order lines, and how many lines they have. */
  batchNos: number[];
  lines: number;
}

/** Imports of orders that were finished or taken back lately, and have not been dealt with. */
export async function newImports(pool: pg.Pool, { appliedBefore, imports }: Pick<Position, 'appliedBefore' | 'imports'>): Promise<ImportNews[]> {
  const { rows } = await pool.query<ImportNews>(
    `select import_id || ' ' || state as name, state = 'undone' as "isUndone",
        coalesce(array_agg(batch_no) filter (where batch_no is not null), '{}') as "batchNos", coalesce(sum((row_counts ->> 'order_line')::bigint), 0)::bigint as lines
      from import_run left join fact_batch using (import_id)
      where kind = 'order_lines' and state in ('done', 'undone') and coalesce(import_run.undone_at, finished_at) >= $1 and not import_id || ' ' || state = any($2::text[])
      group by import_id, state`, [new Date(appliedBefore.getTime() - importOverlapMs), imports]);
  return rows.map((row) => ({ ...row, batchNos: row.batchNos.map(Number) }));
}

/** Names of imports are kept so long: theirs are the clocks of other processes. */
export const recentImports = async (pool: pg.Pool, { appliedBefore }: Pick<Position, 'appliedBefore'>): Promise<string[]> => (await newImports(pool, { appliedBefore, imports: [] })).map(({ name }) => name);

interface Join {
  transactionId: string;
  changeNo: number;
  customerNo: number;
}

/** Who joined since, in the order in which it is certain that nobody comes before them any more. */
export async function newJoins(pool: pg.Pool, { joinsUpTo: { transactionId, changeNo } }: Pick<Position, 'joinsUpTo'>): Promise<{ joins: Join[]; isMore: boolean }> {
  const { rows } = await pool.query<Join>(
    `select transaction_id::text as "transactionId", change_no as "changeNo", customer_no as "customerNo" from tier_change
      where (transaction_id, change_no) > ($1::xid8, $2) and transaction_id < pg_snapshot_xmin(pg_current_snapshot()) and kind = 'join'
      order by transaction_id, change_no limit $3`, [transactionId, changeNo, joinsAtMost + 1]);
  return { joins: rows.slice(0, joinsAtMost), isMore: rows.length > joinsAtMost };
}

/** Where somebody stands who has seen all that joined until now. */
export async function joinsNow(pool: pg.Pool): Promise<Position['joinsUpTo']> {
  const { rows: [row] } = await pool.query<{ transactionId: string }>('select pg_snapshot_xmin(pg_current_snapshot())::text as "transactionId"');
  // What this transaction number would begin with is still to come.
  return { transactionId: row.transactionId, changeNo: 0 };
}

/** Whether joining by policy is still making members of those who are there: until it is done, most would earn nothing. */
export async function isStillJoining(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query<{ isDone: boolean }>(`select position ->> 'after' is null as "isDone" from membership_cursor where name = 'joining'`);
  return rows.length === 0 || !rows[0].isDone;
}
