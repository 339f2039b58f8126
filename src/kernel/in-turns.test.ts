import { expect, it } from 'vitest';
import { inTurns } from './in-turns.ts';

it('works on so many at once and no more, and answers for each', async () => {
  let running = 0;
  let most = 0;
  const results = await inTurns(3, [5, 1, 4, 2, 3, 6], async (n) => {
    most = Math.max(most, ++running);
    await new Promise((done) => setTimeout(done, n));
    running--;
    return n * n;
  });
  expect(most).toBe(3);
  expect([...results].toSorted(([a], [b]) => a - b)).toEqual([[1, 1], [2, 4], [3, 9], [4, 16], [5, 25], [6, 36]]);
});

it('ends with the first failure', async () => {
  await expect(inTurns(2, [1, 2, 3], (n) => (n === 2 ? Promise.reject(new Error('two')) : Promise.resolve(n)))).rejects.toThrow('two');
});
