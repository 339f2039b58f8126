import { createClickHouseDatabase } from './clickhouse/database.ts';
import { openClickHouse, type ClickHouse, type ClickHouseAddress } from './clickhouse/client.ts';
import { beginAnewIfDamaged } from './clickhouse/damage.ts';
import { createMergeDictionary } from './clickhouse/merge-dictionary.ts';
import { systemClock } from './clock.ts';
import type { Config } from './config.ts';
import { readDiskRoom } from './disk-room.ts';
import { createJobs } from './jobs.ts';
import type { Log } from './log.ts';
import { migrateClickHouse, migratePostgres, readMigrations } from './migrations.ts';
import type { Folders, Platform } from './platform.ts';
import { createPool } from './postgres/pool.ts';
import { deriveKey } from './secrets.ts';
import { Problem } from '../kernel/problem.ts';
import type pg from 'pg';
import { dirname, join } from 'node:path';

/** Where the two stores are and what this process may use; plain data, so that it can be handed to a child process. */
export interface Connections {
  postgresUrl: string;
  clickhouse: ClickHouseAddress;
  reader: ClickHouseAddress;
  secret: string;
  folders: Folders;
}

const migrations = join(import.meta.dirname, '..', '..', 'migrations');

/** Brings both stores up to date, side by side. Safe when two processes do it at once. */
export async function migrate(connections: Connections, log: Log): Promise<void> {
  const pool = createPool(connections.postgresUrl, 2, log);
  const clickhouse = openClickHouse(connections.clickhouse);
  try {
    await Promise.all([bringPostgres(pool, connections.secret), bringClickHouse(clickhouse, pool, log)]);
  } finally {
    await clickhouse.close();
    await pool.end();
  }
}

async function bringPostgres(pool: pg.Pool, secret: string): Promise<void> {
  await migratePostgres(pool, readMigrations(join(migrations, 'postgres')));
  await demandSecret(pool, secret);
}

async function bringClickHouse(clickhouse: ClickHouse, pool: pg.Pool, log: Log): Promise<void> {
  const facts = readMigrations(join(migrations, 'clickhouse'));
  await createClickHouseDatabase(clickhouse.address);
  await beginAnewIfDamaged(clickhouse, facts, log);
  await migrateClickHouse(clickhouse, pool, facts);
  await createMergeDictionary(clickhouse);
}

/** Refuses another secret than the database was made with: what it would encrypt and hash fits nothing that is there. */
async function demandSecret(pool: pg.Pool, secret: string): Promise<void> {
  const mark = deriveKey(secret, 'mark of the secret').toString('hex');
  const { rows } = await pool.query<{ value: string }>(`insert into setting (name, value) values ('secret_mark', to_jsonb($1::text))
    on conflict (name) do update set name = excluded.name returning value`, [mark]);
  if (rows[0].value !== mark) throw new Problem('platform.secret_changed', { status: 500 });
}

/** Opens the stores for one process. `close` gives every connection back. */
export function connect(config: Config, connections: Connections, log: Log): { platform: Platform; close(): Promise<void> } {
  const pool = createPool(connections.postgresUrl, 24, log);
  const clickhouse = openClickHouse(connections.clickhouse);
  const reader = openClickHouse(connections.reader, true);
  const platform: Platform = {
    config,
    log,
    clock: systemClock,
    secret: connections.secret,
    pg: pool,
    clickhouse,
    reader,
    jobs: createJobs(connections.postgresUrl, log),
    folders: connections.folders,
    room: readDiskRoom(dirname(connections.folders.facts)),
  };
  return {
    platform,
    async close() {
      await platform.jobs.stop();
      await Promise.all([clickhouse.close(), reader.close()]);
      await pool.end();
    },
  };
}
