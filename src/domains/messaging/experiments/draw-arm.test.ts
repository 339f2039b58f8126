import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDrawArm, halfSipHash } from './draw-arm.ts';

const half = [{ share: 5_000 }, { share: 5_000 }];
const people = 20_000;
/** Beyond this a fair draw of one degree of freedom lies once in 10 million. */
const absurd = 28.4;

describe('the hash of a person', () => {
  it('is that of the reference implementation', () => {
    // Its vector for four bytes, 2a 6e 46 89, under the key 00 01 … 07.
    expect(halfSipHash(0x0302_0100, 0x0706_0504, 0x0302_0100).toString(16)).toBe('89466e2a');
  });
});

describe('arms', () => {
  it('have the shares they were given, whatever the salt and whoever the people', () => {
    const shares = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 2, maxLength: 5 }).map((parts) => {
      const sum = parts.reduce((a, b) => a + b, 0);
      const rounded = parts.map((part) => Math.floor((part / sum) * 10_000));
      return rounded.with(0, rounded[0] + 10_000 - rounded.reduce((a, b) => a + b, 0));
    });
    fc.assert(fc.property(shares, fc.string(), fc.integer({ min: 0, max: 2 ** 31 - people * 7 - 1 }), fc.integer({ min: 1, max: 7 }), (given, salt, first, step) => {
      const draw = createDrawArm(3, salt, given.map((share) => ({ share })));
      const counts = given.map(() => 0);
      for (let i = 0; i < people; i++) counts[draw(first + i * step)]++;
      const expected = given.map((share) => (share / 10_000) * people);
      const chiSquare = counts.reduce((sum, count, arm) => sum + (count - expected[arm]) ** 2 / expected[arm], 0);
      // Of four degrees of freedom at the most.
      expect(chiSquare).toBeLessThan(absurd + 15);
    }), { numRuns: 60 });
  });

  it('of two experiments, or of two salts, have nothing to do with each other', () => {
    const pairs = fc.tuple(fc.tuple(fc.nat(9_999), fc.string()), fc.tuple(fc.nat(9_999), fc.string())).filter(([a, b]) => a[0] !== b[0] || a[1] !== b[1]);
    fc.assert(fc.property(pairs, fc.nat(1_000_000_000), ([one, other], first) => {
      const [a, b] = [createDrawArm(...one, half), createDrawArm(...other, half)];
      let together = 0;
      for (let i = 0; i < people; i++) if (a(first + i) === b(first + i)) together++;
      expect((together - people / 2) ** 2 / (people / 4)).toBeLessThan(absurd);
    }), { numRuns: 60 });
  });

  it('are the same for a person each time, and in any company', () => {
    const draw = createDrawArm(7, 'salt', [{ share: 1_000 }, { share: 9_000 }]);
    const again = createDrawArm(7, 'salt', [{ share: 1_000 }, { share: 9_000 }]);
    for (const no of [1, 2, 500, 4_000_000]) expect(again(no)).toBe(draw(no));
  });

  it('take nobody where the share is nothing, and everybody where it is all', () => {
    const draw = createDrawArm(1, 'x', [{ share: 0 }, { share: 10_000 }]);
    expect(new Set(Array.from({ length: 5_000 }, (_, no) => draw(no)))).toEqual(new Set([1]));
  });
});
