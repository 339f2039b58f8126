import { isAbsent } from './absent.ts';
import { unwrappedEnd, unwrappedStart } from './spreadsheet-text.ts';

/**
 * Bounds of a cell without the white space around it. Besides ASCII, the spaces that Chinese input methods
 * and web pages leave behind: U+3000, U+00A0, U+FEFF, U+200B.
 */
export function trimmedStart(bytes: Uint8Array, start: number, end: number): number {
  let p = start;
  while (p < end) {
    const byte = bytes[p];
    if (byte <= 32) p++;
    else if (byte < 0xc2) break;
    else {
      const width = spaceWidth(bytes, p, end);
      if (width === 0) break;
      p += width;
    }
  }
  return p;
}

/** The end that belongs to `trimmedStart`. */
export function trimmedEnd(bytes: Uint8Array, start: number, end: number): number {
  let p = end;
  while (p > start) {
    const byte = bytes[p - 1];
    if (byte <= 32) p--;
    else if (byte < 0x80) break;
    else if (p - start >= 2 && spaceWidth(bytes, p - 2, p) === 2) p -= 2;
    else if (p - start >= 3 && spaceWidth(bytes, p - 3, p) === 3) p -= 3;
    else break;
  }
  return p;
}

function spaceWidth(bytes: Uint8Array, p: number, end: number): 0 | 2 | 3 {
  const lead = bytes[p];
  const second = bytes[p + 1];
  if (lead === 0xc2) return second === 0xa0 && p + 1 < end ? 2 : 0;
  if (p + 2 >= end) return 0;
  const third = bytes[p + 2];
  if (lead === 0xe3) return second === 0x80 && third === 0x80 ? 3 : 0;
  if (lead === 0xef) return second === 0xbb && third === 0xbf ? 3 : 0;
  return lead === 0xe2 && second === 0x80 && third === 0x8b ? 3 : 0;
}

const utf8 = new TextDecoder();

/**
 * The value in a cell as text, for the paths that are not hot: trimmed, without a spreadsheet's
 * wrapping, and empty where it stands for nothing.
 */
export function valueText(bytes: Uint8Array, start: number, end: number): string {
  const from = trimmedStart(bytes, start, end);
  const to = trimmedEnd(bytes, from, end);
  if (isAbsent(bytes, from, to)) return '';
  return utf8.decode(bytes.subarray(unwrappedStart(bytes, from, to), unwrappedEnd(bytes, from, to)));
}
