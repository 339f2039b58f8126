import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findServer, type LocalServer } from '../src/serve/local-server.ts';

/** The product's process tree, ready or not. */
export interface Launched {
  process: ChildProcess;
  /** What it has printed so far. */
  output(): string;
  /** Resolves with the exit code, null after a signal. */
  exited: Promise<number | null>;
  /** Kills every process of the tree so that nothing can clean up. */
  killTree(): Promise<void>;
  /** Asks it to end and answers with its exit code. */
  stop(): Promise<number | null>;
}

/** The product as a person runs it: a process tree of its own on a data folder of its own. */
export interface Product extends LocalServer, Launched {
  readyMs: number;
  /** A JSON request by the command line's own credential. */
  ask<T>(method: string, path: string, body?: unknown): Promise<T>;
}

/** How a product is launched when not as usual: of another checkout, by another user. */
export interface LaunchOptions {
  root?: string;
  uid?: number;
}

/** Starts the product and does not wait for it. */
export function launchProduct(dataDir: string, env: Record<string, string> = {}, options: LaunchOptions = {}): Launched {
  const root = options.root ?? join(import.meta.dirname, '..');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(root, 'src', 'main.ts'), 'serve'], {
    env: { ...process.env, PERENNIAL_DATA_DIR: dataDir, PERENNIAL_PORT: '0', PERENNIAL_DEMO: '0', PERENNIAL_TRAIN: '0', PERENNIAL_LOG: 'warn', LANG: 'en_GB.UTF-8', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
  });
  let words = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (words = (words + chunk.toString('utf8')).slice(-200_000)));
  const exited = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
  return {
    process: child,
    output: () => words,
    exited,
    async killTree() {
      const root = child.pid;
      if (root === undefined) return;
      // The head is held first, so that it starts nothing new while its children are killed.
      signal(root, 'SIGSTOP');
      for (let below = descendants(root); below.length > 0; below = descendants(root).filter((pid) => !isZombie(pid))) {
        for (const pid of below) signal(pid, 'SIGKILL');
        await sleep(5);
      }
      signal(root, 'SIGKILL');
      await exited;
    },
    async stop() {
      child.kill('SIGTERM');
      return exited;
    },
  };
}

/** Starts the product and waits until it is ready; throws with its last words when it ends before. */
export async function startProduct(dataDir: string, env: Record<string, string> = {}, options: LaunchOptions = {}): Promise<Product> {
  const startedMs = Date.now();
  const launched = launchProduct(dataDir, env, options);
  const server = await untilReady(launched, dataDir);
  return {
    ...server,
    ...launched,
    readyMs: Date.now() - startedMs,
    ask: (method, path, body) => ask(server, method, path, body),
  };
}

async function untilReady({ process: child, output }: Launched, dataDir: string): Promise<LocalServer> {
  for (let waitedMs = 0; waitedMs < 90_000; waitedMs += 50) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the product ended: ${output()}`);
    if (output().includes('is ready')) {
      const server = await findServer(dataDir);
      if (server && server.pid === child.pid) return server;
    }
    await sleep(50);
  }
  throw new Error(`the product is not ready after 90 s: ${output()}`);
}

async function ask<T>(server: LocalServer, method: string, path: string, body?: unknown): Promise<T> {
  const reply = await fetch(`${server.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${server.token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await reply.text();
  if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${text.slice(0, 300)}`);
  return (text ? JSON.parse(text) : undefined) as T;
}

/** Sends a signal to a process that may have ended. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself in between.
  }
}

/** Fields of /proc/<pid>/stat from the state on; undefined when there is no such process. */
function statOf(pid: number | string): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

const isZombie = (pid: number): boolean => (statOf(pid)?.[0] ?? 'Z') === 'Z';

/** True while a process exists that is not just waiting to be buried. */
export const isRunning = (pid: number): boolean => !isZombie(pid);

/** What a process was started with. */
export function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

/** Every process below one, parents before children. */
export function descendants(pid: number): number[] {
  const parents = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((name) => ({ pid: Number(name), parent: Number(statOf(name)?.[1]) }));
  const below = (of: number): number[] => parents.filter((p) => p.parent === of).flatMap((p) => [p.pid, ...below(p.pid)]);
  return below(pid);
}

/** The parts of a running product by what they are. */
export function partsOf(product: Launched): { postgres: number; clickhouse: number; worker: number } {
  const children = descendants(product.process.pid ?? 0);
  const find = (pattern: RegExp): number => children.find((pid) => pattern.test(commandLine(pid))) ?? 0;
  return { postgres: find(/bin\/postgres -D/), clickhouse: find(/clickhouse\/child\.ts/), worker: find(/main\.ts worker/) };
}
