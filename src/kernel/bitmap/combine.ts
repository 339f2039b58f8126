import { addValues, emptyContainer, fullContainer, ofValues, ofWords, valuesMax, wordsOf, type Container } from './container.ts';
import { bitCount, countBits, wordCount } from './words.ts';

/** Written by one call and copied from before the next. */
const scratch = new Uint16Array(valuesMax);

/** Members of both. */
export function andContainers(a: Container, b: Container): Container {
  if (a === fullContainer) return b;
  if (b === fullContainer) return a;
  if (a.words && b.words) {
    const out = new Int32Array(wordCount);
    let size = 0;
    for (let i = 0; i < wordCount; i++) size += bitCount((out[i] = a.words[i] & b.words[i]));
    return ofWords(out, size);
  }
  const [fewer, more] = a.values ? [a, b] : [b, a];
  return ofValues(scratch.slice(0, pickValues(fewer.values ?? scratch, more, true)));
}

/** How many are members of both. */
export function andSizeOf(a: Container, b: Container): number {
  if (a.values) return pickValues(a.values, b, true);
  if (b.values) return pickValues(b.values, a, true);
  let size = 0;
  for (let i = 0; i < wordCount; i++) size += bitCount(a.words[i] & b.words[i]);
  return size;
}

/** Members of the one or the other. */
export function orContainers(a: Container, b: Container): Container {
  if (a === fullContainer || b === fullContainer) return fullContainer;
  if (a.values && b.values && a.size + b.size <= valuesMax) return ofValues(mergedValues(a.values, b.values, true));
  if (!a.words && b.words) return orContainers(b, a);
  const out = wordsOf(a);
  let size = 0;
  if (b.words) for (let i = 0; i < wordCount; i++) size += bitCount((out[i] |= b.words[i]));
  else {
    addValues(out, b.values);
    size = countBits(out);
  }
  return ofWords(out, size);
}

/** Members of the first that are none of the second. */
export function andNotContainers(a: Container, b: Container): Container {
  if (b === fullContainer) return emptyContainer;
  if (a.values) return ofValues(scratch.slice(0, pickValues(a.values, b, false)));
  const out = wordsOf(a);
  let size = 0;
  if (b.words) for (let i = 0; i < wordCount; i++) size += bitCount((out[i] &= ~b.words[i]));
  else {
    for (const low of b.values) out[low >>> 5] &= ~(1 << (low & 31));
    size = countBits(out);
  }
  return ofWords(out, size);
}

/** Members of one alone. */
export function xorContainers(a: Container, b: Container): Container {
  if (a.values && b.values && a.size + b.size <= valuesMax) return ofValues(mergedValues(a.values, b.values, false));
  const out = wordsOf(a);
  let size = 0;
  if (b.words) for (let i = 0; i < wordCount; i++) size += bitCount((out[i] ^= b.words[i]));
  else {
    for (const low of b.values) out[low >>> 5] ^= 1 << (low & 31);
    size = countBits(out);
  }
  return ofWords(out, size);
}

/** Writes the values that the container holds, or that it does not hold, to `scratch`; returns how many. */
function pickValues(values: Uint16Array, { words, values: theirs }: Container, held: boolean): number {
  let end = 0;
  if (words) {
    const wanted = held ? 1 : 0;
    for (let i = 0; i < values.length; i++) {
      const low = values[i];
      if (((words[low >>> 5] >>> (low & 31)) & 1) === wanted) scratch[end++] = low;
    }
    return end;
  }
  let j = 0;
  for (let i = 0; i < values.length; i++) {
    const low = values[i];
    while (j < theirs.length && theirs[j] < low) j++;
    if ((j < theirs.length && theirs[j] === low) === held) scratch[end++] = low;
  }
  return end;
}

/** The values of both, ascending; those that are in both once, or left out. */
function mergedValues(a: Uint16Array, b: Uint16Array, keepCommon: boolean): Uint16Array {
  let [i, j, end] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const ours = a[i];
    const theirs = b[j];
    if (ours !== theirs || keepCommon) scratch[end++] = ours < theirs ? ours : theirs;
    if (ours <= theirs) i++;
    if (theirs <= ours) j++;
  }
  while (i < a.length) scratch[end++] = a[i++];
  while (j < b.length) scratch[end++] = b[j++];
  return scratch.slice(0, end);
}
