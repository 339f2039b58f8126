import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../kernel/seeded-random.ts';
import { endedBy, fitRhythm, type Gaps, shareEndedBy, usualGap } from './fit.ts';

/** Users who buy as the model says: a rate by chance, then gaps of it. */
function drawUsers(people: number, shape: number, days: number, random: () => number): Gaps[] {
  return Array.from({ length: people }, (_, i) => {
    // A whole shape: the sum of so many exponentials is gamma.
    const rate = Array.from({ length: shape }, () => -Math.log(1 - random())).reduce((a, b) => a + b) / days;
    const gaps = 1 + (i % 6);
    return { gaps, days: Array.from({ length: gaps }, () => -Math.log(1 - random()) / rate).reduce((a, b) => a + b), people: 1 };
  });
}

/** The log-likelihood a second way: by Stirling's series, user by user. */
function logLikelihood(histories: readonly Gaps[], shape: number, days: number): number {
  const logGamma = (x: number): number => (x < 9 ? logGamma(x + 1) - Math.log(x) : (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * x) - 1 / (360 * x ** 3) + 1 / (1260 * x ** 5));
  return histories.reduce((sum, own) => sum + own.people * (logGamma(shape + own.gaps) - logGamma(shape) + shape * Math.log(days) - (shape + own.gaps) * Math.log(days + own.days)), 0);
}

describe('a rhythm', () => {
  const users = drawUsers(6_000, 3, 90, seededRandom(11));
  const fit = fitRhythm(users);

  it('is found again in users who have it', () => {
    if (!fit) throw new Error('nothing was fitted');
    expect(Math.abs(Math.log(fit.shape / 3))).toBeLessThan(3 * fit.shapeError);
    expect(Math.abs(Math.log(fit.days / 90))).toBeLessThan(3 * fit.daysError);
    expect(fit.shapeError).toBeLessThan(0.06);
    expect(fit.people).toBe(6_000);
  });

  it('is the likeliest there is: no other near it is likelier, by a second reckoning', () => {
    if (!fit) throw new Error('nothing was fitted');
    expect(fit.logLikelihood).toBeCloseTo(logLikelihood(users, fit.shape, fit.days), 4);
    for (const [x, y] of [[1.02, 1], [0.98, 1], [1, 1.02], [1, 0.98], [1.02, 1.02], [0.98, 0.98], [1.02, 0.98], [0.98, 1.02]]) {
      expect(logLikelihood(users, fit.shape * x, fit.days * y)).toBeLessThan(fit.logLikelihood);
    }
  });

  it('is the same whether people are counted or stand one by one', () => {
    const one = [{ gaps: 1, days: 20, people: 1 }, { gaps: 2, days: 100, people: 1 }, { gaps: 5, days: 35, people: 1 }, { gaps: 1, days: 300, people: 1 }];
    const three = fitRhythm(one.map((each) => ({ ...each, people: 3 })));
    const apart = fitRhythm([...one, ...one, ...one]);
    expect([three?.shape, three?.days]).toEqual([expect.closeTo(apart?.shape ?? 0, 6), expect.closeTo(apart?.days ?? 0, 4)]);
  });

  it('is not there where nobody bought twice, and finite where all buy alike', () => {
    expect(fitRhythm([])).toBeNull();
    expect(fitRhythm([{ gaps: 0, days: 0, people: 900 }])).toBeNull();
    const alike = fitRhythm([{ gaps: 4, days: 120, people: 1_000 }]);
    if (!alike) throw new Error('nothing was fitted');
    expect(usualGap(alike, { gaps: 0, days: 0 })).toBeCloseTo(30, 0);
    expect(Number.isFinite(alike.logLikelihood)).toBe(true);
    expect(fitRhythm([{ gaps: 1, days: 1, people: 1 }])).not.toBeNull();
  });
});

describe('what is usual for a user', () => {
  const rhythm = { shape: 2, days: 100 };

  it('is what is usual for all while nothing is known, and more and more their own', () => {
    expect(usualGap(rhythm, { gaps: 0, days: 0 })).toBe(50);
    expect(usualGap(rhythm, { gaps: 2, days: 20 })).toBe(30);
    expect(usualGap(rhythm, { gaps: 500, days: 5_000 })).toBeCloseTo(10, 0);
  });

  it('ends by a day in the share that is asked, and by the day in which the share is asked', () => {
    const own = fc.record({ gaps: fc.integer({ min: 0, max: 200 }), days: fc.integer({ min: 0, max: 4_000 }) });
    fc.assert(fc.property(own, fc.double({ min: 0.01, max: 0.995, noNaN: true }), (history, share) => {
      expect(shareEndedBy(rhythm, history, endedBy(rhythm, history, share))).toBeCloseTo(share, 9);
    }));
    // Long known: exponential gaps, of which three quarters end within 1.39 of the mean.
    expect(endedBy(rhythm, { gaps: 4_000, days: 40_000 }, 0.75) / 10).toBeCloseTo(1.39, 1);
  });
});
