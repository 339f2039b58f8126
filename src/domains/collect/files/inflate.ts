import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { fileProblem } from './file-problem.ts';
import type { ByteStream } from './byte-stream.ts';
import type { FileLimits } from './limits.ts';

export const isGzip = (head: Buffer): boolean => head[0] === 0x1f && head[1] === 0x8b;

/**
 * The content of a gzip stream, in bounded memory. Throws `file_expands_too_much` where little
 * input makes very much output (a zip bomb), `file_too_large_inside` above the absolute
 * limit, and `file_damaged` where the stream is cut off or corrupt.
 */
export function inflate(source: ByteStream, limits: FileLimits): ByteStream {
  async function* chunks(): AsyncGenerator<Buffer> {
    const gunzip = createGunzip({ chunkSize: 256 * 1024 });
    pipeline(Readable.from(source.chunks, { objectMode: true, highWaterMark: 2 }), gunzip, () => undefined);
    let produced = 0;
    try {
      for await (const chunk of gunzip) {
        produced += chunk.length;
        // gunzip.bytesWritten is the input it has really used; the source has read ahead of it.
        if (produced > limits.ratioFromBytes && produced > limits.ratio * gunzip.bytesWritten) {
          throw fileProblem('file_expands_too_much', { ratio: limits.ratio });
        }
        if (produced > limits.decompressedBytes) {
          throw fileProblem('file_too_large_inside', { limitBytes: limits.decompressedBytes });
        }
        yield chunk as Buffer;
      }
    } catch (error) {
      throw isZlibError(error) ? fileProblem('file_damaged', {}, error) : error;
    } finally {
      gunzip.destroy();
    }
  }
  return { chunks: chunks(), position: source.position };
}

const isZlibError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
