import { expect, it } from 'vitest';
import { changeOf } from './change.ts';

it('says how a value moved', () => {
  expect(changeOf(112.5, 100)).toEqual({ direction: 'up', ratio: 0.125 });
  expect(changeOf(90, 100)).toEqual({ direction: 'down', ratio: -0.1 });
});

it('calls a loss that shrinks a rise', () => {
  expect(changeOf(-50, -100)).toEqual({ direction: 'up', ratio: 0.5 });
});

it('does not divide by nothing', () => {
  expect(changeOf(5, 0)).toEqual({ direction: 'new', ratio: null });
  expect(changeOf(0, 0)).toEqual({ direction: 'same', ratio: 0 });
});

it('calls what would be shown as 0.0 % the same', () => {
  expect(changeOf(100_001, 100_000).direction).toBe('same');
});
