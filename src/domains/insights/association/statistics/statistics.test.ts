import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { falseDiscoveryRates } from './false-discovery-rates.ts';
import { moreThanByChance } from './more-than-by-chance.ts';

const choose = (n: bigint, k: bigint): bigint => {
  let result = 1n;
  for (let i = 1n; i <= k; i++) result = (result * (n - k + i)) / i;
  return k < 0n || k > n ? 0n : result;
};
/** The tail in whole numbers. */
function exactly(base: number, a: number, b: number, both: number): number {
  const [n, withA, withB] = [BigInt(base), BigInt(a), BigInt(b)];
  let sum = 0n;
  for (let k = BigInt(both); k <= withA && k <= withB; k++)
    sum += choose(withA, k) * choose(n - withA, withB - k);
  return Number((sum * 10n ** 300n) / choose(n, withB)) / 1e300;
}

describe("Fisher's exact test", () => {
  it('is the sum of the tail in whole numbers, for any table', () => {
    const table = fc
      .integer({ min: 1, max: 400 })
      .chain((base) => fc.tuple(fc.constant(base), fc.nat(base), fc.nat(base)))
      .chain(([base, a, b]) =>
        fc.tuple(
          fc.constant(base),
          fc.constant(a),
          fc.constant(b),
          fc.integer({ min: Math.max(0, a + b - base), max: Math.min(a, b) }),
        ),
      );
    fc.assert(
      fc.property(table, ([base, a, b, both]) => {
        const p = moreThanByChance({ base, withAntecedent: a, withConsequent: b, withBoth: both });
        const exact = exactly(base, a, b, both);
        expect(Math.abs(p - exact)).toBeLessThan(1e-9 * Math.max(exact, 1e-3));
      }),
      { numRuns: 500 },
    );
  });

  it('gives the tea taster of its book her 17 in 70', () => {
    expect(
      moreThanByChance({ base: 8, withAntecedent: 4, withConsequent: 4, withBoth: 3 }),
    ).toBeCloseTo(17 / 70, 12);
  });

  it('tells of twenty million baskets in no time, and does not fall below nothing', () => {
    const startedMs = performance.now();
    const many = { base: 20_000_000, withAntecedent: 400_000, withConsequent: 300_000 };
    expect(moreThanByChance({ ...many, withBoth: 6_000 })).toBeCloseTo(0.5, 1);
    expect(moreThanByChance({ ...many, withBoth: 6_150 })).toBeLessThan(0.05);
    expect(moreThanByChance({ ...many, withBoth: 60_000 })).toBe(0);
    expect(performance.now() - startedMs).toBeLessThan(200);
  });
});

describe('sureness among many', () => {
  it('is worked out as in the example of Benjamini and Hochberg', () => {
    const p = Float64Array.of(
      0.459,
      0.0001,
      0.0004,
      0.0019,
      0.0095,
      0.0201,
      0.0278,
      0.0298,
      0.0344,
      0.0459,
      0.324,
      0.4262,
      0.5719,
      0.6528,
      1,
    );
    const rates = falseDiscoveryRates(p);
    // At a rate of 0.05 the paper rejects four hypotheses.
    expect([...rates].filter((q) => q <= 0.05)).toHaveLength(4);
    expect(rates[1]).toBeCloseTo(0.0015, 10);
    expect(rates[4]).toBeCloseTo(0.035625, 10);
    expect(rates[14]).toBe(1);
  });

  it('finds one in twenty wrong at most where nothing is to be found', () => {
    expect([...falseDiscoveryRates(new Float64Array(0))]).toEqual([]);
    const even = Float64Array.from({ length: 1_000 }, (_, n) => (n + 1) / 1_000);
    expect([...falseDiscoveryRates(even)].every((q) => q === 1)).toBe(true);
  });
});
