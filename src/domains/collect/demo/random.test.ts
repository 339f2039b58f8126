import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from './random.ts';

const words = (random: Random, count = 8) => Array.from({ length: count }, () => random.word());

describe('Random', () => {
  it('repeats itself for equal keys and differs for any other key', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat(), (seed, index, other) => {
        expect(words(new Random(seed, index))).toEqual(words(new Random(seed, index)));
        if (index !== other) {
          expect(words(new Random(seed, index))).not.toEqual(words(new Random(seed, other)));
        }
      }),
    );
  });

  it('tells apart seeds that differ only beyond 32 bits, and the order of keys', () => {
    expect(words(new Random(2 ** 40))).not.toEqual(words(new Random(2 ** 41)));
    expect(words(new Random(1, 2))).not.toEqual(words(new Random(2, 1)));
  });

  it('gives units strictly inside (0, 1) with the moments of the uniform distribution', () => {
    const random = new Random(1);
    const units = Array.from({ length: 100_000 }, () => random.unit());
    const mean = units.reduce((sum, u) => sum + u, 0) / units.length;
    const variance = units.reduce((sum, u) => sum + (u - mean) ** 2, 0) / units.length;
    expect(units.every((u) => u > 0 && u < 1)).toBe(true);
    expect(mean).toBeCloseTo(1 / 2, 2);
    expect(variance).toBeCloseTo(1 / 12, 2);
  });

  it('spreads the first number of neighbouring streams evenly', () => {
    const bins = new Array<number>(16).fill(0);
    for (let index = 0; index < 64_000; index++) bins[new Random(7, index, 3).below(16)] += 1;
    const chiSquare = bins.reduce((sum, n) => sum + (n - 4_000) ** 2 / 4_000, 0);
    expect(chiSquare).toBeLessThan(37.7); // 15 degrees of freedom, p = 0.001
  });

  it('keeps integers below their bound, up to the whole word', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 2 ** 31 - 1 }), (seed, count) => {
        const value = new Random(seed).below(count);
        expect(Number.isInteger(value) && value >= 0 && value < count).toBe(true);
      }),
    );
    expect(new Random(5).pick(['only'])).toBe('only');
  });
});
