import { expect, it } from 'vitest';
import { timeOfDigits } from './time-of-digits.ts';

it('takes three digits for an hour and minutes, and nothing that is no time', () => {
  expect(['930', ' 005 ', '９３０'].map(timeOfDigits)).toEqual(['09:30', '00:05', '09:30']);
  expect(['960', '93', '0930', '9:30', '', 'abc'].map(timeOfDigits)).toEqual([null, null, null, null, null, null]);
});
