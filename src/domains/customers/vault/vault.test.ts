import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { comparableName, createNameKeys } from './name-key.ts';
import { createVault } from './vault.ts';

const secret = 'a'.repeat(64);
const vault = createVault(secret);

describe('the vault', () => {
  it('gives back what it was given, and never the same bytes twice', () => {
    fc.assert(fc.property(fc.string(), (text) => {
      const [one, other] = [vault.seal('phone', '', text), vault.seal('phone', '', text)];
      expect(vault.open('phone', '', one)).toBe(text);
      expect(one.equals(other)).toBe(false);
    }));
  });

  it('does not open a value in another place, changed, or under another secret', () => {
    const sealed = vault.seal('openid', 'app-1', 'oABC');
    expect(() => vault.open('openid', 'app-2', sealed)).toThrow();
    expect(() => vault.open('unionid', 'app-1', sealed)).toThrow();
    expect(() => createVault('b'.repeat(64)).open('openid', 'app-1', sealed)).toThrow();
    sealed[sealed.length - 1] ^= 1;
    expect(() => vault.open('openid', 'app-1', sealed)).toThrow();
  });

  it('stores no personal value readably, also when it hides in an external id', () => {
    for (const [kind, value] of [['phone', '+8613800138000'], ['email', 'a@example.com'], ['unionid', 'oU12345'], ['external_id', '13800138000']] as const) {
      expect(vault.seal(kind, '', value).includes(value), value).toBe(false);
      expect(vault.open(kind, '', vault.seal(kind, '', value))).toBe(value);
    }
    expect(vault.seal('external_id', '', 'CQ1').subarray(1).toString()).toBe('CQ1');
  });

  it('hashes by kind, namespace and value together, and only with its own secret', () => {
    const hash = vault.hashOf('openid', 'ab', 'c');
    expect(hash).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    const others = [vault.hashOf('openid', 'a', 'bc'), vault.hashOf('unionid', 'ab', 'c'), vault.hashOf('openid', '', 'abc'), createVault('b'.repeat(64)).hashOf('openid', 'ab', 'c')];
    expect(new Set([hash, ...others]).size).toBe(5);
    expect(vault.hashOf('openid', 'ab', 'c')).toBe(hash);
  });
});

describe('keys of names', () => {
  const keys = createNameKeys(secret);

  it('finds a name by each of its beginnings and by nothing else', () => {
    const isFound = (name: string, prefix: string): boolean => {
      const key = keys.keyOf(name);
      const { from, before } = keys.prefixRange(prefix);
      return Buffer.compare(key, from) >= 0 && Buffer.compare(key, before) < 0;
    };
    expect(['王', '王小', '王小明'].map((prefix) => isFound('王小明', prefix))).toEqual([true, true, true]);
    expect(isFound('王小明', '小')).toBe(false);
    expect(isFound('王小明', '王小明明')).toBe(false);
    fc.assert(fc.property(fc.string({ minLength: 1, maxLength: 12 }), fc.string({ minLength: 1, maxLength: 12 }), (name, prefix) => {
      fc.pre(comparableName(prefix) !== '');
      const searched = [...comparableName(prefix)].slice(0, 6).join('');
      expect(isFound(name, prefix)).toBe(comparableName(name).startsWith(searched));
    }));
  });

  it('compares names without case, width and the space between', () => {
    expect(comparableName('Ａnna  O’Neil-Smith'.replace('’', "'"))).toBe('annaoneilsmith');
    expect(keys.keyOf('ANNA')).toEqual(keys.keyOf('anna'));
  });
});
