import { setImmediate as nextTurn } from 'node:timers/promises';

/** What a list of hashes holds. */
export interface ReadHashes {
  /** Lines that hold something. */
  lines: number;
  /** 32 bytes each, one after the other, each once. */
  hashes: Buffer;
  listed: number;
  repeated: number;
  /** The first lines that are no hash, and how many there are. */
  bad: number[];
  badCount: number;
}

const hex = /^\s*"?([0-9a-fA-F]{64})"?\s*(?:[,;\t].*)?$/;
const toldAtMost = 100;
/** Lines between two pauses, in which others are served. */
const linesATurn = 10_000;

/** Hashes of a file, one on each line in hexadecimal: 64 characters. */
export async function readHashes(text: string): Promise<ReadHashes> {
  const seen = new Set<string>();
  const bad: number[] = [];
  let [lines, badCount, number] = [0, 0, 0];
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)) {
    if (++number % linesATurn === 0) await nextTurn();
    if (line.trim() === '') continue;
    lines++;
    const found = hex.exec(line)?.[1];
    if (found) seen.add(found.toLowerCase());
    else if (++badCount <= toldAtMost) bad.push(number);
  }
  return { lines, hashes: Buffer.from([...seen].join(''), 'hex'), listed: seen.size, repeated: lines - badCount - seen.size, bad, badCount };
}
