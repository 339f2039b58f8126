/**
 * Low halves of numbers, one bit each: bit `low & 31` of word `low >>> 5`. The words are signed, as operators on bits
 * make them: unsigned ones are floats to the compiler when the highest bit is set, and six times as slow.
 */
export const wordCount = 2048;

/** The bits of a 32-bit word that are set. */
export function bitCount(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** The place of the lowest bit that is set, in a word that has one. */
const lowestBit = (word: number): number => 31 - Math.clz32(word & -word);

/** Bits set in the words before `until`. */
export function countBits(words: Int32Array, until = words.length): number {
  let count = 0;
  for (let i = 0; i < until; i++) count += bitCount(words[i]);
  return count;
}

/** Sets the bits `first` to `last`, both of them too. */
export function setBits(words: Int32Array, first: number, last: number): void {
  const [from, until] = [first >>> 5, last >>> 5];
  const [head, tail] = [-1 << (first & 31), -1 >>> (31 - (last & 31))];
  if (from === until) {
    words[from] |= head & tail;
    return;
  }
  words[from] |= head;
  words.fill(-1, from + 1, until);
  words[until] |= tail;
}

/**
 * Writes the places of the bits that are set, each with `base` added, ascending from `at` on; returns where it ended.
 * The lowest bit is found in place: a call in this loop makes it four times as slow in half-optimised code.
 */
export function writePlaces(words: Int32Array, out: Uint32Array, at: number, base: number): number {
  let end = at;
  for (let i = 0; i < words.length; i++) {
    const start = (base + i * 32) | 0;
    for (let rest = words[i]; rest !== 0; rest &= rest - 1) out[end++] = start + (31 - Math.clz32(rest & -rest));
  }
  return end;
}

/** The places of the bits that are set, which are `size`, ascending: the kind of array they are kept in, which one loop for both kinds would make slow. */
export function placesOf(words: Int32Array, size: number): Uint16Array {
  const places = new Uint16Array(size);
  for (let i = 0, end = 0; i < words.length; i++) {
    for (let rest = words[i]; rest !== 0; rest &= rest - 1) places[end++] = i * 32 + 31 - Math.clz32(rest & -rest);
  }
  return places;
}

/** The place of the bit that has `rank` set bits before it. */
export function placeOfBit(words: Int32Array, rank: number): number {
  let rest = rank;
  let i = 0;
  for (let count = bitCount(words[0]); count <= rest; count = bitCount(words[++i])) rest -= count;
  let word = words[i];
  for (; rest > 0; rest--) word &= word - 1;
  return i * 32 + lowestBit(word);
}

/** How many runs of neighbouring bits there are; where there are more than `most`, counting ends at some number above it. */
export function countRuns(words: Int32Array, most = Infinity): number {
  let runs = 0;
  let before = 0;
  for (let i = 0; i < words.length && runs <= most; i++) {
    const word = words[i];
    runs += bitCount(word & ~((word << 1) | before));
    before = word >>> 31;
  }
  return runs;
}

/** The first place from `from` on whose bit is set, or is not set where `value` is false; 65,536 where there is none. */
export function nextPlace(words: Int32Array, from: number, value: boolean): number {
  const flip = value ? 0 : -1;
  let i = from >>> 5;
  if (i >= words.length) return words.length * 32;
  let word = (words[i] ^ flip) & (-1 << (from & 31));
  while (word === 0) {
    if (++i === words.length) return words.length * 32;
    word = words[i] ^ flip;
  }
  return i * 32 + lowestBit(word);
}
