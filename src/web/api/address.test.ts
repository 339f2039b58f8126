import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressOf, fillPath, queryString } from './address.ts';

describe('fillPath', () => {
  it('puts every parameter in its place, percent-encoded', () => {
    expect(fillPath('/api/customers/:customerNo/tags/:tag', { customerNo: 12, tag: '高 价/值?' })).toBe(
      '/api/customers/12/tags/%E9%AB%98%20%E4%BB%B7%2F%E5%80%BC%3F',
    );
  });

  it('refuses to call an address with a hole in it', () => {
    expect(() => fillPath('/api/customers/:customerNo', {})).toThrow('customerNo');
    expect(() => fillPath('/api/customers/:customerNo', undefined)).toThrow('customerNo');
  });

  it('lets no value reach another path', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }).filter((text) => text.isWellFormed()), (text) => {
        expect(fillPath('/api/x/:id', { id: text }).slice('/api/x/'.length)).not.toMatch(/[/?#]/);
      }),
    );
  });
});

describe('queryString', () => {
  it('leaves out what is not there', () => {
    expect(queryString({ q: '', page: undefined, sort: null, tags: [] })).toBe('');
    expect(queryString(undefined)).toBe('');
  });

  it('keeps zero and false, repeats the key of a list', () => {
    expect(queryString({ page: 0, open: false, tag: ['a', 'b'] })).toBe('?page=0&open=false&tag=a&tag=b');
  });

  it('writes moments as ISO and loses no character', () => {
    expect(queryString({ at: new Date('2026-06-18T00:00:00Z') })).toBe('?at=2026-06-18T00%3A00%3A00.000Z');
    fc.assert(
      fc.property(fc.string({ minLength: 1 }).filter((text) => text.isWellFormed()), (text) => {
        expect(new URLSearchParams(queryString({ q: text })).get('q')).toBe(text);
      }),
    );
  });
});

it('builds a whole address for a link', () => {
  const address = addressOf({ path: '/api/imports/:id/rejected' }, { params: { id: 7 }, query: { format: 'csv' } });
  expect(address).toBe('/api/imports/7/rejected?format=csv');
});
