import { countBits, placeOfBit, placesOf, setBits, wordCount, writePlaces } from './words.ts';

/**
 * The low halves of the members whose high halves are equal; never written after it was made.
 * Up to `valuesMax` they are ascending values, more are bits: so equal sets are equal containers.
 * An empty one is what a combination leaves; no bitmap keeps it.
 */
export type Container =
  | { readonly size: number; readonly values: Uint16Array; readonly words?: undefined }
  | { readonly size: number; readonly values?: undefined; readonly words: Int32Array };

/** From here on 8 KiB of bits are smaller than two bytes a value. */
export const valuesMax = 4096;
const lowCount = 65_536;

/** All low halves; there is one of it, so that a set of all customers is held in no memory. */
export const fullContainer: Container = { size: lowCount, words: new Int32Array(wordCount).fill(-1) };

/** The values as they are: ascending, and no more than `valuesMax`. */
export const ofValues = (values: Uint16Array): Container => ({ size: values.length, values });

/** The words as they are where they are many, as values where they are few; `size` is the bits that are set. */
export function ofWords(words: Int32Array, size: number): Container {
  if (size === lowCount) return fullContainer;
  if (size > valuesMax) return { size, words };
  return ofValues(placesOf(words, size));
}

/** The low halves `first` to `last`, both of them too. */
export function ofRange(first: number, last: number): Container {
  const words = new Int32Array(wordCount);
  setBits(words, first, last);
  return ofWords(words, last - first + 1);
}

/** What a combination leaves when nothing is left. */
export const emptyContainer = ofValues(new Uint16Array(0));

/** The bits of a container in words of one's own. */
export function wordsOf(container: Container): Int32Array {
  if (container.words) return container.words.slice();
  const words = new Int32Array(wordCount);
  addValues(words, container.values);
  return words;
}

/** Sets the bit of each value. */
export function addValues(words: Int32Array, values: Uint16Array): void {
  for (let i = 0; i < values.length; i++) words[values[i] >>> 5] |= 1 << (values[i] & 31);
}

/** How many of the ascending values are smaller than `low`. */
export function countSmaller(values: Uint16Array, low: number): number {
  let [from, until] = [0, values.length];
  while (from < until) {
    const middle = (from + until) >>> 1;
    if (values[middle] < low) from = middle + 1;
    else until = middle;
  }
  return from;
}

/** Whether the low half is a member. */
export function contains({ words, values }: Container, low: number): boolean {
  if (words) return ((words[low >>> 5] >>> (low & 31)) & 1) === 1;
  return values[countSmaller(values, low)] === low;
}

/** How many members are not larger than `low`. */
export function rankIn({ words, values }: Container, low: number): number {
  if (!words) return countSmaller(values, low + 1);
  const index = low >>> 5;
  const upTo = words[index] & (-1 >>> (31 - (low & 31)));
  return countBits(words, index) + countBits(Int32Array.of(upTo));
}

/** The member that has `rank` members before it. */
export const selectIn = ({ words, values }: Container, rank: number): number => (words ? placeOfBit(words, rank) : values[rank]);

/** Writes the members with `base` added, ascending from `at` on; returns where it ended. */
export function writeMembers({ words, values }: Container, out: Uint32Array, at: number, base: number): number {
  if (words) return writePlaces(words, out, at, base);
  for (let i = 0; i < values.length; i++) out[at + i] = base + values[i];
  return at + values.length;
}

/** Whether both hold the same. */
export function equalContainers(a: Container, b: Container): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  const [ours, theirs] = [a.words ?? a.values, b.words ?? b.values];
  for (let i = 0; i < ours.length; i++) if (ours[i] !== theirs[i]) return false;
  return true;
}
