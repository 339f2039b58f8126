import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm, statfs } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../../../../kernel/problem.ts';
import { uploadBytesAtMost } from '../contract.ts';

/** A file as it was received. */
export interface ReceivedFile {
  fileName: string;
  /** Its name in the folder of uploads; never one a person chose. */
  uploadName: string;
  sizeBytes: number;
  contentHash: Buffer;
}

/** What a multipart request has around its file, at most. */
const partBytes = 2 ** 20;
/** Left free for everything else that writes to the disk. */
const spareBytes = 256 * 2 ** 20;

/**
 * Streams the one file of a multipart request to the folder of uploads, readable by this program
 * alone. Throws 400 without a file, 413 beyond the limit, 507 when it would fill the disk; nothing
 * of the file remains then.
 */
export async function receiveFile(request: FastifyRequest, folder: string): Promise<ReceivedFile> {
  await refuseWithoutRoom(folder, Number(request.headers['content-length'] ?? 0));
  const part = await request.file({ limits: { files: 1, fileSize: uploadBytesAtMost } });
  if (!part) throw new Problem('collect.import_no_file', { status: 400 });
  const uploadName = randomUUID();
  const partial = join(folder, `${uploadName}.part`);
  const digest = createHash('sha256');
  let sizeBytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      digest.update(chunk);
      sizeBytes += chunk.length;
      done(null, chunk);
    },
  });
  try {
    await pipeline(part.file, measure, createWriteStream(partial, { mode: 0o600, flags: 'wx' }));
    if (part.file.truncated) throw new Problem('platform.body_too_large', { status: 413 });
    await rename(partial, join(folder, uploadName));
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  return { fileName: plainName(part.filename), uploadName, sizeBytes, contentHash: digest.digest() };
}

/** By what is announced, before anything is read. */
async function refuseWithoutRoom(folder: string, expectedBytes: number): Promise<void> {
  if (expectedBytes > uploadBytesAtMost + partBytes) throw new Problem('platform.body_too_large', { status: 413 });
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < expectedBytes + spareBytes) throw new Problem('platform.disk_full', { status: 507 });
}

/** The name without folders and control characters, for people to read; it is never used as a path. */
const plainName = (name: string): string =>
  basename(name.replaceAll('\\', '/')).replace(/\p{Cc}/gu, '').slice(0, 200) || 'file';
