import { z } from 'zod';
import { ask, question } from '../../../../platform/clickhouse/query.ts';
import type { ClickHouse } from '../../../../platform/clickhouse/client.ts';
import type { FactTable } from '../fact-tables.ts';

const count = z.coerce.number().int();
const batchCount = z.object({ batch_no: count, row_count: count });
const byBatch = (table: FactTable, where: string): string =>
  `select batch_no, count() as row_count from ${table} ${where} group by batch_no order by batch_no`;

const rowsOfBatches = (table: FactTable) => question({
  name: `facts.rows_of_batches.${table}`,
  sql: byBatch(table, 'where batch_no in {batchNos:Array(UInt64)}'),
  params: z.object({ batchNos: z.array(z.int()) }),
  row: batchCount,
});

const rowsOfEveryBatch = (table: FactTable) => question({
  name: `facts.rows_of_every_batch.${table}`,
  sql: byBatch(table, ''),
  params: z.object({}),
  row: batchCount,
});

const rowsOfCustomers = (table: FactTable) => question({
  name: `facts.rows_of_customers.${table}`,
  sql: byBatch(table, 'where customer_no in {customerNos:Array(UInt32)}'),
  params: z.object({ customerNos: z.array(z.int()) }),
  row: batchCount,
});

const allRows = (table: FactTable) => question({
  name: `facts.all_rows.${table}`,
  sql: `select count() as row_count from ${table}`,
  params: z.object({}),
  row: z.object({ row_count: count }),
});

type CountByBatch = Map<number, number>;
const asMap = (rows: z.output<typeof batchCount>[]): CountByBatch => new Map(rows.map((row) => [row.batch_no, row.row_count]));

/** How many rows of each of these batches a table has; batches without rows are absent. */
export const countOfBatches = async (clickhouse: ClickHouse, table: FactTable, batchNos: number[]): Promise<CountByBatch> =>
  asMap(await ask(clickhouse, rowsOfBatches(table), { batchNos }));

/** How many rows of every batch a table has. */
export const countOfEveryBatch = async (clickhouse: ClickHouse, table: FactTable): Promise<CountByBatch> =>
  asMap(await ask(clickhouse, rowsOfEveryBatch(table), {}));

/** How many rows of these customers a table has, by batch. */
export const countOfCustomers = async (clickhouse: ClickHouse, table: FactTable, customerNos: number[]): Promise<CountByBatch> =>
  asMap(await ask(clickhouse, rowsOfCustomers(table), { customerNos }));

/** All rows of a table. */
export async function countOfTable(clickhouse: ClickHouse, table: FactTable): Promise<number> {
  const [row] = await ask(clickhouse, allRows(table), {});
  return row.row_count;
}
