import { once } from 'node:events';
import { crc32, createDeflateRaw } from 'node:zlib';

/** One file of an archive; its content is read when its turn comes. */
export interface ZipEntry {
  name: string;
  content: Iterable<string> | AsyncIterable<string>;
}

/** The archive's own numbers have 32 bits; larger ones would need the format's extension. */
const largestBytes = 0xffff_ffff;
/** Sizes stand behind the content; names are UTF-8. */
const flags = 0x0808;
const deflated = 8;
const version = 20;
/** 1980-01-01, the earliest moment of the format: the same content is the same archive. */
const noDate = 0x0021;

interface Written {
  name: Buffer;
  crc: number;
  packedBytes: number;
  bytes: number;
  at: number;
}

/** A ZIP archive (PKWARE APPNOTE 6.3), written as its files are read: nothing is held in memory. */
export async function* zipArchive(entries: Iterable<ZipEntry>): AsyncGenerator<Buffer> {
  const written: Written[] = [];
  let at = 0;
  for (const { name, content } of entries) {
    const entry: Written = { name: Buffer.from(name), crc: 0, packedBytes: 0, bytes: 0, at };
    for await (const chunk of entryBytes(entry, content)) {
      at += chunk.length;
      if (at > largestBytes) throw new RangeError('an archive holds four gigabytes at most');
      yield chunk;
    }
    written.push(entry);
  }
  const directory = written.map(directoryOf);
  yield Buffer.concat([...directory, endOf(written.length, directory.reduce((sum, { length }) => sum + length, 0), at)]);
}

async function* entryBytes(entry: Written, content: ZipEntry['content']): AsyncGenerator<Buffer> {
  yield fields([0x04034b50, 4], [version, 2], [flags, 2], [deflated, 2], [0, 2], [noDate, 2], [0, 4], [0, 4], [0, 4], [entry.name.length, 2], [0, 2], entry.name);
  for await (const packed of deflate(entry, content)) {
    entry.packedBytes += packed.length;
    yield packed;
  }
  yield fields([0x08074b50, 4], [entry.crc, 4], [entry.packedBytes, 4], [entry.bytes, 4]);
}

async function* deflate(entry: Written, content: ZipEntry['content']): AsyncGenerator<Buffer> {
  const packer = createDeflateRaw();
  const feeding = (async () => {
    for await (const text of content) {
      const chunk = Buffer.from(text);
      entry.crc = crc32(chunk, entry.crc);
      entry.bytes += chunk.length;
      if (!packer.write(chunk)) await once(packer, 'drain');
    }
    packer.end();
  })();
  feeding.catch((error: Error) => packer.destroy(error));
  try {
    yield* packer as AsyncIterable<Buffer>;
  } finally {
    packer.destroy();
  }
}

const directoryOf = ({ name, crc, packedBytes, bytes, at }: Written): Buffer => fields(
  [0x02014b50, 4], [version, 2], [version, 2], [flags, 2], [deflated, 2], [0, 2], [noDate, 2], [crc, 4], [packedBytes, 4], [bytes, 4],
  [name.length, 2], [0, 2], [0, 2], [0, 2], [0, 2], [0, 4], [at, 4], name);

const endOf = (entries: number, directoryBytes: number, at: number): Buffer =>
  fields([0x06054b50, 4], [0, 2], [0, 2], [entries, 2], [entries, 2], [directoryBytes, 4], [at, 4], [0, 2]);

/** Numbers of two or four bytes, the lowest first, and bytes as they are. */
function fields(...parts: ([number, 2 | 4] | Buffer)[]): Buffer {
  return Buffer.concat(parts.map((part) => {
    if (Buffer.isBuffer(part)) return part;
    const [value, size] = part;
    const bytes = Buffer.alloc(size);
    if (size === 4) bytes.writeUInt32LE(value);
    else bytes.writeUInt16LE(value);
    return bytes;
  }));
}
