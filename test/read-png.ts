import { crc32, inflateSync } from 'node:zlib';

/** A picture as its file says: its size, and the four bytes of a pixel. */
export interface ReadPicture {
  width: number;
  height: number;
  pixel(x: number, y: number): [number, number, number, number];
}

/** Reads a PNG of 8 bits a channel with opacity and without filters; throws where a part of it is damaged. */
export function readPng(file: Buffer): ReadPicture {
  if (file.toString('latin1', 1, 4) !== 'PNG') throw new Error('no PNG');
  let header: Buffer | undefined;
  const packed: Buffer[] = [];
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at);
    const body = file.subarray(at + 4, at + 8 + length);
    if (crc32(body) !== file.readUInt32BE(at + 8 + length))
      throw new Error(`a damaged part at ${at}`);
    const name = body.toString('latin1', 0, 4);
    if (name === 'IHDR') header = body.subarray(4);
    if (name === 'IDAT') packed.push(body.subarray(4));
    at += 12 + length;
  }
  if (!header) throw new Error('no header');
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const rows = inflateSync(Buffer.concat(packed));
  const stride = width * 4 + 1;
  if (rows.length !== stride * height) throw new Error('too few rows');
  return {
    width,
    height,
    pixel(x, y) {
      const at = y * stride + 1 + x * 4;
      return [rows[at], rows[at + 1], rows[at + 2], rows[at + 3]];
    },
  };
}
