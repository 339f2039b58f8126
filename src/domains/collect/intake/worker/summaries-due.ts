import type pg from 'pg';

const numbersAtOnce = 20_000;

/** Notes whose totals a batch changes; belongs to the transaction that seals it. */
export async function noteSummariesDue(client: pg.PoolClient, batchNo: number, customerNos: number[]): Promise<void> {
  if (customerNos.length === 0) return;
  await client.query(`insert into summary_due (customer_no, batch_no) select unnest($1::int[]), $2
    on conflict (customer_no) do update set batch_no = greatest(summary_due.batch_no, excluded.batch_no)`, [customerNos, batchNo]);
}

/** Makes the totals again of everybody whose facts have arrived in ClickHouse; returns how many that were. */
export async function refreshDue(pool: pg.Pool, refresh: (customerNos: number[]) => Promise<void>): Promise<number> {
  const { rows } = await pool.query<{ customer_no: number; batch_no: number }>(
    `select customer_no, batch_no from summary_due join fact_batch using (batch_no) where applied_at is not null limit $1`, [numbersAtOnce]);
  if (rows.length === 0) return 0;
  const customerNos = rows.map((row) => row.customer_no);
  await refresh(customerNos);
  // A number that became due again meanwhile stays.
  await pool.query(`delete from summary_due d using unnest($1::int[], $2::bigint[]) as done (customer_no, batch_no)
    where d.customer_no = done.customer_no and d.batch_no = done.batch_no`, [customerNos, rows.map((row) => row.batch_no)]);
  return rows.length;
}
