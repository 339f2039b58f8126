/**
 * A small seeded source of random numbers: xoshiro128** 1.1, whose four words of state are
 * filled by MurmurHash3's 32-bit finalizer over a Weyl sequence (SplitMix32).
 * Statistically good and fast in 32-bit arithmetic; not for secrets.
 * Source: D. Blackman and S. Vigna, "Scrambled Linear Pseudorandom Number Generators",
 * ACM TOMS 47(4), 2021, https://prng.di.unimi.it.
 */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private d: number;

  /** The keys name the stream: equal keys give equal numbers, other keys unrelated ones. */
  constructor(...keys: number[]) {
    let state = 0x9e3779b9;
    for (const key of keys) {
      state = mix((state ^ mix(key >>> 0)) + 0x9e3779b9);
      state = mix(state ^ Math.floor(key / 2 ** 32));
    }
    const word = () => mix((state = (state + 0x9e3779b9) | 0));
    this.a = word();
    this.b = word();
    this.c = word();
    this.d = word() | 1;
  }

  /** An integer of 32 bits, 0 to 2^32 - 1. */
  word(): number {
    const starred = Math.imul(this.b, 5);
    const result = Math.imul((starred << 7) | (starred >>> 25), 9);
    const shifted = this.b << 9;
    this.c ^= this.a;
    this.d ^= this.b;
    this.b ^= this.c;
    this.a ^= this.d;
    this.c ^= shifted;
    this.d = (this.d << 11) | (this.d >>> 21);
    return result >>> 0;
  }

  /** A number strictly between 0 and 1, on a grid of 2^-52, so that a logarithm of it is finite. */
  unit(): number {
    return ((this.word() >>> 6) * 2 ** 26 + (this.word() >>> 6) + 0.5) * 2 ** -52;
  }

  /** An integer from 0 to `count - 1`; `count` is at most 2^32. */
  below(count: number): number {
    return Math.floor(this.word() * 2 ** -32 * count);
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  /** One of the items, all equally likely. The list is not empty. */
  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)];
  }
}

function mix(word: number): number {
  let hash = word;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
