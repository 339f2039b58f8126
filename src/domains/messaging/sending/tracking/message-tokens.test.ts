import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMessageTokens, tokenKinds, type MessageToken } from './message-tokens.ts';

const tokens = createMessageTokens('a secret of at least thirty-two letters');
const whole = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const anyToken: fc.Arbitrary<MessageToken> = fc.record({ runNo: whole, customerNo: whole, arm: fc.integer({ min: 0, max: 9 }), position: fc.integer({ min: 0, max: 500 }), occasion: fc.string({ maxLength: 40, unit: 'grapheme' }) });
const anyKind = fc.constantFrom(...tokenKinds);

describe('an address in a message', () => {
  it('says what was put into it, under its own kind and target alone', () => {
    fc.assert(fc.property(anyKind, anyKind, anyToken, fc.webUrl(), (kind, other, token, target) => {
      const sealed = tokens.seal(kind, token, target);
      expect(sealed).toMatch(/^[\w-]+$/);
      expect(tokens.open(kind, sealed, target)).toEqual(token);
      if (other !== kind) expect(tokens.open(other, sealed, target)).toBeNull();
      expect(tokens.open(kind, sealed, `${target}x`)).toBeNull();
      expect(tokens.open(kind, sealed)).toBeNull();
    }));
  });

  it('is refused with any change to it, and under another secret', () => {
    const others = createMessageTokens('another secret of thirty-two letters..');
    fc.assert(fc.property(anyKind, anyToken, fc.nat(), fc.constantFrom(...'abcXYZ019-_='), (kind, token, place, letter) => {
      const sealed = tokens.seal(kind, token);
      const at = place % sealed.length;
      const changed = sealed.slice(0, at) + letter + sealed.slice(at + 1);
      if (changed !== sealed) expect(tokens.open(kind, changed)).toBeNull();
      for (const each of [sealed.slice(1), `${sealed}A`, '', sealed.repeat(40)]) expect(tokens.open(kind, each)).toBeNull();
      expect(others.open(kind, sealed)).toBeNull();
    }));
  });

  it('is short enough for a text message', () => {
    expect(tokens.seal('click', { runNo: 30_000, customerNo: 9_000_000, arm: 1, position: 3, occasion: '' }).length).toBeLessThanOrEqual(24);
  });
});
