import type { ClickHouse } from '../../../platform/clickhouse/client.ts';

/**
 * Puts rows into the place of all that a table holds: beside it first, so that what was there holds until all of it is, and then at once.
 * Returns how many there are.
 */
export async function replaceRows(clickhouse: ClickHouse, table: string, batches: AsyncIterable<object[]>): Promise<number> {
  const beside = `${table}_next`;
  await clickhouse.command(`truncate table ${beside}`);
  let copied = 0;
  for await (const rows of batches) {
    if (rows.length > 0) await clickhouse.insertRows(beside, rows);
    copied += rows.length;
  }
  // A table without rows has no partition that could take the other's place.
  await clickhouse.command(copied > 0 ? `alter table ${table} replace partition id 'all' from ${beside}` : `truncate table ${table}`);
  await clickhouse.command(`truncate table ${beside}`);
  return copied;
}
