import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../kernel/seeded-random.ts';
import { type BoughtAt, credibilityOf, limitsOf, powerOf, tierShares } from './credibility.ts';

/** Lines of people by their percentiles, each of so many items. */
function boughtAt(people: readonly (readonly (readonly [items: number, percentile: number])[])[]): BoughtAt {
  const sum = (of: (items: number, percentile: number) => number): Float64Array =>
    Float64Array.from(people, (lines) => lines.reduce((all, [items, percentile]) => all + of(items, percentile), 0));
  return {
    items: sum((items) => items),
    power: sum((items, p) => items * p),
    squares: sum((items, p) => items * p * p),
    lines: Float64Array.from(people, ({ length }) => length),
  };
}

describe('credibility', () => {
  it('is what the estimators come to by hand', () => {
    // Two people of two lines: means .2 and .6; within (.02 + .02) / 2 = .02, between (2 * .04 * 2 - .02) / (4 - 8 / 4) = .07.
    const { mean, priorItems } = credibilityOf(
      boughtAt([
        [
          [1, 0.1],
          [1, 0.3],
        ],
        [
          [1, 0.5],
          [1, 0.7],
        ],
      ]),
    );
    expect(mean).toBeCloseTo(0.4, 12);
    expect(priorItems).toBeCloseTo(0.02 / 0.07, 12);
  });

  it('finds how much people differ that differ by a known spread', () => {
    const random = seededRandom(3);
    const uniform = (width: number): number => (random() - 0.5) * width;
    const people = Array.from({ length: 20_000 }, () => {
      const own = 0.5 + uniform(0.4);
      return Array.from({ length: 1 + Math.floor(random() * 8) }, (): [number, number] => [1, own + uniform(0.6)]);
    });
    // Variances of uniform numbers are a twelfth of the square of their width.
    expect(credibilityOf(boughtAt(people)).priorItems / (0.36 / 0.16)).toBeCloseTo(1, 1);
  });

  it('has bounds where nobody differs, where everybody bought once, and where nobody bought', () => {
    expect(
      credibilityOf(
        boughtAt([
          [
            [1, 0.2],
            [1, 0.8],
          ],
          [
            [1, 0.2],
            [1, 0.8],
          ],
        ]),
      ),
    ).toEqual({ mean: 0.5, priorItems: 1_000 });
    expect(credibilityOf(boughtAt([[[1, 0.2]], [[1, 0.9]]])).priorItems).toBe(1);
    expect(credibilityOf(boughtAt([]))).toEqual({ mean: 0.5, priorItems: 1 });
    expect(limitsOf({ mean: 0.5, priorItems: 1 }, boughtAt([]))).toMatchObject({ tiers: [0.5, 0.5, 0.5, 0.5] });
  });

  it('draws whoever bought little to the mean, and tiers by shares of people', () => {
    const credibility = { mean: 0.5, priorItems: 4 };
    expect(powerOf(credibility, 1, 1)).toBeCloseTo(0.6, 12);
    expect(powerOf(credibility, 96, 96)).toBeCloseTo(0.98, 12);
    const people = boughtAt(Array.from({ length: 1_000 }, (_, i): [number, number][] => [[5, (i + 0.5) / 1_000]]));
    const { tiers, hundredths } = limitsOf(credibility, people);
    const powers = Array.from(people.items, (items, i) => powerOf(credibility, items, people.power[i]));
    const counts = tierShares.map(
      (_, tier) => powers.filter((power) => tiers.filter((limit) => power >= limit).length === tier).length,
    );
    expect(counts).toEqual([100, 200, 400, 200, 100]);
    expect(powers.filter((power) => power < hundredths[89])).toHaveLength(900);
  });
});
