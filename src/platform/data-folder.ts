import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../kernel/problem.ts';
import { keptText } from './kept-file.ts';

/** Raised when the layout of the folder changes so that an older program must not touch it. */
export const dataFolderVersion = 1;

/** A file with this name says that the folder is being restored, or that the restoring was cut off. */
export const incompleteMark = 'incomplete';

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
  try {
    return openLocked(path, secretFromEnvironment, lockName);
  } catch (error) {
    throw asProblem(path, error);
  }
}

/** What the file system says, as a sentence; a Problem stays what it is. */
function asProblem(path: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof Problem || typeof code !== 'string' || !/^E[A-Z]+$/.test(code)) return error;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new Problem('platform.data_folder_full', { status: 507, params: { path }, cause: error });
  return new Problem('platform.data_folder_unusable', { status: 500, params: { path, reason: code }, cause: error });
}

function openLocked(path: string, secretFromEnvironment: string | undefined, lockName: string): DataFolder {
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
  if (existsSync(join(path, incompleteMark))) throw new Problem('platform.data_folder_incomplete', { params: { path } });
  const file = join(path, 'version');
  const found = Number(keptText(file, () => `${dataFolderVersion}\n`));
  if (!(found <= dataFolderVersion)) {
    throw new Problem('platform.data_folder_newer', { params: { path, found, known: dataFolderVersion } });
  }
}

function ownSecret(path: string): string {
  const file = join(path, 'secret');
  // A new secret beside data would make all that is encrypted unreadable for ever.
  if (!existsSync(file) && hasDatabase(path)) throw new Problem('platform.secret_missing', { status: 500, params: { file } });
  const secret = keptText(file, () => randomBytes(32).toString('hex'));
  if (secret.length < 32) throw new Problem('platform.secret_missing', { status: 500, params: { file } });
  return secret;
}

const databaseMade = (path: string): string => join(path, 'run', 'database-made');

/** True once a database was made in the folder. */
export const hasDatabase = (path: string): boolean => existsSync(databaseMade(path));

/** Notes that the folder has a database from now on: one that is missing later was lost, and is not made anew. */
export const noteDatabase = (path: string): void => void keptText(databaseMade(path), () => new Date().toISOString());

/** Refuses a folder whose database has gone. */
export function demandDatabase(path: string, cluster: string): void {
  if (hasDatabase(path) && !existsSync(join(cluster, 'PG_VERSION'))) {
    throw new Problem('platform.database_missing', { status: 500, params: { folder: cluster } });
  }
}

/** Refuses a folder that a live process holds, before anything else is loaded or touched. */
export function refuseInUse(path: string, lockName = 'lock'): void {
  const holder = readHolder(join(path, lockName));
  if (holder && isAlive(holder)) throw new Problem('platform.data_folder_in_use', { params: { path, pid: holder.pid } });
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
      refuseInUse(path, name);
      setAside(file, readHolder(file));
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
