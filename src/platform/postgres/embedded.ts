import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { Problem } from '../../kernel/problem.ts';
import { freePort } from '../free-port.ts';
import type { Log } from '../log.ts';
import { postgresBinaries, publicFolder, reachableBinaries, reachableByAll } from './binaries.ts';

const run = promisify(execFile);
/** Debian's and everyone's `nobody`: the server refuses to run as root. */
const unprivilegedId = 65_534;

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
  const asRoot = process.getuid?.() === 0;
  const identity = asRoot ? { uid: unprivilegedId, gid: unprivilegedId } : {};
  const native = asRoot ? reachableBinaries(postgresBinaries()) : postgresBinaries();
  const cluster = asRoot ? reachableCluster(folder) : folder;
  const password = clusterPassword(runFolder);
  if (!existsSync(join(cluster, 'PG_VERSION'))) await initialise(native, cluster, password, identity);
  await stopLeftover(cluster, log);
  const port = await freePort();
  const child = spawn(join(native, 'bin', 'postgres'), ['-D', cluster, ...settings(port)], {
    ...identity,
    // A group of its own: Ctrl-C in a terminal must not end the database before those who use it.
    detached: true,
    cwd: '/',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { LD_LIBRARY_PATH: join(native, 'lib'), PATH: process.env.PATH, LC_ALL: 'C' },
  });
  const lastWords = keepLastWords(child);
  const exited = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
  const url = `postgres://perennial:${password}@127.0.0.1:${port}/perennial`;
  await untilReady(url, exited, lastWords);
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

/** When root's data folder lies where `nobody` may not pass, the cluster lives in a public place behind a link. */
function reachableCluster(folder: string): string {
  let cluster = folder;
  if (!reachableByAll(resolve(folder, '..', '..'))) {
    cluster = join(publicFolder, 'clusters', resolve(folder).replaceAll('/', '%'));
    mkdirSync(cluster, { recursive: true, mode: 0o700 });
    if (!existsSync(folder)) symlinkSync(cluster, folder);
  } else {
    mkdirSync(cluster, { recursive: true, mode: 0o700 });
    passThrough(resolve(folder, '..'));
  }
  chownSync(cluster, unprivilegedId, unprivilegedId);
  return cluster;
}

/** Lets `nobody` pass through the data folder to the cluster, without letting it list or read the folder. */
function passThrough(dataDir: string): void {
  chownSync(dataDir, 0, unprivilegedId);
  // 0710: the group may pass, nothing else.
  chmodSync(dataDir, 0o710);
}

function clusterPassword(runFolder: string): string {
  const file = join(runFolder, 'postgres-password');
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

async function initialise(native: string, cluster: string, password: string, identity: object): Promise<void> {
  const passwordFile = join(cluster, '..', '.initial-password');
  const own = join(publicFolder, '.initial-password');
  const file = 'uid' in identity ? own : passwordFile;
  mkdirSync(resolve(file, '..'), { recursive: true });
  writeFileSync(file, password, { mode: 0o600 });
  if ('uid' in identity) chownSync(file, unprivilegedId, unprivilegedId);
  try {
    const options = ['-D', cluster, '-U', 'perennial', '--auth=scram-sha-256', `--pwfile=${file}`,
      '--encoding=UTF8', '--locale=C', '--no-sync'];
    await run(join(native, 'bin', 'initdb'), options, { ...identity, cwd: '/', env: { LC_ALL: 'C', PATH: process.env.PATH } });
  } catch (cause) {
    throw new Problem('platform.postgres_init_failed', { status: 500, params: { folder: cluster }, cause });
  } finally {
    rmSync(file, { force: true });
  }
}

/** A killed parent may leave its server running: it is asked to stop, then made to. */
async function stopLeftover(cluster: string, log: Log): Promise<void> {
  const file = join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  if (pid > 0 && isPostgresOf(pid, cluster)) {
    log.warn({ pid }, 'a PostgreSQL server of an earlier run is still there; stopping it');
    for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
      try {
        process.kill(pid, signal);
      } catch {
        break;
      }
      for (let waited = 0; waited < 50 && isPostgresOf(pid, cluster); waited++) await sleep(100);
    }
  }
  rmSync(file, { force: true });
}

function isPostgresOf(pid: number, cluster: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(cluster);
  } catch {
    return false;
  }
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

async function untilReady(url: string, exited: Promise<number | null>, lastWords: () => string): Promise<void> {
  let ended = false;
  void exited.then(() => (ended = true));
  const admin = url.replace(/perennial$/, 'postgres');
  for (let waitedMs = 0; waitedMs < 60_000; waitedMs += 25) {
    if (ended) break;
    const client = new pg.Client({ connectionString: admin });
    try {
      await client.connect();
      const found = await client.query("select 1 from pg_database where datname = 'perennial'");
      if (found.rowCount === 0) await client.query('create database perennial');
      return;
    } catch (error) {
      const code = (error as { code?: string }).code;
      if (code === '28P01') throw new Problem('platform.postgres_password', { status: 500 });
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
