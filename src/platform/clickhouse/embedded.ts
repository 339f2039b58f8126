import { spawn, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setPriority, totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '../../kernel/problem.ts';
import { freePort } from '../free-port.ts';
import { keptText } from '../kept-file.ts';
import type { Log } from '../log.ts';
import type { ClickHouseAddress } from './client.ts';
import { saysDamaged, setAside } from './damage.ts';

export interface EmbeddedClickHouse {
  address: ClickHouseAddress;
  /** May read the database `perennial` and nothing else: no files, no network, no writes. */
  reader: ClickHouseAddress;
  /** Ends the engine and does not bring it back. */
  stop(): Promise<void>;
  /** Kills the engine; it is back on the same port within a second or two. */
  restart(): Promise<void>;
  pid(): number;
}

const database = 'perennial';

/**
 * Runs the ClickHouse engine on `folder` in a child process that serves HTTP on loopback.
 * When the child dies it is started again on the same port; acknowledged inserts survive that.
 */
export async function startClickHouse(folder: string, runFolder: string, log: Log): Promise<EmbeddedClickHouse> {
  const port = await freePort();
  const secrets = readSecrets(runFolder);
  const config = writeConfiguration(runFolder, secrets);
  const url = `http://127.0.0.1:${port}`;
  const address = { url, username: 'perennial', password: secrets.writer, database };
  let stopping = false;
  let child = await launchSound(folder, config, port, address, log);

  const supervise = (watched: ChildProcess): void => {
    watched.once('exit', async (code, signal) => {
      if (stopping) return;
      log.error({ code, signal }, 'the analytics engine ended; starting it again');
      await sleep(300);
      if (stopping) return;
      child = launch(folder, config, port);
      supervise(child);
      await untilReady(child, address).catch((error: unknown) => log.error({ err: error }, 'the analytics engine did not come back'));
    });
  };
  supervise(child);
  return {
    address,
    reader: { url, username: 'reader', password: secrets.reader, database },
    pid: () => child.pid ?? 0,
    async restart() {
      child.kill('SIGKILL');
      await sleep(400);
      await untilReady(child, address);
    },
    async stop() {
      stopping = true;
      await stop(child, address);
    },
  };
}

/** Starts the engine; a folder it cannot read is set aside, because everything in it can be made anew. */
async function launchSound(folder: string, config: string, port: number, address: ClickHouseAddress, log: Log): Promise<ChildProcess> {
  const child = launch(folder, config, port);
  try {
    await untilReady(child, address);
    return child;
  } catch (error) {
    child.kill('SIGKILL');
    const words = String((error as Problem).params.words);
    if (!saysDamaged(words)) throw error;
    log.error({ words }, 'the analytics engine cannot read its folder; it is set aside and made anew from the log of facts');
  }
  setAside(folder);
  const second = launch(folder, config, port);
  await untilReady(second, address);
  return second;
}

interface Secrets {
  writer: string;
  reader: string;
}

function readSecrets(runFolder: string): Secrets {
  const file = join(runFolder, 'clickhouse-passwords');
  const secret = (): string => randomBytes(24).toString('hex');
  return JSON.parse(keptText(file, () => JSON.stringify({ writer: secret(), reader: secret() }))) as Secrets;
}

function writeConfiguration(runFolder: string, secrets: Secrets): string {
  const users = join(runFolder, 'clickhouse-users.xml');
  const config = join(runFolder, 'clickhouse.xml');
  const hash = (password: string): string => createHash('sha256').update(password).digest('hex');
  const user = (name: string, password: string, inside: string): string =>
    `<${name}><password_sha256_hex>${hash(password)}</password_sha256_hex><networks><ip>127.0.0.1</ip></networks><quota>default</quota>${inside}</${name}>`;
  // The engine signs itself in as `default` without a password to begin listening; that is all `default` may do.
  writeFileSync(users, `<clickhouse>
  <profiles><default/><reader><readonly>2</readonly></reader></profiles>
  <quotas><default/></quotas>
  <users>
    <default><password></password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota><grants><query>GRANT SYSTEM LISTEN ON *.*</query></grants></default>
    ${user('perennial', secrets.writer, '<profile>default</profile>')}
    ${user('reader', secrets.reader, `<profile>reader</profile><grants><query>GRANT SELECT, dictGet ON ${database}*.*</query></grants>`)}
  </users>
</clickhouse>`, { mode: 0o600 });
  // A third of the machine, and never more than 5 GiB: the other engine and the program live here too.
  const memoryBytes = Math.min(5 * 2 ** 30, Math.floor(totalmem() / 3));
  writeFileSync(config, `<clickhouse>
  <users_config>${users}</users_config>
  <max_server_memory_usage>${memoryBytes}</max_server_memory_usage>
  <mark_cache_size>268435456</mark_cache_size>
  <uncompressed_cache_size>0</uncompressed_cache_size>
  <max_concurrent_queries>64</max_concurrent_queries>
  <merge_tree><max_suspicious_broken_parts>10000</max_suspicious_broken_parts></merge_tree>
</clickhouse>`, { mode: 0o600 });
  return config;
}

/** The engine keeps serving while its first statement sleeps. */
const serveForever = 'SYSTEM START LISTEN HTTP; SELECT sleepEachRow(3) FROM numbers(1000000000) '
  + 'SETTINGS max_block_size = 1, function_sleep_max_microseconds_per_block = 0 FORMAT Null';

/** Whoever waits for a commit of PostgreSQL goes before inserts and merges of facts. */
const niceness = 3;

function launch(folder: string, config: string, port: number): ChildProcess {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const child = spawn(process.execPath, [
    '--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'child.ts'), libraryPath(),
    `--path=${folder}`, `--http_port=${port}`, '--listen_host=127.0.0.1', `--config-file=${config}`,
    '--log-level=error', `--query=${serveForever}`,
  ], {
    // A group of its own: the engine's shutdown signals its whole process group.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { TZ: 'UTC', PATH: process.env.PATH },
  });
  if (child.pid) setPriority(child.pid, niceness);
  let words = '';
  child.stderr?.on('data', (chunk: Buffer) => (words = (words + chunk.toString('utf8')).slice(-2_000)));
  Object.assign(child, { lastWords: () => words });
  return child;
}

function libraryPath(): string {
  const libc = process.platform === 'linux' ? '-gnu' : '';
  const name = `@chdb/lib-${process.platform}-${process.arch}${libc}/libchdb.so`;
  try {
    return createRequire(import.meta.url).resolve(name);
  } catch {
    throw new Problem('platform.no_embedded_clickhouse', { params: { platform: `${process.platform}-${process.arch}` } });
  }
}

async function untilReady(child: ChildProcess, address: ClickHouseAddress): Promise<void> {
  const statement = `CREATE DATABASE IF NOT EXISTS ${database}`;
  for (let waitedMs = 0; waitedMs < 60_000; waitedMs += 50) {
    if (child.exitCode !== null || child.signalCode !== null) break;
    try {
      const reply = await send(address, statement);
      if (reply.ok) return;
    } catch {
      // Not listening yet.
    }
    await sleep(50);
  }
  const words = (child as ChildProcess & { lastWords(): string }).lastWords().trim();
  throw new Problem('platform.clickhouse_start_failed', { status: 500, params: { words: words.split('\n').slice(-3).join(' ') } });
}

const send = (address: ClickHouseAddress, statement: string): Promise<Response> =>
  fetch(address.url, {
    method: 'POST',
    body: statement,
    headers: { 'X-ClickHouse-User': address.username, 'X-ClickHouse-Key': address.password },
    signal: AbortSignal.timeout(5_000),
  });

/** A clean shutdown takes milliseconds; a query that will not end is killed, which loses nothing. */
async function stop(child: ChildProcess, address: ClickHouseAddress): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((done) => child.once('exit', done));
  const forced = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await send(address, 'SYSTEM SHUTDOWN').catch(() => {});
  await exited;
  clearTimeout(forced);
}
