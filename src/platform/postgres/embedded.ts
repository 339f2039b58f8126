import { spawn, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { Problem } from '../../kernel/problem.ts';
import { demandDatabase, noteDatabase } from '../data-folder.ts';
import { freePort } from '../free-port.ts';
import type { Log } from '../log.ts';
import { postgresBinaries, reachableBinaries } from './binaries.ts';
import { checkCluster, clusterPassword, findCluster, makeCluster } from './cluster.ts';
import { stopServersOf } from './leftover.ts';

export interface EmbeddedPostgres {
  url: string;
  /** Resolves with the exit code when the server ends. */
  exited: Promise<number | null>;
  stop(): Promise<void>;
  pid: number;
}

/**
 * Starts the PostgreSQL server on `folder`, making the cluster on first use. It listens on loopback
 * with a password made for this folder. A server left over from a killed parent is stopped first:
 * every acknowledged commit is in its write-ahead log.
 */
export async function startPostgres(folder: string, runFolder: string, log: Log): Promise<EmbeddedPostgres> {
  const cluster = findCluster(folder);
  const dataDir = dirname(folder);
  const native = reachableBinaries(postgresBinaries(), cluster.identity);
  const password = clusterPassword(runFolder);
  await stopServersOf(cluster.folder, log);
  demandDatabase(dataDir, cluster.folder);
  await makeCluster(native, cluster, password, log);
  noteDatabase(dataDir);
  checkCluster(cluster);
  // Nobody works in the folder any more, so what this file says (nothing, after some crashes) is of no use.
  rmSync(join(cluster.folder, 'postmaster.pid'), { force: true });
  const port = await freePort();
  const child = spawn(join(native, 'bin', 'postgres'), ['-D', cluster.folder, ...settings(port)], {
    ...cluster.identity,
    // A group of its own: Ctrl-C in a terminal must not end the database before those who use it.
    detached: true,
    cwd: '/',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { LD_LIBRARY_PATH: join(native, 'lib'), PATH: process.env.PATH, LC_ALL: 'C' },
  });
  const lastWords = keepLastWords(child);
  const exited = new Promise<number | null>((done) => {
    child.once('exit', (code) => done(code));
    child.once('error', () => done(null));
  });
  const url = `postgres://perennial:${password}@127.0.0.1:${port}/perennial`;
  try {
    await untilReady(url, exited, lastWords, log);
  } catch (error) {
    await stop(child, exited);
    throw error;
  }
  return { url, exited, stop: () => stop(child, exited), pid: child.pid ?? 0 };
}

/** Durable as PostgreSQL is by default; memory from what the machine has, never more than it can spare. */
function settings(port: number): string[] {
  const quarterMiB = Math.floor(totalmem() / 4 / 2 ** 20);
  const options = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 80,
    shared_buffers: `${Math.min(1024, Math.max(64, Math.floor(quarterMiB / 2)))}MB`,
    effective_cache_size: `${quarterMiB * 2}MB`,
    work_mem: '32MB',
    maintenance_work_mem: `${Math.min(512, quarterMiB)}MB`,
    max_wal_size: '4GB',
    checkpoint_timeout: '15min',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_min_messages: 'warning',
    log_min_error_statement: 'panic',
    log_parameter_max_length: 0,
  };
  return Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

function keepLastWords(child: ChildProcess): () => string {
  let text = '';
  const keep = (chunk: Buffer): void => {
    text = (text + chunk.toString('utf8')).slice(-4_000);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  return () => text;
}

const startLimitMs = 60_000;
/** After a crash the write-ahead log is replayed first; there may be gigabytes of it. */
const recoveryLimitMs = 30 * 60_000;
const startingUp = '57P03';
const wrongPassword = '28P01';

async function untilReady(url: string, exited: Promise<number | null>, lastWords: () => string, log: Log): Promise<void> {
  let ended = false;
  void exited.then(() => (ended = true));
  const admin = url.replace(/perennial$/, 'postgres');
  const startedMs = Date.now();
  let limitMs = startLimitMs;
  while (!ended && Date.now() - startedMs < limitMs) {
    const client = new pg.Client({ connectionString: admin });
    try {
      await client.connect();
      const found = await client.query("select 1 from pg_database where datname = 'perennial'");
      if (found.rowCount === 0) await client.query('create database perennial');
      return;
    } catch (error) {
      const code = (error as { code?: string }).code;
      if (code === wrongPassword) throw new Problem('platform.postgres_password', { status: 500 });
      if (code === startingUp && limitMs < recoveryLimitMs && Date.now() - startedMs > 5_000) {
        log.warn('the database repeats what was under way when it was stopped; this may take minutes');
        limitMs = recoveryLimitMs;
      }
      await sleep(25);
    } finally {
      await client.end().catch(() => {});
    }
  }
  throw new Problem('platform.postgres_start_failed', { status: 500, params: { words: lastWords().trim().split('\n').slice(-3).join(' ') } });
}

async function stop(child: ChildProcess, exited: Promise<number | null>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGINT');
  const forced = setTimeout(() => child.kill('SIGQUIT'), 15_000);
  await exited;
  clearTimeout(forced);
}
