import { describe, expect, it } from 'vitest';
import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import { ConditionCache } from './condition-cache.ts';
import { meaningOf } from './meaning.ts';

describe('bitmaps of conditions', () => {
  it('are computed once for a version, also when several ask at once', async () => {
    const cache = new ConditionCache(1_000_000);
    let computed = 0;
    const compute = async () => Bitmap.of([++computed]);
    const answers = await Promise.all([1, 2, 3].map(() => cache.get('a', '1', compute)));
    expect(answers.map((bitmap) => [...bitmap])).toEqual([[1], [1], [1]]);
    expect([...(await cache.get('a', '2', compute))]).toEqual([2]);
    expect([...(await cache.get('b', '2', compute))]).toEqual([3]);
  });

  it('are forgotten when the computing failed', async () => {
    const cache = new ConditionCache(1_000_000);
    await expect(cache.get('a', '1', () => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
    expect([...(await cache.get('a', '1', async () => Bitmap.of([5])))]).toEqual([5]);
  });

  it('keep to their memory: the one unused the longest goes first', async () => {
    const one = Bitmap.of(Array.from({ length: 1_000 }, (_, i) => 2 * i));
    const cache = new ConditionCache(2 * one.byteLength);
    let computed = 0;
    const ask = (name: string) => cache.get(name, '1', async () => (computed++, Bitmap.of(one)));
    await ask('a');
    await ask('b');
    await ask('a');
    await ask('c');
    expect(computed).toBe(3);
    await ask('a');
    expect(computed).toBe(3);
    await ask('b');
    expect(computed).toBe(4);
    expect(cache.byteLength).toBeLessThanOrEqual(2 * one.byteLength);
  });

  it('are known by what a condition means', () => {
    const tag = (values: string[]) => meaningOf({ kind: 'field', field: { name: 'city', label: '', type: 'text', relation: 'x', source: 'customers' }, test: { test: 'any_of', values } });
    expect(tag(['a', 'b'])).toBe(tag(['b', 'a']));
    expect(tag(['a', 'b'])).not.toBe(tag(['a,b']));
    const more = (value: bigint) => meaningOf({ kind: 'measure', facts: { fact: 'order', of: 'sale', where: [] }, measure: 'orders', property: '', range: { fromMs: 1, untilMs: null }, compare: { is: 'at_least', value }, zone: 'UTC' });
    expect(more(1n)).not.toBe(more(2n));
  });
});
