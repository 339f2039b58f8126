import { mkdir, open, readdir, rename, rm, stat, truncate, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../../../kernel/problem.ts';
import { createTurns } from './turns.ts';

const rollBytes = 64 * 2 ** 20;

/** Where bytes of the fact log lie. */
export interface Place {
  file: string;
  byteOffset: number;
  byteLength: number;
}

/**
 * The files of the fact log. A writer makes its own files, named after its epoch, and begins a new one at about
 * 64 MiB, so that two writers never touch one file. What is not registered is as good as not written.
 */
export interface SegmentWriter {
  /** Puts bytes at the end of the current file. They are on disk only after `sync`. */
  append(bytes: Buffer): Promise<Place>;
  /** Resolves when everything appended so far, and the name of its file, is on disk. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** Opens a writer; files are made when there is something to write. */
export function openSegmentWriter(folder: string, epoch: number): SegmentWriter {
  const name = (n: number): string => `${String(epoch).padStart(8, '0')}-${String(n).padStart(6, '0')}.facts`;
  let handle: FileHandle | undefined;
  let file = '';
  let end = 0;
  let made = 0;
  const inTurn = createTurns();
  const begin = async (): Promise<FileHandle> => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    file = name(++made);
    const opened = await open(join(folder, file), 'wx', 0o600);
    end = 0;
    await syncFolder(folder);
    return opened;
  };
  const finish = async (): Promise<void> => {
    await handle?.datasync();
    await handle?.close();
    handle = undefined;
  };
  return {
    append: (bytes) => inTurn(async () => {
      if (end >= rollBytes) await finish();
      handle ??= await begin();
      const at = end;
      await writeAll(handle, bytes, at);
      end += bytes.length;
      return { file, byteOffset: at, byteLength: bytes.length };
    }),
    sync: () => inTurn(async () => {
      await handle?.datasync();
    }),
    close: () => inTurn(finish),
  };
}

async function writeAll(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const step = await handle.write(bytes, written, bytes.length - written, position + written);
    written += step.bytesWritten;
  }
}

/** A new name survives a power cut when its folder was synced. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Reads what lies at a place. Throws `collect.fact_log_damaged` when the file is missing or too short. */
export async function readPlace(folder: string, { file, byteOffset, byteLength }: Place): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(byteLength);
  let handle: FileHandle;
  try {
    handle = await open(join(folder, file), 'r');
  } catch (cause) {
    throw new Problem('collect.fact_log_damaged', { status: 500, params: { file }, cause });
  }
  try {
    const { bytesRead } = await handle.read(bytes, 0, byteLength, byteOffset);
    if (bytesRead < byteLength) throw new Problem('collect.fact_log_damaged', { status: 500, params: { file } });
    return bytes;
  } finally {
    await handle.close();
  }
}

/**
 * Cuts what a crash left behind the registered end of each file, and removes files of which nothing is registered.
 * A database that knows of no file at all may be the wrong one: then files get another name and nothing is removed.
 */
export async function cutTornTails(folder: string, registeredEnds: ReadonlyMap<string, number>): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const file of await readdir(folder)) {
    if (!file.endsWith('.facts')) continue;
    const path = join(folder, file);
    const end = registeredEnds.get(file) ?? 0;
    if (registeredEnds.size === 0) await rename(path, `${path}.unregistered`);
    else if (end === 0) await rm(path);
    else if ((await stat(path)).size > end) await truncate(path, end);
  }
}

/** Throws `collect.fact_log_damaged` when a file is missing or shorter than what is registered of it. */
export async function demandFiles(folder: string, registeredEnds: ReadonlyMap<string, number>): Promise<void> {
  for (const [file, end] of registeredEnds) {
    const found = await stat(join(folder, file)).catch(() => null);
    if (!found || found.size < end) throw new Problem('collect.fact_log_damaged', { status: 500, params: { file } });
  }
}
