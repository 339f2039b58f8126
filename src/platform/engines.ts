import { join } from 'node:path';
import { startClickHouse, type EmbeddedClickHouse } from './clickhouse/embedded.ts';
import { clickHouseAddress } from './clickhouse/database.ts';
import { Problem } from '../kernel/problem.ts';
import type { Config } from './config.ts';
import type { Connections } from './connect.ts';
import { openDataFolder, type DataFolder } from './data-folder.ts';
import { giveUpBallast, watchDisk } from './disk-room.ts';
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
  const folder = openWithRoom(config);
  // Before the engines, which need room to start.
  const endWatch = watchDisk(config.dataDir, log);
  let postgres: EmbeddedPostgres | undefined;
  let clickhouse: EmbeddedClickHouse | undefined;
  const stop = async (): Promise<void> => {
    await Promise.all([postgres?.stop(), clickhouse?.stop()]);
    endWatch();
    folder.release();
  };
  try {
    const started = await Promise.allSettled([
      config.databaseUrl ? undefined : startPostgres(folder.postgres, folder.run, log).then((p) => (postgres = p)),
      config.clickhouseUrl ? undefined : startClickHouse(folder.clickhouse, folder.run, log).then((c) => (clickhouse = c)),
    ]);
    const failed = started.find((s) => s.status === 'rejected');
    if (failed) throw withoutRoom(failed.reason, config.dataDir);
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

/** On a full disk the ballast makes the room that a start needs. */
function openWithRoom({ dataDir, secret, role }: Config): DataFolder {
  const open = (): DataFolder => openDataFolder(dataDir, secret, role === 'api' ? 'lock-api' : 'lock');
  try {
    return open();
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'platform.data_folder_full' || !giveUpBallast(dataDir)) throw error;
    return open();
  }
}

/** Engines that do not start on a full disk say so somewhere in their last words. */
function withoutRoom(reason: unknown, path: string): unknown {
  const isFull = reason instanceof Problem && /No space left|NOT_ENOUGH_SPACE|disk full/i.test(JSON.stringify(reason.params));
  return isFull ? new Problem('platform.data_folder_full', { status: 507, params: { path }, cause: reason }) : reason;
}
