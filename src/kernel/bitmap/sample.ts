import { writePlaces } from './words.ts';

const chunkSize = 65_536;

/**
 * `count` distinct whole numbers below `limit`, ascending, every choice as likely as every other: Floyd's way,
 * one call of `random` each however many of all are wanted. What is chosen is marked by a bit in chunks
 * made when they are needed; a set of a million numbers would be slower and twenty times as large.
 */
export function drawRanks(limit: number, count: number, random: () => number): Uint32Array {
  const chunks = new Map<number, Int32Array>();
  const mark = (rank: number): boolean => {
    const chunk = Math.floor(rank / chunkSize);
    let words = chunks.get(chunk);
    if (!words) chunks.set(chunk, (words = new Int32Array(chunkSize / 32)));
    const index = (rank % chunkSize) >>> 5;
    const before = words[index];
    words[index] |= 1 << (rank & 31);
    return words[index] !== before;
  };
  for (let last = limit - count; last < limit; last++) if (!mark(Math.floor(random() * (last + 1)))) mark(last);
  const ranks = new Uint32Array(count);
  let end = 0;
  for (const [chunk, words] of [...chunks].sort(([a], [b]) => a - b)) end = writePlaces(words, ranks, end, chunk * chunkSize);
  return ranks;
}
