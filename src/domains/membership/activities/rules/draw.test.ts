import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prize, sampleLottery } from '../../../../../test/sample-activity.ts';
import { drawnInteger, expectedPoints, fingerprintOf, mostPointsOf, oddsOf, prizeAt, totalWeight } from './draw.ts';

const seed = createHash('sha256').update('a seed').digest();

describe('a draw', () => {
  it('is the same whenever it is made again, and another for another number or seed', () => {
    fc.assert(fc.property(fc.nat(), fc.integer({ min: 1, max: 1_000_000 }), (drawNo, total) => {
      const drawn = drawnInteger(seed, drawNo, total);
      expect(drawnInteger(seed, drawNo, total)).toBe(drawn);
      expect(drawn).toBeGreaterThanOrEqual(0);
      expect(drawn).toBeLessThan(total);
    }));
    const of = (each: Uint8Array): number[] => Array.from({ length: 50 }, (_, n) => drawnInteger(each, n, 1_000_000));
    expect(of(seed)).not.toEqual(of(createHash('sha256').update('another').digest()));
    expect(new Set(of(seed)).size).toBe(50);
  });

  it('falls on each number alike: chi-square over 60,000 draws stays below what one in a million exceeds', () => {
    for (const total of [7, 10, 64]) {
      const found = new Array<number>(total).fill(0);
      const draws = 60_000;
      for (let n = 0; n < draws; n++) found[drawnInteger(seed, n, total)]++;
      const mean = draws / total;
      const chiSquare = found.reduce((sum, times) => sum + (times - mean) ** 2 / mean, 0);
      // The upper 10^-6 point by Wilson and Hilferty's cube, z = 4.753.
      const df = total - 1;
      const limit = df * (1 - 2 / (9 * df) + 4.753 * Math.sqrt(2 / (9 * df))) ** 3;
      expect(chiSquare, String(total)).toBeLessThan(limit);
    }
  });

  it('gives each prize exactly the integers of its weight', () => {
    const { prizes } = sampleLottery();
    const counted = new Map<string, number>();
    for (let integer = 0; integer < totalWeight(prizes); integer++) {
      const { key } = prizeAt(prizes, integer);
      counted.set(key, (counted.get(key) ?? 0) + 1);
    }
    expect(Object.fromEntries(counted)).toEqual({ grand: 10, good: 100, small: 500, thanks: 390 });
    expect(() => prizeAt(prizes, 1_000)).toThrow(RangeError);
  });

  it('shows its odds as they are, what it gives on average, and its most', () => {
    const { prizes } = sampleLottery();
    expect(oddsOf(prizes).map(({ key, weight, of }) => [key, weight, of])).toEqual([['grand', 10, 1_000], ['good', 100, 1_000], ['small', 500, 1_000], ['thanks', 390, 1_000]]);
    expect(expectedPoints(prizes)).toEqual({ over: 10 * 500 + 100 * 50 + 500 * 5, under: 1_000 });
    expect(mostPointsOf(prizes)).toBe(500);
    expect(mostPointsOf([prize('a', 1, { kind: 'nothing' }), prize('b', 1, { kind: 'item', itemNo: 1 })])).toBe(0);
  });

  it('never falls on a prize of no weight', () => {
    const prizes = [prize('never', 0, { kind: 'nothing' }), prize('always', 3, { kind: 'nothing' }), prize('neither', 0, { kind: 'nothing' })];
    expect([0, 1, 2].map((integer) => prizeAt(prizes, integer).key)).toEqual(['always', 'always', 'always']);
  });

  it('has a fingerprint that says nothing of its seed and is the seed’s alone', () => {
    expect(fingerprintOf(seed)).toBe(createHash('sha256').update(seed).digest('hex'));
    expect(fingerprintOf(seed)).not.toContain(seed.toString('hex').slice(0, 8));
  });
});
