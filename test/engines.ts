import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { migrate, type Connections } from '../src/platform/connect.ts';
import { readConfig } from '../src/platform/config.ts';
import { startEngines } from '../src/platform/engines.ts';
import { createLog } from '../src/platform/log.ts';

declare module 'vitest' {
  interface ProvidedContext {
    connections: Connections;
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
  return async () => {
    await engines.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}
