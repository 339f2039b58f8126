import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

/** Chunks of bytes with the position in the file on disk they came from. */
export interface ByteStream {
  /** Returning early releases what the stream holds. */
  chunks: AsyncGenerator<Buffer>;
  /** Bytes of the file on disk consumed so far. */
  position: () => number;
}

export interface SourceFile {
  handle: FileHandle;
  sizeBytes: number;
}

const chunkBytes = 512 * 1024;

/** Opens a file for reading. The caller closes the handle. */
export async function openFile(path: string): Promise<SourceFile> {
  const handle = await open(path, 'r');
  const { size } = await handle.stat();
  return { handle, sizeBytes: size };
}

/** The first bytes of a file, at most `length`. */
export async function readHead(file: SourceFile, length: number): Promise<Buffer> {
  const wanted = Math.min(length, file.sizeBytes);
  const { buffer, bytesRead } = await file.handle.read(Buffer.alloc(wanted), 0, wanted, 0);
  return buffer.subarray(0, bytesRead);
}

/**
 * Reads a file from its start. The next chunk is asked for before the present one is handed
 * over, so that the disk works while the reader does. Ends with the signal's reason when aborted.
 */
export function fileStream(file: SourceFile, signal?: AbortSignal): ByteStream {
  let position = 0;
  async function* chunks(): AsyncGenerator<Buffer> {
    let asked = 0;
    const ask = () => {
      const at = asked;
      asked += chunkBytes;
      return file.handle.read(Buffer.allocUnsafeSlow(chunkBytes), 0, chunkBytes, at);
    };
    let next = ask();
    for (;;) {
      const { buffer, bytesRead } = await next;
      signal?.throwIfAborted();
      if (bytesRead === 0) return;
      // A short read in the middle of a file would leave a hole: ask again from where it ended.
      if (bytesRead < chunkBytes) asked = position + bytesRead;
      next = ask();
      next.catch(() => undefined);
      position += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  }
  return { chunks: chunks(), position: () => position };
}
