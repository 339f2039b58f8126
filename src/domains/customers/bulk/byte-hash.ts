import { randomBytes } from 'node:crypto';
import type { Key } from './key-table.ts';

/**
 * A function that hashes a range of bytes and a salt to 128 bits. It is quick rather than
 * cryptographic, and lives for one import: its multipliers are drawn at random and never leave the
 * process, so that nobody can choose two ids that meet. Among ten million ids the chance that any
 * two meet by accident is below 10^-24.
 */
export function createByteHash(): (bytes: Uint8Array, start: number, end: number, salt: number, key: Key) => void {
  const seeds = new Int32Array(new Uint8Array(randomBytes(32)).buffer);
  const [m0, m1, m2, m3] = Array.from(seeds.subarray(0, 4), (seed) => seed | 1);
  const [s0, s1, s2, s3] = seeds.subarray(4);
  return (bytes, start, end, salt, key) => {
    let a = s0 ^ salt;
    let b = s1 ^ (end - start);
    let c = s2 + salt;
    let d = s3;
    for (let at = start; at < end; at += 4) {
      // Up to four bytes as one word; a missing byte counts as 0, and the length is part of the state.
      let word = bytes[at];
      if (at + 1 < end) word |= bytes[at + 1] << 8;
      if (at + 2 < end) word |= bytes[at + 2] << 16;
      if (at + 3 < end) word |= bytes[at + 3] << 24;
      a = Math.imul(a ^ word, m0);
      b = Math.imul(b + word, m1);
      c = Math.imul(c ^ word ^ (a >>> 15), m2);
      d = Math.imul(d + word + (b >>> 13), m3);
      a ^= d >>> 16;
      b ^= c >>> 17;
      c ^= c >>> 14;
      d ^= a >>> 15;
    }
    a = settle(a ^ b, m1);
    b = settle(b ^ c, m2);
    c = settle(c ^ d, m3);
    d = settle(d ^ a, m0);
    key[0] = a ^ d;
    key[1] = b ^ a;
    key[2] = c ^ b;
    key[3] = d ^ c;
  };
}

/** Spreads a change of any bit over the whole word (the finaliser of MurmurHash3, with our own multiplier between). */
function settle(word: number, multiplier: number): number {
  let h = word ^ (word >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, multiplier);
  h ^= h >>> 15;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
