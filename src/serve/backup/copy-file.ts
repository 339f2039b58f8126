import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { Problem } from '../../kernel/problem.ts';

const portionBytes = 1 << 20;

export interface Copied {
  bytes: number;
  sha256: string;
}

/**
 * Copies a file to a new one, synced to the disk, and answers with what was written. A file that
 * grows meanwhile is copied as far as it is read. Null when there is no such file any more.
 * Throws `platform.backup_disk_full` when there is no room.
 */
export async function copyFile(from: string, to: string, onBytes: (bytes: number) => void = () => {}): Promise<Copied | null> {
  const source = await open(from, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (!source) return null;
  try {
    const target = await open(to, 'wx', 0o600);
    try {
      return await pump(source, target, onBytes);
    } finally {
      await target.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw new Problem('platform.backup_disk_full', { params: { path: to }, cause: error });
    throw error;
  } finally {
    await source.close();
  }
}

const atOnce = 8;

/** Does the work for every item, a few at a time: a file's sync is mostly waiting. After a failure no more are begun. */
export async function forEach<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  let failed = false;
  const lane = async (): Promise<void> => {
    while (next < items.length && !failed) await work(items[next++]);
  };
  const lanes = await Promise.allSettled(Array.from({ length: atOnce }, () => lane().catch((error: unknown) => {
    failed = true;
    throw error;
  })));
  const broken = lanes.find((one) => one.status === 'rejected');
  if (broken) throw broken.reason;
}

async function pump(source: FileHandle, target: FileHandle, onBytes: (bytes: number) => void): Promise<Copied> {
  const digest = createHash('sha256');
  const buffer = Buffer.allocUnsafe(portionBytes);
  let bytes = 0;
  for (;;) {
    const { bytesRead } = await source.read(buffer, 0, buffer.length, bytes);
    if (bytesRead === 0) break;
    const portion = buffer.subarray(0, bytesRead);
    await target.writev([portion], bytes);
    digest.update(portion);
    bytes += bytesRead;
    onBytes(bytesRead);
  }
  await target.datasync();
  return { bytes, sha256: digest.digest('hex') };
}
