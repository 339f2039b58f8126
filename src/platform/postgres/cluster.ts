import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, readdirSync, readlinkSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Problem } from '../../kernel/problem.ts';
import { keptText, syncFolder } from '../kept-file.ts';
import { makePublic, publicFolder } from './binaries.ts';
import { stopServersOf } from './leftover.ts';
import { reachableBy } from './reachable.ts';
import type { Log } from '../log.ts';

const run = promisify(execFile);
/** Debian's and everyone's `nobody`: the server refuses to run as root. */
const unprivilegedId = 65_534;

/** Where the database's files are and as whom its server runs; `identity` is empty for the user who runs the program. */
export interface Cluster {
  folder: string;
  identity: { uid?: number; gid?: number };
}

/**
 * Finds or chooses the place of the database that belongs at `folder`. Root's databases belong to
 * `nobody`, in the data folder or, where `nobody` may not pass, in a public place behind a link;
 * a database another user made stays that user's. Nothing is made yet.
 */
export function findCluster(folder: string): Cluster {
  if (process.getuid?.() !== 0) return { folder, identity: {} };
  const nobody = { uid: unprivilegedId, gid: unprivilegedId };
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (found?.isSymbolicLink()) return { folder: linkedCluster(folder), identity: nobody };
  const dataDir = dirname(folder);
  if (found && existsSync(join(folder, 'PG_VERSION'))) {
    if (found.uid === unprivilegedId) passThrough(dataDir);
    const identity = found.uid === 0 ? nobody : { uid: found.uid, gid: found.gid };
    if (!reachableBy(dataDir, identity)) throw new Problem('platform.database_unreachable', { status: 500, params: { folder, uid: identity.uid } });
    return { folder, identity };
  }
  if (reachableBy(dirname(dataDir), nobody)) {
    passThrough(dataDir);
    return { folder, identity: nobody };
  }
  const elsewhere = publicClusterOf(folder);
  makePublic(dirname(elsewhere));
  symlinkSync(elsewhere, folder);
  return { folder: elsewhere, identity: nobody };
}

const publicClusterOf = (folder: string): string => join(publicFolder, 'clusters', resolve(folder).replaceAll('/', '%'));

/** The target of a link; a copy of a data folder must not run on the original's database. */
function linkedCluster(folder: string): string {
  const target = readlinkSync(folder);
  const original = basename(target).replaceAll('%', '/');
  if (original !== resolve(folder) && readLink(original) === target) {
    throw new Problem('platform.database_of_another', { status: 500, params: { folder, original: dirname(original) } });
  }
  return target;
}

function readLink(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

/** Lets `nobody` pass through the data folder to the cluster, without letting it list or read the folder. */
function passThrough(dataDir: string): void {
  chownSync(dataDir, 0, unprivilegedId);
  // 0710: the group may pass, nothing else.
  chmodSync(dataDir, 0o710);
}

/** The password of the database's only user, made with the database. */
export const clusterPassword = (runFolder: string): string =>
  keptText(join(runFolder, 'postgres-password'), () => randomBytes(24).toString('hex'));

/**
 * Makes the database unless it is there. It gets its name when it is complete and on disk, so a
 * crash in between leaves a draft that the next start throws away.
 * Throws where something else is at its place: nothing that may be data is ever removed.
 */
export async function makeCluster(native: string, { folder, identity }: Cluster, password: string, log: Log): Promise<void> {
  if (existsSync(join(folder, 'PG_VERSION'))) return;
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new Problem('platform.database_damaged', { status: 500, params: { folder } });
  const draft = `${folder}.new`;
  const passwordFile = `${folder}.password`;
  await stopServersOf(draft, log);
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (identity.uid !== undefined && identity.gid !== undefined) {
    for (const path of [draft, passwordFile]) chownSync(path, identity.uid, identity.gid);
  }
  try {
    const options = ['-D', draft, '-U', 'perennial', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8', '--locale=C'];
    await run(join(native, 'bin', 'initdb'), options, { ...identity, cwd: '/', env: { LC_ALL: 'C', PATH: process.env.PATH } });
  } catch (cause) {
    throw new Problem('platform.postgres_init_failed', { status: 500, params: { folder, words: lastLine(cause) }, cause });
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(draft, folder);
  syncFolder(dirname(folder));
}

const lastLine = (cause: unknown): string =>
  String((cause as { stderr?: string }).stderr ?? '').split('\n').map((line) => line.trim()).filter((line) => /error|fatal|could not/i.test(line)).slice(0, 2).join(' ');

/** Checks what is about to be served, so that the reason is told in a sentence. */
export function checkCluster({ folder }: Cluster): void {
  const control = statSync(join(folder, 'global', 'pg_control'), { throwIfNoEntry: false });
  if (!control || control.size === 0) throw new Problem('platform.database_damaged', { status: 500, params: { folder } });
}
