import { hash } from 'node:crypto';
import type { Arm } from '../part.ts';

/** Shares are of so many. */
export const wholeShare = 10_000;

/**
 * HalfSipHash-2-4 of one 32-bit word with a key of two (Aumasson and Bernstein, "SipHash: a fast short-input PRF", INDOCRYPT 2012; the
 * variant of 32-bit words of its reference implementation): without the key nothing tells which number comes out, and under two keys
 * numbers have nothing to do with each other.
 */
export function halfSipHash(key0: number, key1: number, word: number): number {
  let [v0, v1, v2, v3] = [key0 | 0, key1 | 0, 0x6c79_6765 ^ key0, 0x7465_6462 ^ key1];
  const rounds = (count: number): void => {
    for (let i = 0; i < count; i++) {
      v0 = (v0 + v1) | 0;
      v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0;
      v0 = (v0 << 16) | (v0 >>> 16);
      v2 = (v2 + v3) | 0;
      v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
      v0 = (v0 + v3) | 0;
      v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
      v2 = (v2 + v1) | 0;
      v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2;
      v2 = (v2 << 16) | (v2 >>> 16);
    }
  };
  // The word, and the block that holds nothing but the length of four bytes.
  for (const block of [word, 4 << 24]) {
    v3 ^= block;
    rounds(2);
    v0 ^= block;
  }
  v2 ^= 0xff;
  rounds(4);
  return (v1 ^ v3) >>> 0;
}

/** Which arm somebody is in, by its place: a function of the person, the experiment and its salt, and of nothing else. */
export function createDrawArm(experimentNo: number, salt: string, arms: readonly Pick<Arm, 'share'>[]): (customerNo: number) => number {
  const key = Buffer.from(hash('sha256', `${experimentNo} ${salt}`, 'hex'), 'hex');
  const [key0, key1] = [key.readInt32LE(0), key.readInt32LE(4)];
  let sum = 0;
  const ends = arms.map(({ share }) => (sum += share));
  return (customerNo) => {
    const place = Math.floor((halfSipHash(key0, key1, customerNo) / 2 ** 32) * wholeShare);
    return ends.findIndex((end) => place < end);
  };
}
