import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompressSync } from 'node:zlib';
import { z } from 'zod';
import { Problem } from '../../../kernel/problem.ts';
import { factTables, type FactTable } from './fact-tables.ts';

const compress = promisify(zstdCompress);
const magic = Buffer.from('PNLFACT\x01', 'latin1');
const digestBytes = 32;

/** Rows on their way into a frame. */
export interface FrameRows<Fact = never> {
  table: FactTable;
  columns: readonly string[];
  readonly rowCount: number;
  /** Uncompressed bytes so far. */
  readonly byteLength: number;
  add(fact: Fact): void;
  /** The rows as RowBinary; valid until the next `add`. */
  bytes(): Buffer;
}

/**
 * A frame of the fact log: rows of one table and one batch, compressed. On disk: 8 bytes of magic with
 * the version of the layout, the length of the header (UInt32 LE), the header as JSON, the body, and the SHA-256 of all before.
 */
export interface Frame {
  batchNo: number;
  importId: number;
  table: FactTable;
  columns: readonly string[];
  rowCount: number;
  /** RowBinary, compressed by zstd. */
  body: Buffer;
}

const headerSchema = z.object({
  batchNo: z.int().positive(),
  importId: z.int().nonnegative(),
  table: z.enum(factTables),
  columns: z.array(z.string().regex(/^[a-z_]+$/)).min(1),
  rowCount: z.int().nonnegative(),
  format: z.literal('RowBinary'),
  compression: z.literal('zstd'),
  bodyBytes: z.int().nonnegative(),
});

/** Compresses rows into a frame, off the main thread. */
export async function makeFrame(batchNo: number, importId: number, rows: Omit<FrameRows, 'add'>): Promise<Frame> {
  const body = await compress(rows.bytes(), { chunkSize: 4 * 2 ** 20, params: { [constants.ZSTD_c_compressionLevel]: 1 } });
  return { batchNo, importId, table: rows.table, columns: rows.columns, rowCount: rows.rowCount, body };
}

/** The frame as it lies on disk. */
export function encodeFrame(frame: Frame): Buffer {
  const { body, ...rest } = frame;
  const header = Buffer.from(JSON.stringify({ ...rest, format: 'RowBinary', compression: 'zstd', bodyBytes: body.length }));
  const headerLength = Buffer.alloc(4);
  headerLength.writeUInt32LE(header.length);
  const parts = [magic, headerLength, header, body];
  const digest = createHash('sha256');
  for (const part of parts) digest.update(part);
  return Buffer.concat([...parts, digest.digest()]);
}

/** Reads the frames that fill `bytes`. Throws `collect.fact_log_damaged` at the first one that is not whole. */
export function decodeFrames(bytes: Buffer): Frame[] {
  const frames: Frame[] = [];
  let at = 0;
  while (at < bytes.length) {
    const { frame, end } = decodeFrame(bytes, at);
    frames.push(frame);
    at = end;
  }
  return frames;
}

function decodeFrame(bytes: Buffer, start: number): { frame: Frame; end: number } {
  const headerAt = start + magic.length + 4;
  if (headerAt > bytes.length || !bytes.subarray(start, start + magic.length).equals(magic)) throw damaged();
  const bodyAt = headerAt + bytes.readUInt32LE(headerAt - 4);
  if (bodyAt > bytes.length) throw damaged();
  const header = readHeader(bytes.subarray(headerAt, bodyAt));
  const digestAt = bodyAt + header.bodyBytes;
  const end = digestAt + digestBytes;
  if (end > bytes.length) throw damaged();
  const digest = createHash('sha256').update(bytes.subarray(start, digestAt)).digest();
  if (!digest.equals(bytes.subarray(digestAt, end))) throw damaged();
  const { batchNo, importId, table, columns, rowCount } = header;
  return { frame: { batchNo, importId, table, columns, rowCount, body: bytes.subarray(bodyAt, digestAt) }, end };
}

function readHeader(bytes: Buffer): z.infer<typeof headerSchema> {
  try {
    return headerSchema.parse(JSON.parse(bytes.toString('utf8')));
  } catch (cause) {
    throw damaged(cause);
  }
}

const damaged = (cause?: unknown): Problem => new Problem('collect.fact_log_damaged', { status: 500, cause });

/** The rows of a frame as RowBinary. */
export const frameRows = (frame: Frame): Buffer => zstdDecompressSync(frame.body);
