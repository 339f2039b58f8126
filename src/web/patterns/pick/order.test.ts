import { expect, it } from 'vitest';
import { moved, placed } from './order.ts';

const list = ['a', 'b', 'c'];

it.each([
  ['d', undefined, ['a', 'b', 'c', 'd']],
  ['d', 'b', ['a', 'd', 'b', 'c']],
  ['c', 'a', ['c', 'a', 'b']],
  ['a', undefined, ['b', 'c', 'a']],
  ['b', 'b', ['a', 'b', 'c']],
  ['a', 'nothing', ['b', 'c', 'a']],
])('puts %s before %s', (item, before, expected) => {
  expect(placed(list, item, before)).toEqual(expected);
});

it.each([
  ['a', 1, ['b', 'a', 'c']],
  ['c', -1, ['a', 'c', 'b']],
  ['a', -1, ['a', 'b', 'c']],
  ['c', 5, ['a', 'b', 'c']],
])('moves %s by %d, as far as there is room', (item, by, expected) => {
  expect(moved(list, item, by)).toEqual(expected);
});
