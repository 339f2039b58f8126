/**
 * True where the bytes are in Unicode's composed form (NFC) for certain: ASCII without NUL,
 * Latin, hanzi, common CJK punctuation and full-width forms. False means: look closer.
 */
export function isComposed(bytes: Uint8Array, start: number, end: number): boolean {
  for (let p = start; p < end;) {
    const lead = bytes[p];
    if (lead < 0x80) {
      if (lead === 0) return false;
      p++;
    } else if (lead <= 0xcb) p += 2;
    else if ((lead >= 0xe4 && lead <= 0xe9) || lead === 0xef || lead === 0xe3) {
      const second = bytes[p + 1];
      // U+3000 to U+3027 and the full-width forms; the rest of these blocks has combining marks.
      if (lead === 0xe3 && (second !== 0x80 || bytes[p + 2] > 0xa7)) return false;
      if (lead === 0xef && second !== 0xbc && second !== 0xbd) return false;
      p += 3;
    } else return false;
  }
  return true;
}

/** Composed form, without NUL, which PostgreSQL cannot store. Lone surrogates become U+FFFD. */
export function cleanText(text: string): string {
  return text.replaceAll('\0', '').toWellFormed().normalize('NFC').trim();
}

const upperE = 69;
const lowerE = 101;

/**
 * True for `1.38001E+10`: a spreadsheet rounded a long number, and what it was is lost. Order
 * and customer numbers like this would fall together, so they are refused.
 */
export function isRoundedNumber(bytes: Uint8Array, start: number, end: number): boolean {
  const from = bytes[start] === 45 ? start + 1 : start;
  if (end - from < 4 || bytes[end - 1] - 48 > 9 || bytes[end - 1] < 48) return false;
  let p = from;
  while (p < end && ((bytes[p] >= 48 && bytes[p] <= 57) || bytes[p] === 46)) p++;
  if (p === from || (bytes[p] !== upperE && bytes[p] !== lowerE) || bytes[p + 1] !== 43) return false;
  for (p += 2; p < end; p++) if (bytes[p] < 48 || bytes[p] > 57) return false;
  return true;
}

/** The end of a whole number without its `.0`: 17850.0 is 17850. Any other text keeps its end. */
export function wholeNumberEnd(bytes: Uint8Array, start: number, end: number): number {
  let p = end;
  while (p > start && bytes[p - 1] === 48) p--;
  if (p === end || p - 1 <= start || bytes[p - 1] !== 46) return end;
  for (let q = start; q < p - 1; q++) if (bytes[q] < 48 || bytes[q] > 57) return end;
  return p - 1;
}
