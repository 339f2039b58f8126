import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findServer, type LocalServer } from '../src/serve/local-server.ts';

/** The product as a person runs it: a process tree of its own on a data folder of its own. */
export interface Product extends LocalServer {
  process: ChildProcess;
  /** What it has printed so far. */
  output(): string;
  readyMs: number;
  /** Kills every process of the tree at once, children first, so that nothing can clean up. */
  killTree(): Promise<void>;
  /** Asks it to end and answers with its exit code. */
  stop(): Promise<number | null>;
  /** A JSON request by the command line's own credential. */
  ask<T>(method: string, path: string, body?: unknown): Promise<T>;
}

/** Starts the product and waits until it is ready; throws with its last words when it ends before. */
export async function startProduct(dataDir: string, env: Record<string, string> = {}): Promise<Product> {
  const startedMs = Date.now();
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, '..', 'src', 'main.ts'), 'serve'], {
    env: { ...process.env, PERENNIAL_DATA_DIR: dataDir, PERENNIAL_PORT: '0', PERENNIAL_DEMO: '0', PERENNIAL_LOG: 'warn', LANG: 'en_GB.UTF-8', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let words = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (words = (words + chunk.toString('utf8')).slice(-20_000)));
  const exited = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
  const server = await untilReady(child, dataDir, () => words);
  return {
    ...server,
    process: child,
    output: () => words,
    readyMs: Date.now() - startedMs,
    async killTree() {
      for (const pid of [...descendants(child.pid ?? 0).reverse(), child.pid ?? 0]) {
        try {
          process.kill(pid, 'SIGKILL');
        } catch {
          // It ended by itself in between.
        }
      }
      await exited;
    },
    async stop() {
      child.kill('SIGTERM');
      return exited;
    },
    ask: (method, path, body) => ask(server, method, path, body),
  };
}

async function untilReady(child: ChildProcess, dataDir: string, words: () => string): Promise<LocalServer> {
  for (let waitedMs = 0; waitedMs < 90_000; waitedMs += 50) {
    if (child.exitCode !== null) throw new Error(`the product ended: ${words()}`);
    if (words().includes('is ready')) {
      const server = await findServer(dataDir);
      if (server && server.pid === child.pid) return server;
    }
    await sleep(50);
  }
  throw new Error(`the product is not ready after 90 s: ${words()}`);
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

/** Every process below one, parents before children. */
export function descendants(pid: number): number[] {
  const parents = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      return [{ pid: Number(name), parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) }];
    } catch {
      return [];
    }
  });
  const below = (of: number): number[] => parents.filter((p) => p.parent === of).flatMap((p) => [p.pid, ...below(p.pid)]);
  return below(pid);
}
