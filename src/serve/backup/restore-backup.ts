import { chown, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../../kernel/problem.ts';
import { incompleteMark } from '../../platform/data-folder.ts';
import { findCluster, type Cluster } from '../../platform/postgres/cluster.ts';
import { copyFile, forEach } from './copy-file.ts';
import { listing } from './cluster-files.ts';
import { readManifest, type Manifest } from './manifest.ts';
import type { BackupProgress } from './make-backup.ts';

/**
 * Makes a data folder from a backup, checking every file against the manifest as it is copied. The
 * first start recovers PostgreSQL and makes ClickHouse anew, without erased customers.
 * Throws `platform.restore_target_used` for a folder that holds anything, `platform.backup_incomplete` and
 * `platform.backup_damaged`; then nothing is left in the target.
 */
export async function restoreBackup(backup: string, dataDir: string, onProgress: (progress: BackupProgress) => void = () => {}): Promise<Manifest> {
  const manifest = await readManifest(backup);
  await refuseMissing(backup, manifest);
  await claimEmpty(dataDir);
  // A start on a folder that is half restored is refused.
  await writeFile(join(dataDir, incompleteMark), '', { mode: 0o600, flush: true });
  const cluster = findCluster(join(dataDir, 'postgres'));
  try {
    await claimEmpty(cluster.folder);
    await copyAll(backup, dataDir, cluster, manifest, onProgress);
  } catch (error) {
    for (const name of await readdir(dataDir)) await rm(join(dataDir, name), { recursive: true, force: true });
    if (!isUsed(error)) await rm(cluster.folder, { recursive: true, force: true });
    throw error;
  }
  await rm(join(dataDir, incompleteMark));
  return manifest;
}

async function copyAll(backup: string, dataDir: string, cluster: Cluster, manifest: Manifest, onProgress: (progress: BackupProgress) => void): Promise<void> {
  const isOfCluster = (path: string): boolean => path === 'postgres' || path.startsWith('postgres/');
  const placeOf = (path: string): string => (isOfCluster(path) ? join(cluster.folder, path.slice('postgres/'.length)) : join(dataDir, path));
  const give = async (path: string): Promise<void> => {
    const { uid, gid } = cluster.identity;
    if (isOfCluster(path) && uid !== undefined && gid !== undefined) await chown(placeOf(path), uid, gid);
  };
  const totalBytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
  let doneBytes = 0;
  for (const path of manifest.folders) {
    await mkdir(placeOf(path), { recursive: true, mode: 0o700 });
    await give(path);
  }
  await forEach(manifest.files, async ({ path, bytes, sha256 }) => {
    const copied = await copyFile(join(backup, path), placeOf(path), (portion) => onProgress({ doneBytes: (doneBytes += portion), totalBytes }));
    if (copied?.bytes !== bytes || copied.sha256 !== sha256) throw new Problem('platform.backup_damaged', { params: { file: join(backup, path) } });
    await give(path);
  });
}

/** Before anything is written: a backup of which a file is missing was not copied whole. */
async function refuseMissing(backup: string, manifest: Manifest): Promise<void> {
  const present = new Set((await listing(backup)).files);
  const missing = manifest.files.find((file) => !present.has(file.path));
  if (missing) throw new Problem('platform.backup_damaged', { params: { file: join(backup, missing.path) } });
}

async function claimEmpty(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).length > 0) throw new Problem('platform.restore_target_used', { params: { folder } });
}

const isUsed = (error: unknown): boolean => error instanceof Problem && error.code === 'platform.restore_target_used';
