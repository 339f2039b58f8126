import { describe, expect, it } from 'vitest';
import { madeCode, maskCode, openCode, sealCode } from './codes.ts';

const secret = 'a secret of at least thirty-two characters';

describe('codes of the mall', () => {
  it('that are made here are the same for an order whenever they are made, and another for each order, prefix and secret', () => {
    expect(madeCode(secret, 'TEA', 7)).toBe(madeCode(secret, 'TEA', 7));
    const many = Array.from({ length: 20_000 }, (_, orderNo) => madeCode(secret, '', orderNo));
    expect(new Set(many).size).toBe(many.length);
    expect(madeCode(`${secret}!`, 'TEA', 7)).not.toBe(madeCode(secret, 'TEA', 7));
  });

  it('have letters that nobody takes for another, each about as often', () => {
    const found = new Map<string, number>();
    for (let orderNo = 0; orderNo < 4_000; orderNo++) for (const letter of madeCode(secret, '', orderNo).replaceAll('-', '')) found.set(letter, (found.get(letter) ?? 0) + 1);
    expect([...found.keys()].sort().join('')).toBe('0123456789ABCDEFGHJKMNPQRSTVWXYZ');
    const mean = (4_000 * 16) / 32;
    // Six standard deviations of a binomial count.
    const allowed = 6 * Math.sqrt(mean);
    for (const [letter, times] of found) expect(Math.abs(times - mean), letter).toBeLessThan(allowed);
  });

  it('are read by this deployment alone, and staff see their ends', () => {
    const sealed = sealCode(secret, 'VIP-券-0001');
    expect(sealed.toString('latin1')).not.toContain('VIP');
    expect(openCode(secret, sealed)).toBe('VIP-券-0001');
    expect(() => openCode(`${secret}!`, sealed)).toThrow();
    expect(maskCode('ABCD-EFGH')).toBe('····EFGH');
  });
});
