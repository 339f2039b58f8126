import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ascending, firstDifference, seeded } from '../../../test/number-sets.ts';
import { drawRanks } from './sample.ts';

describe('drawing ranks', () => {
  it('gives distinct ranks below the limit, ascending', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 70_000 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.integer(), (limit, share, seed) => {
      const count = Math.floor(limit * share * share);
      const ranks = [...drawRanks(limit, count, seeded(seed))];
      expect(ranks.length).toBe(count);
      expect(firstDifference(ranks, ascending(ranks))).toBe(-1);
      expect(ranks.at(-1) ?? -1).toBeLessThan(limit);
    }));
  });

  it('asks for one number by chance each, however many of all are wanted', () => {
    let asked = 0;
    const random = seeded(1);
    drawRanks(100_000, 99_999, () => {
      asked++;
      return random();
    });
    expect(asked).toBe(99_999);
  });

  it('reaches every rank, the first and the last', () => {
    expect([...drawRanks(5, 5, () => 0)]).toEqual([0, 1, 2, 3, 4]);
    expect([...drawRanks(2 ** 32, 2, () => 0)]).toEqual([0, 2 ** 32 - 1]);
    expect([...drawRanks(2 ** 32, 1, () => 1 - 2 ** -53)]).toEqual([2 ** 32 - 1]);
  });

  it('takes from each tenth as much as from every other', () => {
    const [limit, count] = [1_000_000, 100_000];
    const tenths = new Array<number>(10).fill(0);
    for (const rank of drawRanks(limit, count, seeded(3))) tenths[Math.floor(rank / 100_000)]++;
    // 10,000 are expected in each, with a deviation of 90.
    for (const tenth of tenths) expect(Math.abs(tenth - 10_000)).toBeLessThan(450);
  });
});
