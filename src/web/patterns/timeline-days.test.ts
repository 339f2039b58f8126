import { expect, it } from 'vitest';
import { groupByDay } from './timeline-days.ts';

it('puts neighbours of a day together and keeps the order', () => {
  const items = ['b2', 'b1', 'a9', 'b0'];
  expect(groupByDay(items, (item) => item[0])).toEqual([
    { day: 'b', items: ['b2', 'b1'] },
    { day: 'a', items: ['a9'] },
    { day: 'b', items: ['b0'] },
  ]);
});
