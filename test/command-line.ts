import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** What a command left behind. */
export interface Ended {
  code: number | null;
  /** Results. */
  out: string;
  /** Everything that is for the person only. */
  told: string;
}

/** Runs `perennial <words>` as a person does, and waits for its end. */
export function runCommand(dataDir: string, words: string[], env: Record<string, string> = {}, cwd = dataDir): Promise<Ended> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, '..', 'src', 'main.ts'), ...words], {
    cwd,
    env: { ...process.env, PERENNIAL_DATA_DIR: dataDir, PERENNIAL_LOG: 'error', LANG: 'en_GB.UTF-8', LC_ALL: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let told = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (told += chunk.toString('utf8')));
  return new Promise((done) => child.once('close', (code) => done({ code, out, told })));
}
