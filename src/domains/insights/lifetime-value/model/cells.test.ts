import { expect, it } from 'vitest';
import { cellsOf, coarser, peopleIn } from './cells.ts';

it('coarser cells are as many people, at their mean times', () => {
  const coarse = coarser(cellsOf([[1, 4, 10, 2], [1, 5, 12, 2], [1, 40, 90, 1], [2, 4, 10, 7]]), 30);
  expect([...coarse.people]).toEqual([4, 1, 7]);
  expect([...coarse.recency]).toEqual([4.5, 40, 4]);
  expect([...coarse.age]).toEqual([11, 90, 10]);
  expect([...coarse.repeats]).toEqual([1, 1, 2]);
  expect(peopleIn(coarse)).toBe(12);
});
