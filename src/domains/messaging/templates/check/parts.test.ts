import { describe, expect, it } from 'vitest';
import { createHostCheck } from './check-links.ts';
import { sizeOf } from './text-size.ts';

describe('the size of a text message', () => {
  it.each([
    ['a'.repeat(160), false, 'gsm7', 160, 1, 0],
    ['a'.repeat(161), false, 'gsm7', 161, 2, 145],
    ['€'.repeat(80), false, 'gsm7', 160, 1, 0],
    ['a'.repeat(69) + '中', false, 'ucs2', 70, 1, 0],
    ['a'.repeat(70) + '中', false, 'ucs2', 71, 2, 63],
    ['a'.repeat(70), true, 'chinese', 70, 1, 0],
    ['a'.repeat(71), true, 'chinese', 71, 2, 63],
    ['中'.repeat(134), true, 'chinese', 134, 2, 0],
    ['中'.repeat(135), true, 'chinese', 135, 3, 66],
    ['😀'.repeat(35), true, 'chinese', 70, 1, 0],
    ['', true, 'chinese', 0, 0, 70],
  ] as const)(
    '%#: has the parts that its alphabet makes of it',
    (text, isChinese, encoding, characters, parts, left) => {
      expect(sizeOf(text, isChinese, '0.045')).toEqual({
        encoding,
        characters,
        parts,
        left,
        cost: ['0', '0.045', '0.09', '0.135'][parts],
      });
    },
  );
});

describe('the look at hosts', () => {
  it('is one of each for a while, and does not wait for ever', async () => {
    let asked = 0;
    const hosts = createHostCheck({
      lookup: () => () => undefined,
      demandAddress: () => undefined,
      check: () =>
        new Promise((resolve) => (++asked > 1 ? resolve() : undefined)),
    });
    expect(await Promise.all([hosts('slow.test'), hosts('slow.test')])).toEqual(
      ['unknown', 'unknown'],
    );
    expect(asked).toBe(1);
    expect(await hosts('quick.test')).toBe('open');
  });
});
