import { Bitmap } from './bitmap.ts';
import { Builder } from './build.ts';
import { ByteReader } from './byte-reader.ts';
import { fullContainer, ofValues, ofWords, valuesMax, type Container } from './container.ts';
import { cookie, cookieWithRuns, inflatedBytes, inflatedBytesMax, offsetsFrom, wordsBytes } from './portable-format.ts';
import { countBits, setBits, wordCount } from './words.ts';

interface Header {
  keys: number[];
  sizes: number[];
  isRun: (index: number) => boolean;
  hasOffsets: boolean;
}

/** Reads one bitmap where the reader stands, every length and order of it checked. */
export function readPortable(reader: ByteReader): Bitmap {
  const start = reader.at;
  const { keys, sizes, isRun, hasOffsets } = readHeader(reader);
  const offsets = hasOffsets ? new Uint32Array(reader.copy(keys.length * 4)) : null;
  const builder = new Builder();
  let inflated = 0;
  for (let i = 0; i < keys.length; i++) {
    if (offsets && offsets[i] !== reader.at - start) throw reader.error(`container ${i} is said to begin at ${offsets[i]} and begins at ${reader.at - start}`);
    const container = isRun(i) ? readRuns(reader, sizes[i]) : readMembers(reader, sizes[i]);
    if (isRun(i)) inflated += inflatedBytes(container);
    if (inflated > inflatedBytesMax) throw reader.error(`runs of more than ${inflatedBytesMax} bytes in memory`);
    builder.add(keys[i], container);
  }
  return new Bitmap(builder.content());
}

/** Reads bytes of the portable Roaring format; bytes that are no bitmap are a `BitmapFormatError`. */
export function decodeBitmap(bytes: Uint8Array): Bitmap {
  const reader = new ByteReader(bytes);
  const bitmap = readPortable(reader);
  reader.end();
  return bitmap;
}

function readHeader(reader: ByteReader): Header {
  const first = reader.uint32();
  const hasRuns = (first & 0xffff) === cookieWithRuns;
  if (!hasRuns && first !== cookie) throw reader.error(`it begins with ${first} and not with ${cookie} or ${cookieWithRuns}`);
  const count = hasRuns ? (first >>> 16) + 1 : reader.uint32();
  if (count > 65_536) throw reader.error(`${count} containers where 65536 is the most`);
  const runs = new Uint8Array(reader.copy(hasRuns ? (count + 7) >>> 3 : 0));
  const keysAndSizes = new Uint16Array(reader.copy(count * 4));
  const header: Header = {
    keys: [], sizes: [],
    isRun: (index) => hasRuns && ((runs[index >>> 3] >>> (index & 7)) & 1) === 1,
    hasOffsets: !hasRuns || count >= offsetsFrom,
  };
  for (let i = 0; i < count; i++) {
    const key = keysAndSizes[2 * i];
    if (i > 0 && key <= header.keys[i - 1]) throw reader.error(`the key ${key} of container ${i} after the key ${header.keys[i - 1]}`);
    header.keys.push(key);
    header.sizes.push(keysAndSizes[2 * i + 1] + 1);
  }
  return header;
}

function readMembers(reader: ByteReader, size: number): Container {
  if (size > valuesMax) {
    const words = new Int32Array(reader.copy(wordsBytes));
    checkSize(reader, countBits(words), size);
    return ofWords(words, size);
  }
  const values = new Uint16Array(reader.copy(size * 2));
  for (let i = 1; i < size; i++) if (values[i] <= values[i - 1]) throw reader.error(`the value ${values[i]} after ${values[i - 1]}`);
  return ofValues(values);
}

function readRuns(reader: ByteReader, size: number): Container {
  const runs = new Uint16Array(reader.copy(reader.uint16() * 4));
  let [count, next] = [0, 0];
  for (let i = 0; i < runs.length; i += 2) {
    const last = runs[i] + runs[i + 1];
    if (runs[i] < next || last > 0xffff) throw reader.error(`a run from ${runs[i]} to ${last} after ${next - 1}`);
    count += runs[i + 1] + 1;
    next = last + 1;
  }
  checkSize(reader, count, size);
  if (size === 65_536) return fullContainer;
  const words = new Int32Array(wordCount);
  for (let i = 0; i < runs.length; i += 2) setBits(words, runs[i], runs[i] + runs[i + 1]);
  return ofWords(words, size);
}

function checkSize(reader: ByteReader, count: number, said: number): void {
  if (count !== said) throw reader.error(`a container of ${count} members that is said to have ${said}`);
}
