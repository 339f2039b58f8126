import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFile } from './byte-stream.ts';
import type { ByteStream, SourceFile } from './byte-stream.ts';

/** A copy on disk of a stream, for formats that are read from their end. `remove` closes and deletes it. */
export async function temporaryCopy(
  stream: ByteStream,
  directory = tmpdir(),
): Promise<{ file: SourceFile; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(directory, 'perennial-import-'));
  const path = join(folder, 'content');
  const removeFolder = () => rm(folder, { recursive: true, force: true });
  try {
    const target = await open(path, 'wx', 0o600);
    try {
      for await (const chunk of stream.chunks) await target.write(chunk);
    } finally {
      await target.close();
    }
    const file = await openFile(path);
    const remove = async () => {
      await file.handle.close();
      await removeFolder();
    };
    return { file, remove };
  } catch (error) {
    await removeFolder();
    throw error;
  }
}
