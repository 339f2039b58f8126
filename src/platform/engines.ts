import { join } from 'node:path';
import { startClickHouse, type EmbeddedClickHouse } from './clickhouse/embedded.ts';
import { clickHouseAddress } from './clickhouse/database.ts';
import { Problem } from '../kernel/problem.ts';
import type { Config } from './config.ts';
import type { Connections } from './connect.ts';
import { openDataFolder } from './data-folder.ts';
import type { Log } from './log.ts';
import { startPostgres, type EmbeddedPostgres } from './postgres/embedded.ts';

export interface Engines {
  connections: Connections;
  /** The folder for what belongs to the running process: sockets, local secrets. */
  runFolder: string;
  postgres: EmbeddedPostgres | undefined;
  clickhouse: EmbeddedClickHouse | undefined;
  stop(): Promise<void>;
}

/** Opens the data folder and starts the engines that no URL was given for. */
export async function startEngines(config: Config, log: Log): Promise<Engines> {
  if (config.role !== 'all' && !(config.databaseUrl && config.clickhouseUrl)) {
    throw new Problem('platform.role_needs_urls', { params: { role: config.role } });
  }
  const folder = openDataFolder(config.dataDir, config.secret, config.role === 'api' ? 'lock-api' : 'lock');
  let postgres: EmbeddedPostgres | undefined;
  let clickhouse: EmbeddedClickHouse | undefined;
  const stop = async (): Promise<void> => {
    await Promise.all([postgres?.stop(), clickhouse?.stop()]);
    folder.release();
  };
  try {
    const started = await Promise.allSettled([
      config.databaseUrl ? undefined : startPostgres(folder.postgres, folder.run, log).then((p) => (postgres = p)),
      config.clickhouseUrl ? undefined : startClickHouse(folder.clickhouse, folder.run, log).then((c) => (clickhouse = c)),
    ]);
    const failed = started.find((s) => s.status === 'rejected');
    if (failed) throw failed.reason;
    const outside = config.clickhouseUrl ? clickHouseAddress(config.clickhouseUrl) : undefined;
    const writer = outside ?? clickhouse?.address;
    const reader = outside ?? clickhouse?.reader;
    const postgresUrl = config.databaseUrl ?? postgres?.url;
    if (!writer || !reader || !postgresUrl) throw new Error('an engine is missing');
    return {
      connections: {
        postgresUrl,
        clickhouse: writer,
        reader,
        secret: folder.secret,
        folders: { facts: folder.facts, uploads: folder.uploads, exports: folder.exports },
      },
      runFolder: join(config.dataDir, 'run'),
      postgres,
      clickhouse,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
