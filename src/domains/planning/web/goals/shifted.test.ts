import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shifted } from './shifted.ts';

it.each([
  ['0.3', '30'],
  ['0.125', '12.5'],
  ['1', '100'],
  ['0.0001', '0.01'],
  ['-0.05', '-5'],
  ['0', '0'],
  ['12.345', '1234.5'],
])('%s of one is %s per cent', (share, percent) => {
  expect(shifted(share, 2)).toBe(percent);
  expect(shifted(percent, -2)).toBe(share);
});

it('comes back as it was, whatever it is', () => {
  const text = fc.tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.integer({ min: 0, max: 9_999 }))
    .map(([whole, part]) => `${whole}${part === 0 ? '' : `.${String(part).padStart(4, '0').replace(/0+$/, '')}`}`);
  fc.assert(fc.property(text, (given) => {
    expect(shifted(shifted(given, 2), -2)).toBe(given);
    expect(Number(shifted(given, 2))).toBeCloseTo(Number(given) * 100, 4);
  }));
});
