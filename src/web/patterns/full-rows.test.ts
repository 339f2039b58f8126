import { expect, it } from 'vitest';
import { fullRows } from './full-rows.ts';

it('leaves no hole in the last row where there is a way', () => {
  expect([1, 4, 6, 8, 10, 12].map(fullRows)).toEqual([1, 4, 3, 4, 5, 4]);
});

it('leaves the smallest hole where there is none', () => {
  expect([7, 11].map(fullRows)).toEqual([4, 4]);
});
