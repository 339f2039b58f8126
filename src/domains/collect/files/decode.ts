import { isAscii } from 'node:buffer';
import iconv from 'iconv-lite';
import { decideEncoding, markedEncoding, unmarkedUtf16 } from './encoding.ts';
import type { Encoding } from './encoding.ts';
import type { ByteStream } from './byte-stream.ts';

/** A stream of UTF-8 without a byte order mark. */
export interface DecodedStream extends ByteStream {
  /** The file's encoding as far as known: a file that has been plain ASCII so far is UTF-8. */
  encoding: () => Encoding;
  /** True once bytes were converted, so that U+FFFD in the output stands for damage. */
  converted: () => boolean;
}

/** Bytes looked at from the first byte above 0x7f on: enough for a verdict, little enough to hold. */
const sampleBytes = 64 * 1024;

/**
 * Converts a stream to UTF-8 chunk by chunk. Plain ASCII passes as it is, and the choice between
 * UTF-8 and GB18030 is made where the first other byte stands, be it in the millionth row.
 * A declared encoding is believed, unless a byte order mark says otherwise.
 */
export function decode(source: ByteStream, declared?: Encoding): DecodedStream {
  let encoding: Encoding | null = null;
  let converter: Converter | null = null;

  async function* convert(input: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
    let { chunk, ended } = await gather(Buffer.alloc(0), input, 4);
    const marked = markedEncoding(chunk);
    encoding = marked?.encoding ?? declared ?? unmarkedUtf16(chunk.subarray(0, sampleBytes));
    if (marked) chunk = chunk.subarray(marked.markBytes);
    for (;;) {
      if (encoding === null && !isAscii(chunk)) {
        const from = chunk.findIndex((byte) => byte > 0x7f);
        ({ chunk, ended } = await gather(chunk, input, from + sampleBytes));
        encoding = decideEncoding(chunk);
      }
      if (encoding !== null && encoding !== 'utf-8') converter ??= createConverter(encoding);
      yield converter ? converter.write(chunk) : chunk;
      const next = ended ? { done: true as const, value: undefined } : await input.next();
      if (next.done) break;
      chunk = next.value;
    }
    if (converter) yield (converter as Converter).end();
  }
  async function* chunks(): AsyncGenerator<Buffer> {
    try {
      yield* convert(source.chunks);
    } finally {
      await source.chunks.return(undefined);
    }
  }
  return {
    chunks: chunks(),
    position: source.position,
    encoding: () => encoding ?? 'utf-8',
    converted: () => converter !== null,
  };
}

interface Converter {
  write: (chunk: Buffer) => Buffer;
  end: () => Buffer;
}

/**
 * Decodes into strings and encodes as UTF-8. Chunks are cut where no character can be cut, since
 * the decoders lose four-byte characters of GB18030 and surrogate pairs that span two chunks.
 */
function createConverter(encoding: Encoding): Converter {
  let held: Buffer = Buffer.alloc(0);
  const wholeBytes =
    encoding === 'gb18030' ? wholeGb18030 : encoding === 'utf-16le' ? wholeUtf16(1) : wholeUtf16(0);
  const convert = (bytes: Buffer) => Buffer.from(iconv.decode(bytes, encoding, { stripBOM: false }), 'utf8');
  return {
    write(chunk) {
      const bytes = held.length > 0 ? Buffer.concat([held, chunk]) : chunk;
      const length = bytes.length > mostHeldBytes ? bytes.length : wholeBytes(bytes);
      held = bytes.subarray(length);
      return convert(bytes.subarray(0, length));
    },
    end: () => convert(held),
  };
}

/** Text without any place to cut, which is no text, is not held for longer than this. */
const mostHeldBytes = 4 * 1024 * 1024;

/** Up to the last byte below 0x30, such as a comma or a line end: no character holds one of those besides itself. */
function wholeGb18030(bytes: Buffer): number {
  let length = bytes.length;
  while (length > 0 && bytes[length - 1] >= 0x30) length--;
  return length;
}

/** Up to the last whole unit that does not open a surrogate pair. `highByte` is the place of a unit's high byte. */
const wholeUtf16 =
  (highByte: 0 | 1) =>
  (bytes: Buffer): number => {
    const length = bytes.length & ~1;
    const opensPair = length > 0 && (bytes[length - 2 + highByte] & 0xfc) === 0xd8;
    return opensPair ? length - 2 : length;
  };

/** Lengthens a chunk by the following ones until it holds so many bytes or the stream ends. */
async function gather(
  chunk: Buffer,
  input: AsyncIterator<Buffer>,
  bytes: number,
): Promise<{ chunk: Buffer; ended: boolean }> {
  const parts = [chunk];
  for (let length = chunk.length; length < bytes;) {
    const next = await input.next();
    if (next.done) return { chunk: Buffer.concat(parts), ended: true };
    parts.push(next.value);
    length += next.value.length;
  }
  return { chunk: parts.length === 1 ? chunk : Buffer.concat(parts), ended: false };
}
