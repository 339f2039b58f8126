import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDecimal, parseDecimal } from './decimal.ts';
import { pickLocale } from './locale.ts';
import { parseSort } from './page.ts';

describe('decimals', () => {
  it('come back as they went in', () => {
    fc.assert(fc.property(fc.bigInt({ min: -(10n ** 18n) + 1n, max: 10n ** 18n - 1n }), (value) => {
      expect(parseDecimal(formatDecimal(value))).toBe(value);
    }));
  });

  it.each([
    ['9747747.934', 97_477_479_340n], ['-0.0001', -1n], ['.5', 5_000n], ['7.', 70_000n], ['+3', 30_000n], ['1.50000', 15_000n],
    ['', null], ['.', null], ['-', null], ['1e3', null], ['1.00001', null], ['１', null], ['NaN', null], ['999999999999999.1', null],
  ])('reads %j as %s', (text, value) => {
    expect(parseDecimal(text)).toBe(value);
  });
});

describe('languages', () => {
  it.each([
    [undefined, 'zh-CN'], ['zh', 'zh-CN'], ['zh-SG', 'zh-CN'], ['zh-TW', 'zh-TW'], ['zh-HK;q=0.9,en;q=0.8', 'zh-TW'], ['zh-Hant', 'zh-TW'],
    ['en-GB,zh;q=0.5', 'en'], ['fr-FR', 'en'], ['fr,zh-CN;q=0.4', 'zh-CN'], ['*', 'zh-CN'], ['en;q=0,zh', 'zh-CN'],
  ])('picks for %s', (accepted, locale) => {
    expect(pickLocale(accepted)).toBe(locale);
  });
});

describe('sorting', () => {
  it('takes fields of the list only', () => {
    expect(parseSort('-sales', ['sales'])).toEqual({ field: 'sales', descending: true });
    expect(parseSort('sales;drop table', ['sales'])).toBeNull();
    expect(parseSort(undefined, ['sales'])).toBeNull();
  });
});
