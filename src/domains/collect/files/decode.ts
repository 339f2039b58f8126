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

  async function* chunks(): AsyncGenerator<Buffer> {
    const input = source.chunks[Symbol.asyncIterator]();
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

/** Decodes into strings and encodes as UTF-8, holding back half a surrogate pair between chunks. */
function createConverter(encoding: Encoding): Converter {
  const decoder = iconv.getDecoder(encoding);
  let half = '';
  return {
    write(chunk) {
      const text = half + decoder.write(chunk);
      const last = text.charCodeAt(text.length - 1);
      half = last >= 0xd800 && last <= 0xdbff ? text.slice(-1) : '';
      return Buffer.from(half ? text.slice(0, -1) : text, 'utf8');
    },
    end: () => Buffer.from(half + (decoder.end() ?? ''), 'utf8'),
  };
}

/** Lengthens a chunk by the following ones until it holds so many bytes or the stream ends. */
async function gather(
  chunk: Buffer,
  input: AsyncIterator<Buffer>,
  bytes: number,
): Promise<{ chunk: Buffer; ended: boolean }> {
  const parts = [chunk];
  for (let length = chunk.length; length < bytes; ) {
    const next = await input.next();
    if (next.done) return { chunk: Buffer.concat(parts), ended: true };
    parts.push(next.value);
    length += next.value.length;
  }
  return { chunk: parts.length === 1 ? chunk : Buffer.concat(parts), ended: false };
}
