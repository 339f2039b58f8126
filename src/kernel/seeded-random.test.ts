import { describe, expect, it } from 'vitest';
import { seededRandom } from './seeded-random.ts';

const many = 100_000;

describe('numbers by a seed', () => {
  it('are the same for the same seed, and others for another', () => {
    const [a, b, c] = [seededRandom(7), seededRandom(7), seededRandom(8)];
    const [first, second, other] = [a, b, c].map((random) => Array.from({ length: 50 }, random));
    expect(first).toEqual(second);
    expect(first).not.toEqual(other);
    expect(new Set(first).size).toBe(50);
  });

  it('lie between 0 and 1, and everywhere there alike', () => {
    const random = seededRandom(1);
    const tenths = new Array<number>(10).fill(0);
    for (let i = 0; i < many; i++) {
      const value = random();
      expect(value >= 0 && value < 1).toBe(true);
      tenths[Math.floor(value * 10)]++;
    }
    for (const count of tenths) {
      expect(count).toBeGreaterThan(many / 10 - 600);
      expect(count).toBeLessThan(many / 10 + 600);
    }
  });

  it('do not follow from the one before', () => {
    const random = seededRandom(3);
    let [before, together] = [random(), 0];
    for (let i = 0; i < many; i++) {
      const next = random();
      together += (before - 0.5) * (next - 0.5);
      before = next;
    }
    // The correlation, of which the standard error is a three-hundredth.
    expect(Math.abs((together / many) * 12)).toBeLessThan(0.015);
  });
});
