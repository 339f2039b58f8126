import fc from 'fast-check';

const last = 2 ** 32 - 1;
/** Where containers begin and end, and where numbers do. */
const edges = [0, 1, 31, 32, 4_095, 4_096, 65_535, 65_536, 131_071, 131_072, 2 ** 31 - 1, 2 ** 31, last - 65_536, last - 65_535, last - 1, last];

const near = fc.tuple(fc.constantFrom(...edges), fc.integer({ min: -40, max: 40 })).map(([edge, by]) => [Math.min(last, Math.max(0, edge + by))]);
const anywhere = fc.integer({ min: 0, max: last }).map((n) => [n]);
const run = fc.tuple(fc.constantFrom(...edges), fc.integer({ min: 1, max: 9_000 })).map(([from, size]) => spread(from, size, 1));
/** Enough of one container for bits, without runs. */
const dense = fc.tuple(fc.constantFrom(0, 65_536, 2 ** 31), fc.integer({ min: 4_000, max: 4_300 }), fc.integer({ min: 2, max: 15 }))
  .map(([from, size, step]) => spread(from, size, step));

const spread = (from: number, size: number, step: number): number[] =>
  Array.from({ length: size }, (_, i) => from + i * step).filter((n) => n <= last);

/** Numbers of 32 bits in any order, some twice: scattered, in runs, dense, around every edge. */
export const numbers: fc.Arbitrary<number[]> = fc.array(fc.oneof(
  { arbitrary: near, weight: 6 }, { arbitrary: anywhere, weight: 4 }, { arbitrary: run, weight: 2 }, { arbitrary: dense, weight: 1 },
), { maxLength: 12 }).map((parts) => parts.flat());

/** The same by another road: each once, ascending. */
export const ascending = (list: Iterable<number>): number[] => [...new Set(list)].sort((a, b) => a - b);

/** Where two lists first differ; -1 where they do not. A matcher on tens of thousands of numbers takes a second. */
export const firstDifference = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  const most = Math.max(a.length, b.length);
  for (let i = 0; i < most; i++) if (a[i] !== b[i]) return i;
  return -1;
};

/** A generator of numbers from 0 to below 1 (mulberry32), the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
