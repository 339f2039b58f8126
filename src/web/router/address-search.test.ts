import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { changedSearch, parseSearch, readSearch, writeSearch } from './address-search.ts';
import { searchList } from './search-list.ts';

const schema = z.object({
  page: z.coerce.number().int().min(1).default(1),
  q: z.string().optional(),
  tags: searchList(z.string()),
});

describe('an address', () => {
  it('is read without guessing types', () => {
    expect(readSearch('?q=123&tags=a&tags=b&tags=c')).toEqual({ q: '123', tags: ['a', 'b', 'c'] });
  });

  it('comes back as it was written', () => {
    const text = fc.string().filter((s) => s.isWellFormed());
    const values = fc.oneof(text, fc.array(text, { minLength: 2 }));
    fc.assert(
      fc.property(fc.dictionary(text, values), (search) => {
        expect(readSearch(writeSearch(search))).toEqual(search);
      }),
    );
  });
});

describe('the state in an address', () => {
  it('has its defaults where the address says nothing', () => {
    expect(parseSearch(schema, {})).toEqual({ page: 1, tags: [] });
  });

  it('takes one value of a list as a list', () => {
    expect(parseSearch(schema, { tags: 'a', page: '3' })).toEqual({ page: 3, tags: ['a'] });
  });

  it('forgets a part that does not fit and keeps the rest', () => {
    expect(parseSearch(schema, { page: 'many', q: 'li' })).toEqual({ page: 1, q: 'li', tags: [] });
  });
});

describe('a change', () => {
  it('leaves out defaults and what is empty', () => {
    const before = { page: '3', q: 'li', tags: ['a'] };
    expect(changedSearch(schema, before, { page: 1, q: '', tags: [] })).toEqual({});
  });

  it('does not touch other parts of the page', () => {
    expect(changedSearch(schema, { tab: 'orders' }, { page: 2, tags: ['a', 'b'] })).toEqual({
      tab: 'orders',
      page: '2',
      tags: ['a', 'b'],
    });
  });
});
