import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ascending, firstDifference, numbers, seeded } from '../../../test/number-sets.ts';
import { Bitmap } from './bitmap.ts';

const last = 2 ** 32 - 1;
const bitmaps = numbers.map((list) => Bitmap.of(list));
const listOf = (bitmap: Bitmap): number[] => [...bitmap.toArray()];
const every = (n: number, step = 1, from = 0): number[] => Array.from({ length: n }, (_, i) => from + i * step);

describe('a bitmap', () => {
  it('holds each number once, ascending, by whichever way it was made', () => {
    fc.assert(fc.property(numbers, (list) => {
      const sorted = ascending(list);
      const bitmap = Bitmap.of(list);
      expect(listOf(bitmap)).toEqual(sorted);
      expect([...bitmap]).toEqual(sorted);
      expect(bitmap.size).toBe(sorted.length);
      const doubled = sorted.flatMap((n) => [n, n]);
      for (const other of [Bitmap.of(Uint32Array.from(list)), Bitmap.of(new Set(list)), Bitmap.fromSorted(doubled), Bitmap.fromSorted(Uint32Array.from(doubled))]) {
        expect(other.equals(bitmap)).toBe(true);
      }
    }));
  });

  it('knows its members from all others', () => {
    fc.assert(fc.property(numbers, (list) => {
      const bitmap = Bitmap.of(list);
      const members = new Set(list);
      const wrong = list.flatMap((m) => [m - 1, m, m + 1, m ^ 65_536]).filter((n) => bitmap.has(n) !== members.has(n));
      expect(wrong).toEqual([]);
    }));
    expect([-1, 0.5, NaN, 2 ** 32, 2 ** 33].some((n) => Bitmap.range(0, 2 ** 32).has(n))).toBe(false);
  });

  it.each([[[0]], [[65_535]], [[65_536]], [[last]], [[0, last]], [[65_535, 65_536]], [every(4_096)], [every(4_097)], [every(4_096, 3)], [every(4_097, 3)], [every(65_536)], [every(65_537)]])(
    'holds the edges %#', (list) => {
      const bitmap = Bitmap.fromSorted(list);
      expect(listOf(bitmap)).toEqual(list);
      expect([bitmap.at(0), bitmap.at(list.length - 1), bitmap.at(list.length)]).toEqual([list[0], list.at(-1), undefined]);
    });

  it('refuses what is no number of 32 bits, and numbers that do not ascend', () => {
    for (const n of [-1, 2 ** 32, 1.5, NaN, Infinity]) {
      expect(() => Bitmap.of([1, n])).toThrow(RangeError);
      expect(() => Bitmap.fromSorted([n])).toThrow(`not ${n}`);
    }
    for (const [from, until] of [[-1, 1], [0, 2 ** 32 + 1], [0.5, 3], [0, 1.5], [NaN, 1], [0, Infinity]]) expect(() => Bitmap.range(from, until)).toThrow(RangeError);
    expect(() => Bitmap.fromSorted([1, 3, 2])).toThrow('2 stands after 3');
    expect(() => Bitmap.fromSorted([70_000, 2])).toThrow('2 stands after 70000');
  });

  it('does not hold on to the numbers it was made of', () => {
    const list = Uint32Array.of(3, 1, 2);
    const bitmap = Bitmap.of(list);
    expect([...list]).toEqual([3, 1, 2]);
    list.fill(9);
    bitmap.toArray().fill(9);
    expect(listOf(bitmap)).toEqual([1, 2, 3]);
  });
});

describe('a range', () => {
  it('holds what lies in it', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: last }), fc.integer({ min: 0, max: 150_000 }), (from, size) => {
      const until = Math.min(from + size, 2 ** 32);
      expect(Bitmap.range(from, until).equals(Bitmap.fromSorted(every(until - from, 1, from)))).toBe(true);
    }), { numRuns: 30 });
  });

  it('of all numbers takes hardly any memory', () => {
    const all = Bitmap.range(0, 2 ** 32);
    expect([all.size, all.at(last), all.rank(last)]).toEqual([2 ** 32, last, 2 ** 32]);
    expect(all.andNot(Bitmap.of([7])).at(7)).toBe(8);
    expect(all.and(all).equals(all)).toBe(true);
    expect(all.byteLength).toBeLessThan(2 ** 21);
  });
});

describe('combining', () => {
  it('is what sets of numbers give', () => {
    fc.assert(fc.property(numbers, numbers, (left, right) => {
      const [a, b] = [Bitmap.of(left), Bitmap.of(right)];
      const [ours, theirs] = [new Set(left), new Set(right)];
      expect(firstDifference(a.and(b).toArray(), ascending(ours.intersection(theirs)))).toBe(-1);
      expect(firstDifference(a.or(b).toArray(), ascending(ours.union(theirs)))).toBe(-1);
      expect(firstDifference(a.andNot(b).toArray(), ascending(ours.difference(theirs)))).toBe(-1);
      expect(firstDifference(a.xor(b).toArray(), ascending(ours.symmetricDifference(theirs)))).toBe(-1);
      expect(a.andSize(b)).toBe(ours.intersection(theirs).size);
      expect(a.isSubsetOf(b)).toBe(ours.isSubsetOf(theirs));
    }), { numRuns: 150 });
  });

  it('keeps the laws of sets', () => {
    const same = (a: Bitmap, b: Bitmap): void => expect(a.equals(b)).toBe(true);
    fc.assert(fc.property(bitmaps, bitmaps, bitmaps, (a, b, c) => {
      same(a.and(b), b.and(a));
      same(a.or(b), b.or(a));
      same(a.and(b.or(c)), a.and(b).or(a.and(c)));
      same(a.or(b.and(c)), a.or(b).and(a.or(c)));
      same(a.andNot(b.or(c)), a.andNot(b).and(a.andNot(c)));
      same(a.xor(b).xor(b), a);
      same(a.xor(b), a.or(b).andNot(a.and(b)));
      same(a.andNot(a), Bitmap.empty);
      same(Bitmap.union([a, b, c]), a.or(b).or(c));
      same(Bitmap.union([a, a]), a);
      expect(a.or(b).size).toBe(a.size + b.size - a.andSize(b));
      expect([a.and(b).isSubsetOf(a), a.isSubsetOf(a.or(b)), Bitmap.empty.isSubsetOf(a)]).toEqual([true, true, true]);
    }));
    same(Bitmap.union([]), Bitmap.empty);
  });

  it('tells sets apart that differ in one member', () => {
    fc.assert(fc.property(bitmaps, fc.integer({ min: 0, max: last }), (a, n) => {
      const b = a.xor(Bitmap.of([n]));
      expect(a.equals(b)).toBe(false);
      expect([a.isSubsetOf(b), b.isSubsetOf(a)]).toEqual([!a.has(n), a.has(n)]);
    }));
  });
});

describe('ranks', () => {
  it('lead to the member and back', () => {
    fc.assert(fc.property(numbers, (list) => {
      const sorted = ascending(list);
      const bitmap = Bitmap.of(list);
      const places = sorted.length < 50 ? sorted.keys() : [0, 1, 4_095, 4_096, sorted.length >> 1, sorted.length - 1].filter((i) => i < sorted.length);
      for (const i of places) {
        expect(bitmap.at(i)).toBe(sorted[i]);
        expect(bitmap.rank(sorted[i])).toBe(i + 1);
        if (sorted[i] > 0) expect(bitmap.rank(sorted[i] - 1)).toBe(i);
      }
      expect([bitmap.at(-1), bitmap.at(0.5), bitmap.at(sorted.length)]).toEqual([undefined, undefined, undefined]);
      expect(bitmap.rank(last)).toBe(sorted.length);
    }));
    expect(() => Bitmap.empty.rank(-1)).toThrow(RangeError);
  });

  it('cut pages out of the members', () => {
    fc.assert(fc.property(numbers, fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 20_000 }), (list, offset, limit) => {
      expect([...Bitmap.of(list).slice(offset, limit)]).toEqual(ascending(list).slice(offset, offset + limit));
    }));
    for (const wrong of [-1, 0.5, NaN]) expect(() => Bitmap.empty.slice(wrong, 1)).toThrow(RangeError);
  });
});

describe('a sample', () => {
  it('is of distinct members, ascending, as many as wanted or all', () => {
    fc.assert(fc.property(numbers, fc.integer({ min: 0, max: 200 }), fc.integer(), (list, count, seed) => {
      const bitmap = Bitmap.of(list);
      const sample = bitmap.sample(count, seeded(seed));
      expect(sample).toEqual(ascending(sample));
      expect(sample.length).toBe(Math.min(count, bitmap.size));
      expect(Bitmap.fromSorted(sample).isSubsetOf(bitmap)).toBe(true);
      expect(bitmap.sample(bitmap.size, seeded(seed))).toEqual(listOf(bitmap));
    }));
  });

  it('takes every choice as often as every other', () => {
    const bitmap = Bitmap.of([3, 70_000, 70_001, 200_000, last]);
    const random = seeded(20_261_125);
    const rounds = 10_000;
    const times = new Map<string, number>();
    for (let i = 0; i < rounds; i++) {
      const choice = bitmap.sample(2, random).join();
      times.set(choice, (times.get(choice) ?? 0) + 1);
    }
    expect(times.size).toBe(10);
    // 1,000 of 10,000 rounds are expected for each of ten pairs, with a deviation of 30.
    for (const count of times.values()) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  });

  it('is the same for the same numbers by chance', () => {
    const bitmap = Bitmap.range(10, 5_000_000);
    expect(bitmap.sample(1_000, seeded(1))).toEqual(bitmap.sample(1_000, seeded(1)));
    expect(bitmap.sample(1_000, seeded(1))).not.toEqual(bitmap.sample(1_000, seeded(2)));
  });
});

it('counts the memory it holds: bits for the dense, two bytes a member for the sparse', () => {
  expect(Bitmap.of(every(50_000, 3)).byteLength).toBeGreaterThan(3 * 8_192);
  expect(Bitmap.of(every(50_000, 3)).byteLength).toBeLessThan(3 * 9_000);
  expect(Bitmap.of(every(1_000, 50)).byteLength).toBeLessThan(3_000);
  expect(Bitmap.empty.byteLength).toBeLessThan(1_000);
});
