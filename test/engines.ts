import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openClickHouse, type ClickHouseAddress } from '../src/platform/clickhouse/client.ts';
import { migrate, type Connections } from '../src/platform/connect.ts';
import { readConfig } from '../src/platform/config.ts';
import { startEngines } from '../src/platform/engines.ts';
import { createLog } from '../src/platform/log.ts';

declare module 'vitest' {
  interface ProvidedContext {
    connections: Connections;
    /** What makes the tables of ClickHouse as the migrations left them, in the database of whoever asks. */
    tables: string[];
  }
}

/** One PostgreSQL and one ClickHouse for a whole run; the migrated databases are the templates of each file's own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'perennial-test-'));
  const log = createLog('fatal');
  const config = readConfig({ ...process.env, PERENNIAL_DATA_DIR: dataDir });
  const engines = await startEngines(config, log);
  await migrate(engines.connections, log);
  project.provide('connections', engines.connections);
  project.provide('tables', await readTables(engines.connections.clickhouse));
  return async () => {
    await engines.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}

async function readTables(address: ClickHouseAddress): Promise<string[]> {
  const clickhouse = openClickHouse(address);
  try {
    const found = await clickhouse.rows(`select replaceOne(create_table_query, concat(database, '.', name), name) as statement
      from system.tables where database = currentDatabase() and engine like '%MergeTree'`);
    return (found as { statement: string }[]).map(({ statement }) => statement);
  } finally {
    await clickhouse.close();
  }
}
