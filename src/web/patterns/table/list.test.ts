import { describe, expect, it } from 'vitest';
import { parseSearch } from '../../router/address-search.ts';
import { type Column, shownColumns } from './columns.ts';
import { listQuery, listSchema } from './list-state.ts';

const columns: Column<object>[] = ['name', 'spent', 'region'].map((key) => ({
  key,
  title: key,
  render: () => null,
  optional: key === 'region',
}));
const keys = (shown: string[] | null): string[] =>
  shownColumns(columns, { shown, density: 'middle' }).map(({ key }) => key);

describe('the columns on screen', () => {
  it('are all but the optional ones until something is chosen', () => {
    expect(keys(null)).toEqual(['name', 'spent']);
  });

  it('keep their order and always begin with the first', () => {
    expect(keys(['region', 'spent'])).toEqual(['name', 'spent', 'region']);
    expect(keys([])).toEqual(['name']);
  });
});

describe('a list’s part of the address', () => {
  it('is apart from another list’s by its prefix', () => {
    const state = parseSearch(listSchema('orders.', ['status']), {
      page: '9',
      'orders.page': '2',
      'orders.status': ['paid', 'sent'],
    });
    expect(state).toEqual({
      'orders.page': 2,
      'orders.pageSize': 20,
      'orders.status': ['paid', 'sent'],
    });
  });

  it('asks the endpoint with one value or with a list, as the filter says', () => {
    const state = { page: 2, pageSize: 50, sort: '-spent', q: 'li', filters: { stage: ['new'], region: ['east'] } };
    const filters = [
      { key: 'stage', label: '', options: [], multiple: true },
      { key: 'region', label: '', options: [] },
    ];
    expect(listQuery(state, filters)).toEqual({
      page: 2,
      pageSize: 50,
      sort: '-spent',
      q: 'li',
      stage: ['new'],
      region: 'east',
    });
  });
});
