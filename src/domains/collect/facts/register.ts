import type pg from 'pg';
import { Problem } from '../../../kernel/problem.ts';
import type { RowCounts } from './fact-tables.ts';
import type { Place } from './segment-folder.ts';

type Connection = pg.Pool | pg.PoolClient;

/** A batch as the register knows it. */
export interface SealedBatch extends Place {
  batchNo: number;
  importId: number;
  checksum: Buffer;
  rowCounts: RowCounts;
  /** Rows of erased customers, which ClickHouse must not have. */
  leftOut: RowCounts;
}

/** Numbers for new batches, rising; a number that is not used is never given again. */
export async function reserveBatchNos(connection: Connection, count: number): Promise<number[]> {
  const { rows } = await connection.query<{ no: number }>(
    "select nextval(pg_get_serial_sequence('fact_batch', 'batch_no')) as no from generate_series(1, $1)", [count]);
  return rows.map((row) => row.no);
}

/**
 * Makes batches part of the log when the transaction of `client` commits.
 * Throws `collect.fact_writer_replaced` when another writer has taken over since `epoch`.
 */
export async function registerBatches(client: pg.PoolClient, epoch: number, batches: SealedBatch[]): Promise<void> {
  const { rowCount } = await client.query('select 1 from fact_writer where epoch = $1 for share', [epoch]);
  if (rowCount === 0) throw new Problem('collect.fact_writer_replaced', { status: 503, retryAfterSeconds: 1 });
  await client.query(`insert into fact_batch (batch_no, file, byte_offset, byte_length, checksum, row_counts, import_id)
    select * from unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[], $5::bytea[], $6::jsonb[], $7::int[])`, [
    batches.map((b) => b.batchNo), batches.map((b) => b.file), batches.map((b) => b.byteOffset), batches.map((b) => b.byteLength),
    batches.map((b) => b.checksum), batches.map((b) => JSON.stringify(b.rowCounts)), batches.map((b) => b.importId)]);
}

interface BatchRow {
  batch_no: number;
  file: string;
  byte_offset: number;
  byte_length: number;
  checksum: Buffer;
  row_counts: RowCounts;
  left_out: RowCounts;
  import_id: number;
}

const columns = 'batch_no, file, byte_offset, byte_length, checksum, row_counts, left_out, import_id';
const asBatch = (row: BatchRow): SealedBatch => ({
  batchNo: row.batch_no,
  importId: row.import_id,
  file: row.file,
  byteOffset: row.byte_offset,
  byteLength: row.byte_length,
  checksum: row.checksum,
  rowCounts: row.row_counts,
  leftOut: row.left_out,
});

/** Registered batches that ClickHouse may not have, oldest first. */
export async function unappliedBatches(pool: pg.Pool): Promise<SealedBatch[]> {
  const { rows } = await pool.query<BatchRow>(
    `select ${columns} from fact_batch where applied_at is null and undone_at is null order by batch_no`);
  return rows.map(asBatch);
}

/** True while a batch waits to be given to ClickHouse. */
export async function isUnapplied(pool: pg.Pool, batchNo: number): Promise<boolean> {
  const { rowCount } = await pool.query(
    'select 1 from fact_batch where batch_no = $1 and applied_at is null and undone_at is null', [batchNo]);
  return rowCount === 1;
}

/** The batches with these numbers that were not taken back, in order. */
export async function findBatches(pool: pg.Pool, batchNos: number[]): Promise<SealedBatch[]> {
  const { rows } = await pool.query<BatchRow>(
    `select ${columns} from fact_batch where batch_no = any($1) and undone_at is null order by batch_no`, [batchNos]);
  return rows.map(asBatch);
}

/** The next batches of the whole log in the order of the files, after a place; those taken back are left out. */
export async function batchesAfter(pool: pg.Pool, after: Pick<Place, 'file' | 'byteOffset'>, limit: number): Promise<SealedBatch[]> {
  const { rows } = await pool.query<BatchRow>(
    `select ${columns} from fact_batch where (file, byte_offset) > ($1, $2) and undone_at is null
     order by file, byte_offset limit $3`, [after.file, after.byteOffset, limit]);
  return rows.map(asBatch);
}

/** Notes that ClickHouse has these batches, and that its numbers have changed. */
export async function markApplied(connection: Connection, batchNos: number[]): Promise<void> {
  await connection.query(`with applied as (update fact_batch set applied_at = now() where batch_no = any($1))
    update fact_state set data_version = data_version + 1`, [batchNos]);
}

/** The registered end of every file. */
export async function registeredEnds(pool: pg.Pool): Promise<Map<string, number>> {
  const { rows } = await pool.query<{ file: string; end: number }>(
    'select file, max(byte_offset + byte_length) as end from fact_batch group by file');
  return new Map(rows.map((row) => [row.file, row.end]));
}

/** Takes the batches of an import back: from now on ClickHouse must not have them. Returns how many there were. */
export async function markUndone(connection: Connection, importId: number): Promise<number> {
  const { rowCount } = await connection.query(
    'update fact_batch set undone_at = now() where import_id = $1 and undone_at is null', [importId]);
  return rowCount ?? 0;
}
