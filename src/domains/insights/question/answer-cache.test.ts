import { describe, expect, it } from 'vitest';
import { AnswerCache } from './answer-cache.ts';

describe('kept answers', () => {
  let computed = 0;
  const make = (limits = { answers: 3, rows: 100 }) => {
    computed = 0;
    return new AnswerCache<number[]>(limits, (answer) => answer.length);
  };
  const compute = (rows = 1) => async () => {
    computed++;
    return Array.from({ length: rows }, () => computed);
  };

  it('are given again for the same question about the same data', async () => {
    const cache = make();
    const first = await cache.get('q', 1, false, compute());
    expect(await cache.get('q', 1, false, compute())).toBe(first);
    expect(computed).toBe(1);
  });

  it('are not given for newer data, nor to who asks for a fresh one', async () => {
    const cache = make();
    await cache.get('q', 1, false, compute());
    expect(await cache.get('q', 2, false, compute())).toEqual([2]);
    expect(await cache.get('q', 2, true, compute())).toEqual([3]);
    expect(await cache.get('q', 2, false, compute())).toEqual([3]);
  });

  it('are computed once when several ask at once', async () => {
    const cache = make();
    await Promise.all(Array.from({ length: 20 }, () => cache.get('q', 1, false, compute())));
    expect(computed).toBe(1);
  });

  it('are not kept when computing failed', async () => {
    const cache = make();
    await expect(cache.get('q', 1, false, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await cache.get('q', 1, false, compute())).toEqual([1]);
  });

  it('go when there are too many, the least recently used first', async () => {
    const cache = make();
    for (const q of ['a', 'b', 'c']) await cache.get(q, 1, false, compute());
    await cache.get('a', 1, false, compute());
    await cache.get('d', 1, false, compute());
    await cache.get('a', 1, false, compute());
    expect(computed).toBe(4);
    await cache.get('b', 1, false, compute());
    expect(computed).toBe(5);
  });

  it('go when they have too many rows together', async () => {
    const cache = make();
    await cache.get('small', 1, false, compute(30));
    await cache.get('large', 1, false, compute(80));
    await cache.get('small', 1, false, compute(30));
    expect(computed).toBe(3);
    await cache.get('huge', 1, false, compute(1_000));
    await cache.get('huge', 1, false, compute(1_000));
    expect(computed).toBe(5);
  });
});
