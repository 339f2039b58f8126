import { expect, it } from 'vitest';
import { likenessFor, nearestPoint, reachFor } from './curve.ts';

const curve = [{ reach: 1, likeness: 9 }, { reach: 10, likeness: 4 }, { reach: 100, likeness: 1.5 }];

it('stands at the point from which on so many are reached, at the end beyond it', () => {
  expect([0, 1, 2, 10, 11, 100, 101].map((reach) => nearestPoint(curve, reach))).toEqual([0, 0, 1, 1, 2, 2, 2]);
});

it('never promises more likeness than the last of them has', () => {
  expect([1, 2, 10, 50, 500].map((reach) => likenessFor(curve, reach))).toEqual([9, 4, 4, 1.5, 1.5]);
  expect(likenessFor([], 5)).toBe(0);
});

it('reaches nobody who is less like', () => {
  expect([10, 9, 4, 2, 1].map((likeness) => reachFor(curve, likeness))).toEqual([0, 1, 10, 10, 100]);
});
