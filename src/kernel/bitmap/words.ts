/** Low halves of numbers, one bit each: bit `low & 31` of word `low >>> 5`. */
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
export function countBits(words: Uint32Array, until = words.length): number {
  let count = 0;
  for (let i = 0; i < until; i++) count += bitCount(words[i]);
  return count;
}

/** Sets the bits `first` to `last`, both of them too. */
export function setBits(words: Uint32Array, first: number, last: number): void {
  const [from, until] = [first >>> 5, last >>> 5];
  const [head, tail] = [-1 << (first & 31), -1 >>> (31 - (last & 31))];
  if (from === until) {
    words[from] |= head & tail;
    return;
  }
  words[from] |= head;
  words.fill(0xffffffff, from + 1, until);
  words[until] |= tail;
}

/** Writes the places of the bits that are set, each with `base` added, ascending from `at` on; returns where it ended. */
export function writePlaces(words: Uint32Array, out: Uint16Array | Uint32Array, at: number, base: number): number {
  let end = at;
  for (let i = 0; i < words.length; i++) {
    const start = base + i * 32;
    for (let rest = words[i]; rest !== 0; rest &= rest - 1) out[end++] = start + lowestBit(rest);
  }
  return end;
}

/** The place of the bit that has `rank` set bits before it. */
export function placeOfBit(words: Uint32Array, rank: number): number {
  let rest = rank;
  let i = 0;
  for (let count = bitCount(words[0]); count <= rest; count = bitCount(words[++i])) rest -= count;
  let word = words[i];
  for (; rest > 0; rest--) word &= word - 1;
  return i * 32 + lowestBit(word);
}

/** How many runs of neighbouring bits there are. */
export function countRuns(words: Uint32Array): number {
  let runs = 0;
  let before = 0;
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    runs += bitCount(word & ~((word << 1) | before));
    before = word >>> 31;
  }
  return runs;
}

/** The first place from `from` on whose bit is set, or is not set where `value` is false; 65,536 where there is none. */
export function nextPlace(words: Uint32Array, from: number, value: boolean): number {
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
