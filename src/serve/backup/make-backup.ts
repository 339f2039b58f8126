import { createHash } from 'node:crypto';
import { mkdir, readdir, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Problem } from '../../kernel/problem.ts';
import { beginBaseBackup, type BaseBackup } from './base-backup.ts';
import { clusterFiles, controlFile, listing } from './cluster-files.ts';
import { copyFile, forEach } from './copy-file.ts';
import { writeManifest, type Manifest, type ManifestFile } from './manifest.ts';

export interface BackupProgress {
  doneBytes: number;
  totalBytes: number;
}

/** Small files of the data folder that a restored one needs; the secret is absent where the environment holds it. */
const ownFiles = ['version', 'secret', 'run/postgres-password'];
const postgresFolder = 'postgres';
const factsFolder = 'facts';

/**
 * Copies a running deployment into a new folder: PostgreSQL as of the end of the copy, the fact log,
 * the secret. ClickHouse is left out, for it is made anew from these. The server goes on working.
 * Throws `platform.backup_target_used` for a folder that holds anything and `platform.backup_disk_full`.
 */
export async function makeBackup(dataDir: string, postgresUrl: string, target: string, onProgress: (progress: BackupProgress) => void = () => {}): Promise<Manifest> {
  await claimEmpty(target);
  const base = await beginBaseBackup(postgresUrl);
  try {
    return await copyAll(dataDir, base, target, onProgress);
  } catch (error) {
    await emptyFolder(target);
    throw error;
  } finally {
    await base.close();
  }
}

async function copyAll(dataDir: string, base: BaseBackup, target: string, onProgress: (progress: BackupProgress) => void): Promise<Manifest> {
  const cluster = await clusterFiles(base.cluster);
  const totalBytes = await sizeOf(base.cluster, cluster.files) + await sizeOf(join(dataDir, factsFolder), (await listing(join(dataDir, factsFolder))).files);
  await needRoom(target, totalBytes);
  let doneBytes = 0;
  const copies = createCopies(target, (bytes) => onProgress({ doneBytes: (doneBytes += bytes), totalBytes: Math.max(totalBytes, doneBytes) }));

  await copies.folders(postgresFolder, cluster.folders);
  await copies.files(base.cluster, postgresFolder, cluster.files);
  await copies.files(base.cluster, postgresFolder, [controlFile], true);
  const { label, walFrom, walTo, walFiles } = await base.finish();
  await copies.files(base.cluster, postgresFolder, walFiles, true);
  await copies.text(`${postgresFolder}/backup_label`, label);
  // Facts are on disk before the register names them: copied after the register, all it names is there,
  // and what it does not name is cut off by the next start.
  await copies.folders(factsFolder, []);
  await copies.files(join(dataDir, factsFolder), factsFolder, (await listing(join(dataDir, factsFolder))).files);
  await copies.folders('run', []);
  await copies.files(dataDir, '', ownFiles);
  const manifest: Manifest = { format: 1, madeAt: new Date().toISOString(), postgres: base.major, walFrom, walTo, ...copies.made };
  await writeManifest(target, manifest);
  return manifest;
}

/** Copies into the backup and notes what it holds. */
function createCopies(target: string, onBytes: (bytes: number) => void) {
  const made: { folders: string[]; files: ManifestFile[] } = { folders: [], files: [] };
  return {
    made,
    async folders(into: string, folders: string[]): Promise<void> {
      for (const path of [into, ...folders.map((folder) => `${into}/${folder}`)]) {
        await mkdir(join(target, path), { recursive: true, mode: 0o700 });
        made.folders.push(path);
      }
    },
    /** Files that are gone by now belonged to what was dropped, unless they are needed. */
    async files(from: string, into: string, paths: string[], needed = false): Promise<void> {
      await forEach(paths, async (path) => {
        const place = into === '' ? path : `${into}/${path}`;
        await mkdir(dirname(join(target, place)), { recursive: true, mode: 0o700 });
        const copied = await copyFile(join(from, path), join(target, place), onBytes);
        if (copied) made.files.push({ path: place, ...copied });
        else if (needed) throw new Error(`${path} went away while it was to be copied`);
      });
    },
    async text(path: string, text: string): Promise<void> {
      await writeFile(join(target, path), text, { mode: 0o600, flush: true });
      made.files.push({ path, bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') });
    },
  };
}

async function claimEmpty(target: string): Promise<void> {
  await mkdir(target, { recursive: true, mode: 0o700 });
  if ((await readdir(target)).length > 0) throw new Problem('platform.backup_target_used', { params: { folder: target } });
}

async function emptyFolder(folder: string): Promise<void> {
  for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true, force: true });
}

async function sizeOf(root: string, paths: string[]): Promise<number> {
  let bytes = 0;
  for (const path of paths) bytes += (await stat(join(root, path)).catch(() => ({ size: 0 }))).size;
  return bytes;
}

/** A twentieth more than is there now, for the write-ahead log and what is written meanwhile. */
async function needRoom(target: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(target);
  if (bavail * bsize < bytes * 1.05) throw new Problem('platform.backup_disk_full', { params: { path: target } });
}
