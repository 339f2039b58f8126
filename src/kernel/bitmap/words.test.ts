import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstDifference } from '../../../test/number-sets.ts';
import { bitCount, countBits, countRuns, nextPlace, placeOfBit, placesOf, setBits, wordCount, writePlaces } from './words.ts';

const placeMax = 65_535;
/** Places crowd at the edges of words and of the whole. */
const place = fc.oneof(
  fc.integer({ min: 0, max: placeMax }),
  fc.integer({ min: 0, max: 130 }),
  fc.integer({ min: placeMax - 130, max: placeMax }),
);
const places = fc.uniqueArray(place, { maxLength: 300 }).map((list) => list.sort((a, b) => a - b));

/** Sets bits by the plainest way there is. */
function wordsWith(list: number[]): Int32Array {
  const words = new Int32Array(wordCount);
  for (const p of list) words[Math.floor(p / 32)] += p % 32 === 31 ? -(2 ** 31) : 2 ** (p % 32);
  return words;
}

describe('a word', () => {
  it('counts its bits as its binary digits do', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (word) => {
      const ones = word.toString(2).replaceAll('0', '').length;
      expect(bitCount(word)).toBe(ones);
      // What operators on bits give is signed.
      expect(bitCount(word | 0)).toBe(ones);
    }));
    expect([bitCount(0), bitCount(-1), bitCount(2 ** 31)]).toEqual([0, 32, 1]);
  });
});

describe('words', () => {
  it('count the bits before a word', () => {
    fc.assert(fc.property(places, fc.integer({ min: 0, max: wordCount }), (list, until) => {
      expect(countBits(wordsWith(list))).toBe(list.length);
      expect(countBits(wordsWith(list), until)).toBe(list.filter((p) => p < until * 32).length);
    }));
  });

  it('tell the places of their bits, each with a base', () => {
    fc.assert(fc.property(places, fc.constantFrom(0, 65_536, 2 ** 32 - 65_536), (list, base) => {
      const out = new Uint32Array(list.length + 2).fill(7);
      expect(writePlaces(wordsWith(list), out, 1, base)).toBe(list.length + 1);
      expect([...out]).toEqual([7, ...list.map((p) => base + p), 7]);
      expect([...placesOf(wordsWith(list), list.length)]).toEqual(list);
    }));
  });

  it('find the bit of a rank', () => {
    fc.assert(fc.property(places, (list) => {
      const words = wordsWith(list);
      expect(list.map((_, rank) => placeOfBit(words, rank))).toEqual(list);
    }));
  });

  it('set a range and leave what was set', () => {
    fc.assert(fc.property(places, place, place, (list, one, other) => {
      const [first, last] = [Math.min(one, other), Math.max(one, other)];
      const words = wordsWith(list);
      setBits(words, first, last);
      const between = Array.from({ length: last - first + 1 }, (_, i) => first + i);
      const expected = [...list.filter((p) => p < first), ...between, ...list.filter((p) => p > last)];
      const out = new Uint32Array(expected.length);
      expect(writePlaces(words, out, 0, 0)).toBe(expected.length);
      expect(firstDifference(out, expected)).toBe(-1);
    }));
  });

  it.each([[0, 0], [0, 31], [0, 32], [31, 32], [32, 63], [1, 62], [65_535, 65_535], [0, 65_535]])('set %i to %i', (first, last) => {
    const words = new Int32Array(wordCount);
    setBits(words, first, last);
    expect(countBits(words)).toBe(last - first + 1);
    expect([placeOfBit(words, 0), placeOfBit(words, last - first)]).toEqual([first, last]);
  });

  it('count runs, and lead from one to the next', () => {
    fc.assert(fc.property(fc.array(fc.tuple(place, fc.integer({ min: 1, max: 100 })), { maxLength: 20 }), (parts) => {
      const words = new Int32Array(wordCount);
      for (const [first, size] of parts) setBits(words, first, Math.min(placeMax, first + size - 1));
      const members = new Uint32Array(countBits(words));
      writePlaces(words, members, 0, 0);
      const firsts = [...members].filter((p, i) => p !== members[i - 1] + 1);
      const lasts = [...members].filter((p, i) => p !== members[i + 1] - 1);
      expect(countRuns(words)).toBe(firsts.length);
      expect(countRuns(words, firsts.length)).toBe(firsts.length);
      if (firsts.length > 1) expect(countRuns(words, 1)).toBeGreaterThan(1);
      const found: [number, number][] = [];
      for (let first = nextPlace(words, 0, true); first <= placeMax;) {
        const until = nextPlace(words, first, false);
        found.push([first, until - 1]);
        first = nextPlace(words, until, true);
      }
      expect(found).toEqual(firsts.map((first, i) => [first, lasts[i]]));
    }));
  });

  it('end where there is no further place', () => {
    const none = new Int32Array(wordCount);
    const all = new Int32Array(wordCount).fill(-1);
    expect([nextPlace(none, 0, true), nextPlace(all, 0, false), nextPlace(all, 65_536, true)]).toEqual([65_536, 65_536, 65_536]);
    expect([nextPlace(none, 9, false), nextPlace(all, 9, true)]).toEqual([9, 9]);
    expect([countRuns(none), countRuns(all)]).toEqual([0, 1]);
  });
});
