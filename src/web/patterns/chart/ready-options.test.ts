import { expect, it } from 'vitest';
import { trendTable } from './ready-options.ts';

it('says in a table what the chart draws, gaps included', () => {
  const text = { value: (value: number) => `¥${value}`, axis: String };
  const table = trendTable('日', ['06-17', '06-18'], [{ name: '本期', values: [120, null] }], text);
  expect(table).toEqual({
    columns: ['日', '本期'],
    rows: [
      ['06-17', '¥120'],
      ['06-18', '–'],
    ],
  });
});
