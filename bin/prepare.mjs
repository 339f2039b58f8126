// Does what is missing before a command can run: the packages, the runtime, the built web.
// Plain JavaScript for whatever Node is at hand; everything after it runs on Node 24.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Installs the packages of the lockfile unless they are all here already. */
export function install() {
  if (installed()) return;
  console.log('Installing packages (once; about a minute) …');
  // npm's warnings are about the Node at hand; the packages run on the one that comes with them.
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
}

function installed() {
  const here = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(here)) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const found = JSON.parse(readFileSync(here, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || found[path]?.version === entry.version,
  );
}

/** The Node that runs TypeScript as it is: the one that came with the packages, or this one when it is new enough. */
export function runtime() {
  const own = join(root, 'node_modules', '.bin', 'node');
  if (existsSync(own)) return own;
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  console.error(`This machine has Node ${process.versions.node} and no packaged runtime for ${process.platform}-${process.arch}. Install Node 24.`);
  process.exit(1);
}

/** Builds the web unless it was built from just these files. */
export function build() {
  const stamp = join(root, 'dist', 'web', '.built-from');
  const now = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return;
  console.log('Building the web (once for each change) …');
  execFileSync(runtime(), [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn'], { cwd: root, stdio: 'inherit' });
  writeFileSync(stamp, now);
}

function fingerprint() {
  const hash = createHash('sha256');
  const visit = (path) => {
    const stat = statSync(path);
    if (stat.isDirectory()) {
      for (const name of readdirSync(path).sort()) visit(join(path, name));
    } else if (!path.endsWith('.test.ts') && !path.endsWith('.test.tsx')) {
      hash.update(path.slice(root.length)).update(readFileSync(path));
    }
  };
  for (const part of ['src', 'vite.config.ts', 'package-lock.json']) visit(join(root, part));
  return hash.digest('hex');
}

/** Runs a program in the foreground, hands signals on, and ends as it ends. */
export function hand(program, programArguments, env = {}) {
  const path = `${join(root, 'node_modules', '.bin')}:${process.env.PATH}`;
  const child = spawn(program, programArguments, { stdio: 'inherit', env: { ...process.env, PATH: path, ...env } });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}
