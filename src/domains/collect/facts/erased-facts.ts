import type pg from 'pg';
import type { Platform } from '../../../platform/platform.ts';
import { countOfCustomers } from './analytics/row-counts.ts';
import { factTables, type FactTable } from './fact-tables.ts';

/** As many numbers as fit into one parameter: 128 KiB of text, eleven characters each. */
const numbersAtOnce = 10_000;

/** Notes that the facts of these customers are to be out of ClickHouse for good. Returns those not noted before. */
export async function noteErased(pool: pg.Pool, customerNos: number[]): Promise<number[]> {
  const { rows } = await pool.query<{ customer_no: number }>(
    'insert into fact_erased (customer_no) select unnest($1::int[]) on conflict do nothing returning customer_no', [customerNos]);
  return rows.map((row) => row.customer_no);
}

/** Customers whose facts are still to be deleted. */
export async function unfinishedErasures(pool: pg.Pool): Promise<number[]> {
  const { rows } = await pool.query<{ customer_no: number }>('select customer_no from fact_erased where deleted_at is null');
  return rows.map((row) => row.customer_no);
}

async function allErased(pool: pg.Pool): Promise<number[]> {
  const { rows } = await pool.query<{ customer_no: number }>('select customer_no from fact_erased order by customer_no');
  return rows.map((row) => row.customer_no);
}

/** Deletes the facts of these customers from the disk of ClickHouse and notes how many rows of each batch are missing since. */
export async function deleteFactsOf(platform: Platform, customerNos: number[]): Promise<void> {
  for (let at = 0; at < customerNos.length; at += numbersAtOnce) {
    const some = customerNos.slice(at, at + numbersAtOnce);
    for (const table of factTables) {
      await addLeftOut(platform.pg, table, await takeOut(platform, table, some));
    }
    await platform.pg.query('update fact_erased set deleted_at = now() where customer_no = any($1)', [some]);
  }
}

/** Takes erased customers out of batches that were just put in whole, and notes how many rows of each are missing. */
export async function leaveOutErased(platform: Platform, batchNos: number[] | 'all'): Promise<void> {
  await platform.pg.query("update fact_batch set left_out = '{}' where left_out <> '{}' and ($1::bigint[] is null or batch_no = any($1))",
    [batchNos === 'all' ? null : batchNos]);
  const erased = await allErased(platform.pg);
  if (erased.length > 0) await deleteFactsOf(platform, erased);
}

async function takeOut({ clickhouse }: Platform, table: FactTable, customerNos: number[]): Promise<Map<number, number>> {
  const found = await countOfCustomers(clickhouse, table, customerNos);
  if (found.size > 0) {
    await clickhouse.command(
      `alter table ${table} delete where customer_no in {customerNos:Array(UInt32)} settings mutations_sync = 2`,
      { customerNos }, { timeoutMs: 3_600_000 });
  }
  return found;
}

async function addLeftOut(pool: pg.Pool, table: FactTable, counts: Map<number, number>): Promise<void> {
  if (counts.size === 0) return;
  await pool.query(`update fact_batch b
    set left_out = jsonb_set(b.left_out, array[$1], to_jsonb(coalesce((b.left_out->>$1)::bigint, 0) + c.row_count))
    from unnest($2::bigint[], $3::bigint[]) as c (batch_no, row_count) where b.batch_no = c.batch_no`,
  [table, [...counts.keys()], [...counts.values()]]);
}
