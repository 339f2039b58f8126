import pg from 'pg';
import { openClickHouse, type ClickHouse } from '../../src/platform/clickhouse/client.ts';
import type { LocalServer } from '../../src/serve/local-server.ts';

export interface Stores {
  pg: pg.Client;
  clickhouse: ClickHouse;
  close(): Promise<void>;
}

/** Both stores of a running product, past its API: what a check believes it must see for itself. */
export async function openStores(server: LocalServer): Promise<Stores> {
  const client = new pg.Client({ connectionString: server.stores.postgresUrl });
  // The product under test may be killed while this is open.
  client.on('error', () => {});
  await client.connect();
  const clickhouse = openClickHouse(server.stores.clickhouse);
  return {
    pg: client,
    clickhouse,
    async close() {
      await clickhouse.close();
      await client.end().catch(() => {});
    },
  };
}

/** Everything a migration makes, in both stores, as lines that can be compared. */
export async function schemaOf({ pg: client, clickhouse }: Stores): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(`
    select 'column ' || table_schema || '.' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || coalesce(' ' || column_default, '') as line
      from information_schema.columns where table_schema not in ('pg_catalog', 'information_schema')
    union all select 'index ' || indexdef from pg_indexes where schemaname not in ('pg_catalog', 'information_schema')
    union all select 'migration ' || number || ' ' || checksum from schema_migration`);
  const tables = (await clickhouse.rows(`select concat('clickhouse ', table, '.', name, ' ', type) as line from system.columns where database = currentDatabase()
    union all select concat('clickhouse migration ', toString(number), ' ', checksum) as line from schema_migration`)) as { line: string }[];
  return [...rows, ...tables].map((row) => row.line).sort();
}
