/** What databases and spreadsheets write for nothing, besides nothing. Five bytes at most. */
const words = ['\\N', 'NULL', 'Null', 'null', 'NaN', 'nan', '#N/A', 'N/A', 'n/a', 'None', '-', '--'].map(
  (word) => Buffer.from(word),
);
const longest = Math.max(...words.map((word) => word.length));
/** 1 for the bytes that these words begin with, so that hardly any value is compared in full. */
const begins = new Uint8Array(256);
for (const word of words) begins[word[0]] = 1;

/**
 * True for a trimmed value that stands for no value. Taken for an identifier, `NULL` would make one
 * customer of everybody who has none.
 */
export function isAbsent(bytes: Uint8Array, start: number, end: number): boolean {
  if (begins[bytes[start]] === 0 || end - start > longest || end === start) return false;
  return words.some(
    (word) => word.length === end - start && word.every((byte, i) => byte === bytes[start + i]),
  );
}
