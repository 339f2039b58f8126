import type pg from 'pg';
import type { Platform } from '../../../platform/platform.ts';
import type { Connection, HeldDataSource } from '../sources.ts';

/** The tables of this domain that hold something about a person, and by which column. */
const tables = {
  identifiers: { table: 'identifier', column: 'customer_no' },
  profiles: { table: 'customer_profile', column: 'customer_no' },
  consents: { table: 'consent', column: 'customer_no' },
  tags: { table: 'customer_tag', column: 'customer_no' },
  changes: { table: 'customer_change', column: 'customer_no' },
} as const;

/** How much of each thing this domain holds about these numbers. */
export async function countOwnData(connection: Connection, customerNos: readonly number[]): Promise<Record<string, number>> {
  const parts = Object.entries(tables).map(([name, { table, column }]) => `(select count(*)::int from ${table} where ${column} = any($1::int[])) as ${name}`);
  const { rows } = await connection.query<Record<string, number>>(`select ${parts.join(', ')}`, [customerNos]);
  return rows[0];
}

/** Deletes all of it, keeping the keyed hashes of the identifiers, and returns how much it was. */
export async function deleteOwnData(client: pg.PoolClient, customerNos: readonly number[]): Promise<Record<string, number>> {
  await client.query(
    `insert into erased_identifier (kind, namespace, hash) select kind, namespace, hash from identifier where customer_no = any($1::int[])
      on conflict do nothing`, [customerNos]);
  const counts: Record<string, number> = {};
  for (const [name, { table, column }] of Object.entries(tables)) {
    const { rowCount } = await client.query(`delete from ${table} where ${column} = any($1::int[])`, [customerNos]);
    counts[name] = rowCount ?? 0;
  }
  // Parts of a profile as they once were: nothing beyond what is counted above.
  await client.query('delete from profile_before_import where customer_no = any($1::int[])', [customerNos]);
  await client.query('delete from possible_duplicate where low_no = any($1::int[]) or high_no = any($1::int[])', [customerNos]);
  await client.query("update customer set status = 2, channel = null where customer_no = any($1::int[])", [customerNos]);
  return counts;
}

/** The copies in ClickHouse: old versions of a row must leave its disk, not only be outdated. */
export const customerCopies = ({ clickhouse }: Platform): HeldDataSource => ({
  name: 'customer_copies',
  async count({ customerNos }) {
    const rows = await clickhouse.rows('select toUInt32(count()) as total from customer final where customer_no in {customerNos:Array(UInt32)}', { customerNos });
    return (rows[0] as { total: number }).total;
  },
  async *export() {
    // What is copied is what the profile already says.
  },
  async erase(person) {
    const held = await this.count(person);
    await clickhouse.command('alter table customer delete where customer_no in {customerNos:Array(UInt32)} settings mutations_sync = 2',
      { customerNos: person.customerNos });
    return held;
  },
});
