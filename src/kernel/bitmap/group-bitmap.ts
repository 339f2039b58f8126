import { Bitmap } from './bitmap.ts';
import { ByteReader } from './byte-reader.ts';
import { readPortable } from './portable-read.ts';
import { encodeBitmap } from './portable-write.ts';

/** The engine keeps this many numbers in a plain list, and more in a Roaring bitmap. */
const listMax = 32;
const [kindList, kindRoaring] = [0, 1];

/** Reads ClickHouse's `AggregateFunction(groupBitmap, UInt32)` as RowBinary carries it. */
export function decodeGroupBitmap(bytes: Uint8Array): Bitmap {
  const reader = new ByteReader(bytes);
  const bitmap = readGroupBitmap(reader);
  reader.end();
  return bitmap;
}

/** Reads any number of them, one after the other: the rows or columns of an answer. */
export function decodeGroupBitmaps(bytes: Uint8Array): Bitmap[] {
  const reader = new ByteReader(bytes);
  const bitmaps: Bitmap[] = [];
  while (reader.at < bytes.length) bitmaps.push(readGroupBitmap(reader));
  return bitmaps;
}

/** Reads rows of a String and a bitmap as RowBinary carries them. */
export function decodeNamedBitmaps(bytes: Uint8Array): { name: string; bitmap: Bitmap }[] {
  const reader = new ByteReader(bytes);
  const rows: { name: string; bitmap: Bitmap }[] = [];
  while (reader.at < bytes.length) {
    const name = new TextDecoder().decode(reader.copy(reader.varUint()));
    rows.push({ name, bitmap: readGroupBitmap(reader) });
  }
  return rows;
}

/** Writes a bitmap as RowBinary carries ClickHouse's `AggregateFunction(groupBitmap, UInt32)`. */
export function encodeGroupBitmap(bitmap: Bitmap): Uint8Array {
  if (bitmap.size > listMax) {
    const portable = encodeBitmap(bitmap);
    const head = [kindRoaring, ...varUint(portable.length)];
    const bytes = new Uint8Array(head.length + portable.length);
    bytes.set(head);
    bytes.set(portable, head.length);
    return bytes;
  }
  const members = bitmap.toArray();
  const bytes = new Uint8Array(2 + members.length * 4);
  bytes.set([kindList, members.length]);
  bytes.set(new Uint8Array(members.buffer), 2);
  return bytes;
}

function readGroupBitmap(reader: ByteReader): Bitmap {
  const kind = reader.uint8();
  if (kind === kindList) return readList(reader);
  if (kind !== kindRoaring) throw reader.error(`the kind ${kind} where 0 or 1 is meant`);
  const size = reader.varUint();
  const end = reader.at + size;
  if (end > reader.bytes.length) throw reader.error(`${size} bytes are announced and ${reader.bytes.length - reader.at} follow`);
  const bitmap = readPortable(reader);
  if (reader.at !== end) throw reader.error(`the bitmap of ${size} bytes does not end at ${end}`);
  return bitmap;
}

function readList(reader: ByteReader): Bitmap {
  const count = reader.varUint();
  if (count > listMax) throw reader.error(`a list of ${count} numbers, which holds up to ${listMax}`);
  const bitmap = Bitmap.of(new Uint32Array(reader.copy(count * 4)));
  if (bitmap.size !== count) throw reader.error('a list with a number twice');
  return bitmap;
}

function varUint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest & 127) | 128);
  bytes.push(rest);
  return bytes;
}
