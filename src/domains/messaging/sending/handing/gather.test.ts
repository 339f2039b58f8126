import { describe, expect, it } from 'vitest';
import { createGather } from './gather.ts';

describe('what is gathered', () => {
  it('goes together while something is being written, at most so many, each with its own answer', async () => {
    const written: number[][] = [];
    const add = createGather(async (items: readonly number[]) => {
      written.push([...items]);
      await new Promise((done) => setTimeout(done, 5));
      return items.map((item) => item * 2);
    }, 4);
    const first = add(0);
    await new Promise((done) => setImmediate(done));
    const answers = await Promise.all([first, ...Array.from({ length: 9 }, (_, i) => add(i + 1))]);
    expect(answers).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18]);
    expect(written).toEqual([[0], [1, 2, 3, 4], [5, 6, 7, 8], [9]]);
  });

  it('is one write for those who come in the same turn', async () => {
    let writes = 0;
    const add = createGather(async (items: readonly string[]) => {
      writes++;
      return items;
    }, 100);
    await Promise.all(['a', 'b', 'c'].map(add));
    expect(writes).toBe(1);
  });

  it('fails for those of its write alone', async () => {
    const add = createGather(async (items: readonly number[]) => {
      if (items.includes(2)) throw new Error('not two');
      return items;
    }, 2);
    const results = await Promise.allSettled([1, 2, 3, 4].map(add));
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled', 'fulfilled']);
    expect(await add(5)).toBe(5);
  });
});
