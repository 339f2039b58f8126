import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import { inject } from 'vitest';
import type { Actor, Permission } from '../src/kernel/actor.ts';
import { openClickHouse, type ClickHouseAddress } from '../src/platform/clickhouse/client.ts';
import { createClickHouseDatabase } from '../src/platform/clickhouse/database.ts';
import { createMergeDictionary } from '../src/platform/clickhouse/merge-dictionary.ts';
import { connect, type Connections } from '../src/platform/connect.ts';
import { readConfig } from '../src/platform/config.ts';
import type { Route } from '../src/platform/http/route.ts';
import { createServer, type ServerOptions } from '../src/platform/http/server.ts';
import { createSay } from '../src/platform/i18n.ts';
import { createLog } from '../src/platform/log.ts';
import type { Platform } from '../src/platform/platform.ts';

export interface TestPlatform {
  platform: Platform;
  connections: Connections;
  close(): Promise<void>;
}

let made = 0;

/** Both stores for one test file: a PostgreSQL database from the migrated template and a ClickHouse database of its own. */
export async function createTestPlatform(): Promise<TestPlatform> {
  const shared = inject('connections');
  const name = `perennial_test_${process.pid}_${threadId}_${Date.now().toString(36)}_${++made}`;
  const server = new pg.Client({ connectionString: shared.postgresUrl.replace(/\/perennial$/, '/postgres') });
  await server.connect();
  await server.query(`create database ${name} template perennial`);
  await server.end();
  const folder = mkdtempSync(join(tmpdir(), 'perennial-file-'));
  const connections: Connections = {
    ...shared,
    postgresUrl: shared.postgresUrl.replace(/\/perennial$/, `/${name}`),
    clickhouse: { ...shared.clickhouse, database: name },
    reader: { ...shared.reader, database: name },
    folders: { facts: join(folder, 'facts'), uploads: join(folder, 'uploads'), exports: join(folder, 'exports') },
  };
  const { mkdir } = await import('node:fs/promises');
  for (const path of Object.values(connections.folders)) await mkdir(path, { recursive: true });
  const log = createLog('fatal');
  await copyTables(connections.clickhouse);
  const { platform, close } = connect(readConfig({ PERENNIAL_DATA_DIR: folder }), connections, log);
  return {
    platform,
    connections,
    async close() {
      await close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The tables as the migrations left them in the database of the run: one statement a table, side by side, instead of every migration again. */
async function copyTables(address: ClickHouseAddress): Promise<void> {
  await createClickHouseDatabase(address);
  const clickhouse = openClickHouse(address);
  try {
    await Promise.all(inject('tables').map((statement) => clickhouse.command(statement)));
    await clickhouse.command(`insert into schema_migration select * from ${inject('connections').clickhouse.database}.schema_migration`);
    await createMergeDictionary(clickhouse);
  } finally {
    await clickhouse.close();
  }
}

/** A member of staff with just these permissions. */
export const staff = (...permissions: Permission[]): Actor => staffOf(1, permissions);

const staffOf = (id: number, permissions: readonly Permission[]): Actor => ({
  kind: 'staff',
  id,
  name: 'test staff',
  permissions: new Set(permissions),
  locale: 'en',
});

/**
 * The HTTP server with the given routes. A request is made by the actor whose permissions
 * stand, separated by spaces, in the header `x-test-permissions`; without it nobody is signed in. Another
 * person than the first is who has another number in the header `x-test-staff`.
 */
export const createTestServer = (platform: Platform, routes: Route[], extend?: ServerOptions['extend']): Promise<FastifyInstance> =>
  createServer({
    log: platform.log,
    say: createSay(),
    routes,
    extend,
    authenticate: async (request) => {
      const given = request.headers['x-test-permissions'];
      if (given === undefined) return null;
      return staffOf(Number(request.headers['x-test-staff'] ?? 1), String(given).split(' ').filter(Boolean) as Permission[]);
    },
  });
