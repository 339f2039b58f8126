import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bfgs } from './bfgs.ts';
import { inverseOf } from './covariance.ts';
import { gauss2F1, gauss2F1OfOne, gauss2F1Slope } from './hypergeometric.ts';
import { maximise } from './maximise.ts';
import { nelderMead } from './nelder-mead.ts';
import { logAddExp, logGamma, logSubtractExp } from './special.ts';

const double = (min: number, max: number) => fc.double({ min, max, noNaN: true, noDefaultInfinity: true });
const atOnce = (): Promise<void> => Promise.resolve();
const near = (value: number, other: number, digits = 11): void => expect(Math.abs(value - other)).toBeLessThanOrEqual(10 ** -digits * Math.max(1, Math.abs(other)));

describe('special functions', () => {
  it('give the logarithm of factorials and of known halves', () => {
    let factorial = 0;
    for (let n = 1; n <= 170; n++) {
      factorial += Math.log(n);
      near(logGamma(n + 1), factorial, 13);
    }
    near(logGamma(0.5), 0.5 * Math.log(Math.PI), 14);
    near(logGamma(1e-8), 18.420680738180208, 14);
  });

  it('hold Γ(x + 1) = x Γ(x) and Legendre’s duplication', () => {
    fc.assert(fc.property(double(1e-6, 1e6), (x) => {
      near(logGamma(x + 1), logGamma(x) + Math.log(x));
      near(logGamma(2 * x), (2 * x - 1) * Math.LN2 - 0.5 * Math.log(Math.PI) + logGamma(x) + logGamma(x + 0.5), 10);
    }));
  });

  it('add and subtract in logarithms, also what overflows', () => {
    fc.assert(fc.property(double(-700, 700), double(0.001, 40), (p, apart) => {
      near(logSubtractExp(logAddExp(p, p - apart), p - apart), p, 8);
    }));
    expect(logAddExp(2000, 2000)).toBeCloseTo(2000 + Math.LN2, 10);
    expect(logAddExp(-Infinity, -Infinity)).toBe(-Infinity);
    expect(logSubtractExp(3, 3)).toBe(-Infinity);
  });

  it('know 2F1 where it is elementary', () => {
    fc.assert(fc.property(double(0.001, 0.98), double(0.1, 5), (z, a) => {
      near(gauss2F1(1, 1, 2, z), -Math.log1p(-z) / z);
      near(gauss2F1(a, 2, 2, z), (1 - z) ** -a, 10);
      near(gauss2F1OfOne(1, 2, z), -Math.log1p(-z) / z);
      near(gauss2F1Slope(2, 0, 2, z), -Math.log1p(-z));
    }));
  });

  it('agree: the continued fraction and the series, the slope and the difference', () => {
    fc.assert(fc.property(double(0.05, 40), double(0.05, 10), double(0, 0.97), double(0.05, 3), (b, apart, z, e) => {
      near(gauss2F1OfOne(b, b + apart + 1, z), gauss2F1(1, b, b + apart + 1, z), 9);
      near(1 + e * gauss2F1Slope(b, e, b + apart, z), gauss2F1(b, e, b + apart, z), 9);
    }));
  });

  it('say so where a series would not end', () => {
    expect(() => gauss2F1(5, 5, 1, 1 - 1e-9)).toThrow(RangeError);
    expect(gauss2F1OfOne(0.3, 1.4, 1 - 1e-6)).toBeGreaterThan(1);
  });
});

describe('optimisers', () => {
  const valley = ([x, y]: readonly number[]): number => (1 - x) ** 2 + 100 * (y - x * x) ** 2;

  it('find the bottom of Rosenbrock’s valley', async () => {
    const roughly = await nelderMead(valley, [-1.2, 1], 1e-8, 500, atOnce);
    expect(roughly.value).toBeLessThan(1e-6);
    const { at } = await bfgs(valley, [-1.2, 1], 1e-9, 200, atOnce);
    near(at[0], 1, 6);
    near(at[1], 1, 6);
  });

  it('find any quadratic’s bottom, and its curvature is the inverse of the covariance', async () => {
    await fc.assert(fc.asyncProperty(double(-3, 3), double(-3, 3), double(0.2, 5), double(0.2, 5), double(-0.9, 0.9), async (x, y, p, q, c) => {
      const bowl = ([u, v]: readonly number[]): number => p * (u - x) ** 2 + q * (v - y) ** 2 + 2 * c * Math.sqrt(p * q) * (u - x) * (v - y);
      const { at } = await bfgs(bowl, [0, 0], 1e-8, 200, atOnce);
      near(at[0], x, 5);
      near(at[1], y, 5);
    }), { numRuns: 50 });
    const inverse = inverseOf([[4, 1], [1, 3]]);
    expect(inverse?.flat().map((value) => Math.round(value * 11))).toEqual([3, -1, -1, 4]);
    expect(inverseOf([[1, 2], [2, 1]])).toBeNull();
  });

  it('estimate what is known: the rate of an exponential sample, with its standard error', async () => {
    const [count, sum] = [400, 100];
    const fit = await maximise(([rate]) => count * Math.log(rate) - rate * sum, [[1], [50]], atOnce);
    near(fit.parameters[0], 4, 5);
    near(fit.standardErrors?.[0] ?? 0, 4 / Math.sqrt(count), 4);
    expect(fit).toMatchObject({ isConverged: true, atBorder: [] });
  });

  it('tell a parameter that runs away, and a likelihood without a top', async () => {
    const runaway = await maximise(([x, y]) => -1 / x - (y - 2) ** 2, [[1, 1]], atOnce);
    expect(runaway).toMatchObject({ atBorder: [0], standardErrors: null });
    const impossible = await maximise(() => NaN, [[1, 1]], atOnce);
    expect(impossible.isConverged).toBe(false);
  });

  it('let others work in between', async () => {
    let pauses = 0;
    await nelderMead(valley, [0, 0], 0, 20, async () => void pauses++);
    expect(pauses).toBe(20);
  });
});
