import { describe, expect, it } from 'vitest';
import { kindOf, measuresOf } from './picture-bytes.ts';

const bytes = (...parts: (string | Buffer)[]): Buffer => Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));
const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

/** Heads as programs write them: 640 × 480 each, but for the last three. */
const pictures: [string, 'png' | 'jpg' | 'gif' | 'webp', Buffer, [number, number]][] = [
  ['a PNG', 'png', bytes('\x89PNG\r\n\x1a\n', hex('0000000d'), 'IHDR', hex('00000280 000001e0 0802000000')), [640, 480]],
  ['a GIF', 'gif', bytes('GIF89a', hex('8002 e001 f70000')), [640, 480]],
  ['a JPEG with a picture of its own in its head', 'jpg', bytes(hex('ffd8 ffe1 000a 4578696600 000000 ffe0 0004 0000 ffff c0 0011 08 01e0 0280 03')), [640, 480]],
  ['a JPEG that comes in passes, its tables first', 'jpg', bytes(hex('ffd8 ffc4 0004 0000 ffc2 0011 08 01e0 0280 03')), [640, 480]],
  ['a lossy WebP', 'webp', bytes('RIFF', hex('24000000'), 'WEBPVP8 ', hex('18000000 300100 9d012a 8002 e001')), [640, 480]],
  ['a lossless WebP', 'webp', bytes('RIFF', hex('1a000000'), 'WEBPVP8L', hex('0d000000 2f'), hex('7fc27700')), [640, 480]],
  ['a WebP with more in it', 'webp', bytes('RIFF', hex('1a000000'), 'WEBPVP8X', hex('0a000000 10000000 7f0200 df0100')), [640, 480]],
];

describe('a picture', () => {
  it.each(pictures)('that is %s says what it is and how large', (_, kind, file, [width, height]) => {
    expect(kindOf(file)).toBe(kind);
    expect(measuresOf(kind, file)).toEqual({ width, height });
  });

  it.each(pictures)('that is %s and cut off says nothing, wherever it is cut', (_, kind, file) => {
    for (let end = 12; end < file.length - 6; end++) expect(measuresOf(kind, file.subarray(0, end))).toBeNull();
  });

  it('is none that is a drawing, a page, or nothing', () => {
    for (const file of ['<svg xmlns="http://www.w3.org/2000/svg"/>', '<html>', '', 'BM6', 'RIFF0000WAVE']) expect(kindOf(Buffer.from(file))).toBeNull();
    expect(measuresOf('gif', bytes('GIF89a', hex('0000 e001 00')))).toBeNull();
    expect(measuresOf('jpg', hex('ffd8 ffd9 0002 ffd9 0002 00 00 00 00'))).toBeNull();
  });
});
