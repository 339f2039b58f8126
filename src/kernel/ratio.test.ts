import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareRatios, minus, over, plus, ratio, rounded, times } from './ratio.ts';

const whole = fc.bigInt({ min: -1_000_000n, max: 1_000_000n });
const fraction = fc.tuple(whole, whole.filter((d) => d !== 0n)).map(([n, d]) => ratio(n, d));

it('keeps fractions exact, whatever is added, taken off, multiplied and divided', () => {
  fc.assert(fc.property(fraction, fraction, fraction, (a, b, c) => {
    expect(compareRatios(minus(plus(a, b), b), a)).toBe(0);
    expect(compareRatios(times(a, plus(b, c)), plus(times(a, b), times(a, c)))).toBe(0);
    if (b.n !== 0n) expect(compareRatios(times(over(a, b), b), a)).toBe(0);
    expect(plus(a, b).d).toBeGreaterThan(0n);
  }));
});

it('orders them as their quotients, and rounds halves away from zero', () => {
  fc.assert(fc.property(fraction, fraction, (a, b) => {
    const [x, y] = [Number(a.n) / Number(a.d), Number(b.n) / Number(b.d)];
    if (Math.abs(x - y) > 1e-6) expect(compareRatios(a, b)).toBe(x < y ? -1 : 1);
  }));
  expect([ratio(1n, 2n), ratio(-1n, 2n), ratio(5n, 2n), ratio(1n, 3n), ratio(2n, -3n), ratio(0n)].map(rounded)).toEqual([1n, -1n, 3n, 0n, -1n, 0n]);
});

it('refuses to divide by nothing', () => {
  expect(() => ratio(1n, 0n)).toThrow(RangeError);
  expect(() => over(ratio(1n), ratio(0n))).toThrow(RangeError);
});

it('stays small over long sums', () => {
  let sum = ratio(0n);
  for (let k = 1n; k <= 2_000n; k++) sum = plus(sum, ratio(1n, k * (k + 1n)));
  expect(sum).toEqual({ n: 2_000n, d: 2_001n });
});
