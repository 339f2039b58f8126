import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { regionsOf } from './overlap.ts';

const members = fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { maxLength: 20 });

it('counts everybody in the one region whose sets hold them, and nobody elsewhere', () => {
  fc.assert(fc.property(fc.array(members, { minLength: 2, maxLength: 3 }), (lists) => {
    const counted = new Map<number, number>();
    for (let no = 1; no <= 30; no++) {
      const mask = lists.reduce((bits, list, i) => bits | (list.includes(no) ? 1 << i : 0), 0);
      if (mask > 0) counted.set(mask, (counted.get(mask) ?? 0) + 1);
    }
    const regions = regionsOf(lists.map((list) => Bitmap.of(list)));
    expect(regions.map(({ mask }) => mask)).toEqual(Array.from({ length: 2 ** lists.length - 1 }, (_, i) => i + 1));
    for (const { mask, size } of regions) expect(size).toBe(counted.get(mask) ?? 0);
    expect(regions.reduce((sum, { size }) => sum + size, 0)).toBe(new Set(lists.flat()).size);
  }));
});
