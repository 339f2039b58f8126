import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../kernel/problem.ts';

/** Raised when the layout of the folder changes so that an older program must not touch it. */
export const dataFolderVersion = 1;

export interface DataFolder {
  path: string;
  /** 32 bytes as hex: root of every key of this deployment. */
  secret: string;
  postgres: string;
  clickhouse: string;
  facts: string;
  uploads: string;
  exports: string;
  run: string;
  /** Gives the folder free for another process. */
  release(): void;
}

/**
 * Opens a data folder for this process alone, making it when it is missing.
 * Refuses, with the reason, a folder another live process holds (naming its pid) or
 * one made by a newer version. A lock left by a dead process is taken over. An API and a
 * worker that run apart share a folder, each under a lock of its own name.
 */
export function openDataFolder(path: string, secretFromEnvironment?: string, lockName = 'lock'): DataFolder {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const release = lock(path, lockName);
  try {
    checkVersion(path);
    const folder = (name: string): string => {
      const full = join(path, name);
      mkdirSync(full, { recursive: true, mode: 0o700 });
      return full;
    };
    return {
      path,
      secret: secretFromEnvironment ?? ownSecret(path),
      postgres: join(path, 'postgres'),
      clickhouse: folder('clickhouse'),
      facts: folder('facts'),
      uploads: folder('uploads'),
      exports: folder('exports'),
      run: folder('run'),
      release,
    };
  } catch (error) {
    release();
    throw error;
  }
}

function checkVersion(path: string): void {
  const file = join(path, 'version');
  if (!existsSync(file)) {
    writeFileSync(file, `${dataFolderVersion}\n`, { mode: 0o600 });
    return;
  }
  const found = Number(readFileSync(file, 'utf8'));
  if (!(found <= dataFolderVersion)) {
    throw new Problem('platform.data_folder_newer', { params: { path, found, known: dataFolderVersion } });
  }
}

function ownSecret(path: string): string {
  const file = join(path, 'secret');
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
  return readFileSync(file, 'utf8').trim();
}

interface Holder {
  pid: number;
  /** Start time in clock ticks since boot, so that a reused pid is not taken for the holder. */
  startedTicks: string;
}

function lock(path: string, name: string): () => void {
  const file = join(path, name);
  const mine: Holder = { pid: process.pid, startedTicks: startTicks(process.pid) ?? '' };
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(mine), { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 5; attempt++) {
      if (claim(draft, file)) return () => rmSync(file, { force: true });
      const holder = readHolder(file);
      if (holder && isAlive(holder)) {
        throw new Problem('platform.data_folder_in_use', { params: { path, pid: holder.pid } });
      }
      setAside(file, holder);
    }
  } finally {
    unlinkSync(draft);
  }
  throw new Problem('platform.data_folder_in_use', { params: { path, pid: '?' } });
}

/** `link` fails when the name exists, so exactly one of several processes gets the lock. */
function claim(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Moves a dead holder's lock away, and puts it back when another process was quicker. */
function setAside(file: string, dead: Holder | null): void {
  const aside = `${file}.dead.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const moved = readHolder(aside);
  if (moved && moved.pid !== dead?.pid && isAlive(moved)) claim(aside, file);
  rmSync(aside, { force: true });
}

function readHolder(file: string): Holder | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return null;
  }
}

function isAlive(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const ticks = startTicks(holder.pid);
  return ticks === undefined || holder.startedTicks === '' || ticks === holder.startedTicks;
}

function startTicks(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
