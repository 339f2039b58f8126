import type { ClickHouse } from './client.ts';

/** SQL for the number a person counts under today: their own, or that of whom they were merged into. */
export const canonicalNo = (column = 'customer_no'): string =>
  `dictGetOrDefault('customer_merge', 'survivor_no', toUInt64(${column}), ${column})`;

/**
 * Makes the dictionary over `merge_pair`. It is made at every start because it holds the
 * credentials by which the engine reads its own table.
 */
export async function createMergeDictionary(clickhouse: ClickHouse): Promise<void> {
  const { username, password, database } = clickhouse.address;
  const quoted = (text: string): string => `'${text.replace(/[\\']/g, (c) => `\\${c}`)}'`;
  await clickhouse.command(`create or replace dictionary customer_merge (absorbed_no UInt64, survivor_no UInt32)
    primary key absorbed_no
    source(clickhouse(query 'select absorbed_no, argMax(survivor_no, version) as survivor_no from ${database}.merge_pair group by absorbed_no'
      user ${quoted(username)} password ${quoted(password)} db ${quoted(database)}))
    layout(hashed()) lifetime(0)`);
}

/** Makes merges and their undoing count in every question from now on. */
export const reloadMerges = (clickhouse: ClickHouse): Promise<void> =>
  clickhouse.command('system reload dictionary customer_merge');
