import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { decodeBitmap } from '../../../../kernel/bitmap/portable-read.ts';
import { encodeBitmap } from '../../../../kernel/bitmap/portable-write.ts';

/** The shard a customer number lies in. */
export const shardOf = (customerNo: number): number => customerNo >>> 16;

/** The parts of a set by their shards. */
export const partsOf = ({ content: { keys, containers } }: Bitmap): Map<number, Bitmap> =>
  new Map(containers.map((container, i) => [keys[i], new Bitmap({ keys: Uint16Array.of(keys[i]), containers: [container] })]));

/** Bytes as the driver sends them. */
export function bytesOf(bitmap: Bitmap): Buffer {
  const bytes = encodeBitmap(bitmap);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export const bitmapOf = (bytes: Buffer): Bitmap => decodeBitmap(bytes);
