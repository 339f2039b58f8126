import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../../platform/config.ts';
import { refuseInUse } from '../../platform/data-folder.ts';
import { findServer, type LocalServer } from '../../serve/local-server.ts';
import { ToldFailure } from '../terminal/failure.ts';
import { createSpeech, type Speech } from '../terminal/speech.ts';
import type { Server } from './call.ts';

const lookMs = 100;
const patienceMs = 60_000;

/**
 * Does a command's work with the server that runs on the data folder; where none runs, one is
 * started for the moment, on a port of its own and without a demonstration brand.
 */
export async function withServer(config: Config, work: (server: Server, speech: Speech) => Promise<void>): Promise<void> {
  const speech = createSpeech();
  const running = await runningServer(config.dataDir);
  if (running) return work({ ...running, locale: speech.locale }, speech);
  console.error(speech.say('starting'));
  const own = await startServer(config);
  try {
    await work({ ...own.server, locale: speech.locale }, speech);
  } finally {
    await own.stop();
  }
}

/** The server on the folder, or null when the folder is free. One that is starting or busy is waited for. */
async function runningServer(dataDir: string): Promise<LocalServer | null> {
  for (const startedMs = Date.now(); ;) {
    const server = await findServer(dataDir);
    if (server) return server;
    try {
      refuseInUse(dataDir);
      return null;
    } catch (error) {
      if (Date.now() - startedMs > patienceMs) throw error;
    }
    await sleep(lookMs);
  }
}

async function startServer(config: Config): Promise<{ server: LocalServer; stop(): Promise<void> }> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, '..', '..', 'main.ts'), 'serve'], {
    env: { ...process.env, PERENNIAL_DATA_DIR: config.dataDir, PERENNIAL_PORT: '0', PERENNIAL_HOST: '127.0.0.1', PERENNIAL_DEMO: '0', PERENNIAL_LOG: 'error' },
    // Ctrl-C is the command's to handle; the channel tells the server when the command is gone.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let words = '';
  child.stderr?.on('data', (chunk: Buffer) => (words = (words + chunk.toString('utf8')).slice(-4_000)));
  const exited = new Promise<void>((done) => child.once('exit', () => done()));
  const server = await untilReady(child, config.dataDir, () => words);
  return {
    server,
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

async function untilReady(child: ChildProcess, dataDir: string, words: () => string): Promise<LocalServer> {
  while (child.exitCode === null && child.signalCode === null) {
    const server = await findServer(dataDir);
    if (server && server.pid === child.pid) return server;
    await sleep(lookMs);
  }
  // It said why, in the terminal's language.
  throw new ToldFailure(words().trim());
}
