import { z } from 'zod';
import type { ClickHouse } from '../../../../platform/clickhouse/client.ts';
import { ask, question } from '../../../../platform/clickhouse/query.ts';

const elsewhere = question({
  name: 'imports.customers_elsewhere',
  sql: `with mine as (
      select customer_no from order_line where import_id = {importId:UInt32}
      union distinct select customer_no from event where import_id = {importId:UInt32})
    select distinct customer_no from (
      select customer_no from order_line where import_id <> {importId:UInt32} and customer_no > 0 and customer_no in mine
      union all select customer_no from event where import_id <> {importId:UInt32} and customer_no > 0 and customer_no in mine)
    order by customer_no`,
  params: z.object({ importId: z.int() }),
  row: z.object({ customer_no: z.number().int() }),
  limits: { timeoutMs: 600_000, memoryBytes: 4 * 2 ** 30 },
});

/** Customers of an import's facts who have facts from elsewhere too. */
export async function customersElsewhere(clickhouse: ClickHouse, importId: number): Promise<number[]> {
  const rows = await ask(clickhouse, elsewhere, { importId });
  return rows.map((row) => row.customer_no);
}
