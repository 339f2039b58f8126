import type { ClickHouse } from '../../../platform/clickhouse/client.ts';
import type { HeldDataSource } from '../../customers/public.ts';

/** Drops what a run kept in a table that has a partition a run. */
export const dropRun = (clickhouse: ClickHouse, table: string, modelId: number): Promise<void> =>
  clickhouse.command('alter table {table:Identifier} drop partition {model:UInt32}', { table, model: modelId });

/** Whether what a run kept is still there. */
export async function isKept(clickhouse: ClickHouse, table: string, modelId: number, hasRows = true): Promise<boolean> {
  const [{ kept }] = await clickhouse.rows('select count() > 0 as kept from {table:Identifier} where model_id = {model:UInt32}', { table, model: modelId }) as { kept: number | boolean }[];
  return Boolean(kept) || !hasRows;
}

/** What a table of runs holds of people: for exports and erasures. */
export const heldRows = (clickhouse: ClickHouse, table: string): HeldDataSource => ({
  name: table,
  async count({ customerNos }) {
    const [{ rows }] = await clickhouse.rows('select toUInt32(count()) as rows from {table:Identifier} where customer_no in {customerNos:Array(UInt32)}', { table, customerNos }) as { rows: number }[];
    return rows;
  },
  async *export({ customerNos }) {
    yield* await clickhouse.rows('select * from {table:Identifier} where customer_no in {customerNos:Array(UInt32)} order by model_id, customer_no', { table, customerNos }) as object[];
  },
  async erase(person) {
    const held = await this.count(person);
    if (held > 0) await clickhouse.command('delete from {table:Identifier} where customer_no in {customerNos:Array(UInt32)}', { table, customerNos: person.customerNos });
    return held;
  },
});
