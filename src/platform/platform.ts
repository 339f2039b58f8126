import type pg from 'pg';
import type { ClickHouse } from './clickhouse/client.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { DiskRoom } from './disk-room.ts';
import type { Jobs } from './jobs.ts';
import type { Log } from './log.ts';

/** Folders for files, as far as this process has them. */
export interface Folders {
  facts: string;
  uploads: string;
  exports: string;
}

/** Everything a domain may use of the world. Domains take it once, when they are made. */
export interface Platform {
  config: Config;
  log: Log;
  clock: Clock;
  /** Root of every key of this deployment; see `deriveKey`. */
  secret: string;
  pg: pg.Pool;
  clickhouse: ClickHouse;
  /** For questions whose shape a person chose: a user that may only read. */
  reader: ClickHouse;
  jobs: Jobs;
  folders: Folders;
  /** Asked before anything large is taken in. */
  room: DiskRoom;
}
