import type { pictureKinds } from '../../contract/pictures.ts';

export type PictureKind = (typeof pictureKinds)[number];
export interface Measures {
  width: number;
  height: number;
}

export const mediaTypes: Record<PictureKind, string> = { png: 'image/png', jpg: 'image/jpeg', gif: 'image/gif', webp: 'image/webp' };

const text = (bytes: Buffer, from: number, to: number): string => bytes.subarray(from, to).toString('latin1');

/** Pictures by the bytes that they begin with; what an answer says of itself counts for nothing, and drawings that may hold programs (SVG) are none. */
const beginnings: [kind: PictureKind, is: (bytes: Buffer) => boolean][] = [
  ['png', (bytes) => text(bytes, 0, 8) === '\x89PNG\r\n\x1a\n'],
  ['jpg', (bytes) => text(bytes, 0, 3) === '\xff\xd8\xff'],
  ['gif', (bytes) => /^GIF8[79]a$/.test(text(bytes, 0, 6))],
  ['webp', (bytes) => text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 12) === 'WEBP'],
];

export const kindOf = (bytes: Buffer): PictureKind | null => beginnings.find(([, is]) => is(bytes))?.[0] ?? null;

/** How wide and high a picture says it is; null where its head is cut off or says nothing. */
export function measuresOf(kind: PictureKind, bytes: Buffer): Measures | null {
  try {
    const { width, height } = heads[kind](bytes);
    return width > 0 && height > 0 ? { width, height } : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Reading past the end throws a RangeError. */
const heads: Record<PictureKind, (bytes: Buffer) => Measures> = {
  png: (bytes) => (text(bytes, 12, 16) === 'IHDR' ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) } : nothing),
  gif: (bytes) => ({ width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) }),
  jpg: jpegHead,
  webp: webpHead,
};
const nothing: Measures = { width: 0, height: 0 };

/** Segments up to the one that begins a frame (ITU T.81, B.2.2): all of SOF0 to SOF15 but the tables 4, 8 and 12. */
function jpegHead(bytes: Buffer): Measures {
  for (let at = 2; bytes.readUInt8(at) === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    // A marker may be filled up with any number of its first byte.
    while (bytes.readUInt8(at + 1) === 0xff) at++;
    const marker = bytes.readUInt8(at + 1);
    if (marker >= 0xc0 && marker <= 0xcf && marker % 4 !== 0 || marker === 0xc0) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
  }
  return nothing;
}

/** RFC 9649: lossy, lossless, and extended files have their measures in different places. */
function webpHead(bytes: Buffer): Measures {
  const chunk = text(bytes, 12, 16);
  if (chunk === 'VP8 ') return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
  if (chunk === 'VP8L') {
    const bits = bytes.readUInt32LE(21);
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
  }
  return chunk === 'VP8X' ? { width: 1 + bytes.readUIntLE(24, 3), height: 1 + bytes.readUIntLE(27, 3) } : nothing;
}
