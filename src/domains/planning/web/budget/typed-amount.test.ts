import { expect, it } from 'vitest';
import { typedAmount } from './typed-amount.ts';

it.each([
  ['1234.5', '1234.5'], ['1,234.5', '1234.5'], [' 12 ', '12'], ['１２３', '123'], ['１,２３４．５', '1234.5'], ['￥1,000,000', '1000000'], ['¥ 20', '20'], ['-1', '-1'],
  // Where it is no number written in groups nobody guesses what it means.
  ['1,23', '1,23'], ['1.234,5', '1.234,5'], ['1e3', '1e3'], ['12,34,567', '12,34,567'], ['一千', '一千'], ['', ''],
])('reads %s as %s', (typed, meant) => expect(typedAmount(typed)).toBe(meant));
