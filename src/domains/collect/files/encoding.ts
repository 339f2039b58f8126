import { isAscii, isUtf8 } from 'node:buffer';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';

/** What a byte order mark says, and its length. */
export function markedEncoding(head: Buffer): { encoding: Encoding; markBytes: number } | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', markBytes: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', markBytes: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', markBytes: 2 };
  return null;
}

/** Share of zero bytes below which they are stray ones; delimiters and digits alone make more in UTF-16. */
const leastZeros = 0.04;

/**
 * UTF-16 without a mark: delimiters, digits and line ends are then every second byte with a
 * zero beside them, always on the same side. Null where zeros are absent or on both sides.
 */
export function unmarkedUtf16(sample: Buffer): Encoding | null {
  let even = 0;
  let odd = 0;
  for (let i = 0; i < sample.length; i++) {
    if (sample[i] === 0) i % 2 === 0 ? even++ : odd++;
  }
  const many = sample.length * leastZeros;
  if (odd > 10 * even && odd > many) return 'utf-16le';
  if (even > 10 * odd && even > many) return 'utf-16be';
  return null;
}

/**
 * UTF-8 or GB18030, for a sample without a mark that holds bytes above 0x7f; null while it holds
 * none. Chinese text in GB18030 is never valid UTF-8 by chance for long. A sample that is
 * neither stays UTF-8: its damaged rows become row problems, and the others go in.
 */
export function decideEncoding(sample: Buffer): Encoding | null {
  if (isAscii(sample)) return null;
  const whole = sample.subarray(0, sample.length - cutOffBytes(sample));
  return !isUtf8(whole) && looksLikeGb18030(sample) ? 'gb18030' : 'utf-8';
}

/** Bytes of a UTF-8 character that the end of the sample cuts off: 0 to 3. */
export function cutOffBytes(sample: Buffer): number {
  for (let back = 1; back <= 3 && back <= sample.length; back++) {
    const byte = sample[sample.length - back];
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? back : 0;
    }
  }
  return 0;
}

/**
 * Nearly all double bytes are well formed, and most are among the symbols and the hanzi of
 * GB 2312, which real Chinese text keeps to; Western 8-bit text is not.
 */
function looksLikeGb18030(sample: Buffer): boolean {
  let wellFormed = 0;
  let frequent = 0;
  let broken = 0;
  for (let i = 0; i < sample.length;) {
    const lead = sample[i];
    if (lead < 0x80) {
      i++;
      continue;
    }
    const trail = i + 1 < sample.length ? sample[i + 1] : 0x40;
    if (lead >= 0x81 && lead <= 0xfe && trail >= 0x40 && trail <= 0xfe && trail !== 0x7f) {
      wellFormed++;
      const common = trail >= 0xa1 && ((lead >= 0xb0 && lead <= 0xf7) || (lead >= 0xa1 && lead <= 0xa9));
      if (common) frequent++;
      i += 2;
    } else if (lead >= 0x81 && lead <= 0xfe && trail >= 0x30 && trail <= 0x39) {
      wellFormed++;
      i += 4;
    } else {
      broken++;
      i++;
    }
  }
  return broken <= wellFormed / 100 && frequent > wellFormed * 0.7;
}
