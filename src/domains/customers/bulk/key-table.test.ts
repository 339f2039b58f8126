import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createByteHash } from './byte-hash.ts';
import { KeyTable, newKey } from './key-table.ts';

describe('KeyTable', () => {
  it('answers as a Map does, whatever the keys and however often it grows', () => {
    const word = fc.integer({ min: 0, max: 0xffff_ffff });
    // Few distinct first words: keys that begin at the same slot must not be taken for one another.
    const key = fc.tuple(fc.integer({ min: 0, max: 7 }), word, fc.constantFrom(0, 1), word);
    fc.assert(fc.property(fc.array(fc.tuple(key, fc.integer({ min: 1, max: 0xffff_ffff })), { maxLength: 3_000 }), (entries) => {
      const table = new KeyTable();
      const model = new Map<string, number>();
      for (const [words, value] of entries) {
        table.set(Uint32Array.from(words), value);
        model.set(words.join(), value);
      }
      expect(table.size).toBe(model.size);
      for (const [words] of entries) expect(table.get(Uint32Array.from(words))).toBe(model.get(words.join()));
      expect(table.get(Uint32Array.of(9, 9, 9, 9))).toBe(0);
    }), { numRuns: 30 });
  });

  it('keeps 200,000 keys through its growth', () => {
    const table = new KeyTable();
    const hash = createByteHash();
    const key = newKey();
    const put = (n: number): void => {
      const text = Buffer.from(`customer ${n}`);
      hash(text, 0, text.length, 0, key);
    };
    for (let n = 1; n <= 200_000; n++) {
      put(n);
      table.set(key, n);
    }
    expect(table.size).toBe(200_000);
    for (let n = 1; n <= 200_000; n++) {
      put(n);
      if (table.get(key) !== n) throw new Error(`lost ${n}`);
    }
  });
});

describe('createByteHash', () => {
  const hashOf = (hash: ReturnType<typeof createByteHash>, bytes: Buffer, start: number, end: number, salt: number): string => {
    const key = newKey();
    hash(bytes, start, end, salt, key);
    return key.join();
  };

  it('depends on the bytes, their number and the salt, and on nothing around them', () => {
    const hash = createByteHash();
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ maxLength: 40 }), fc.nat(6), (left, right, salt) => {
      const a = Buffer.from(left);
      const b = Buffer.concat([Buffer.from('xy'), Buffer.from(right), Buffer.from('z')]);
      const same = Buffer.compare(a, Buffer.from(right)) === 0;
      expect(hashOf(hash, a, 0, a.length, salt) === hashOf(hash, b, 2, 2 + right.length, salt)).toBe(same);
      expect(hashOf(hash, a, 0, a.length, salt)).not.toBe(hashOf(hash, a, 0, a.length, salt + 1));
    }));
  });

  it('spreads consecutive numbers over all four words', () => {
    const hash = createByteHash();
    const key = newKey();
    const seen = Array.from({ length: 4 }, () => new Set<number>());
    for (let n = 0; n < 100_000; n++) {
      const text = Buffer.from(String(n));
      hash(text, 0, text.length, 0, key);
      for (let word = 0; word < 4; word++) seen[word].add(key[word]);
    }
    // 100,000 draws of 2^32 meet about once; a poor word would lose thousands.
    for (const word of seen) expect(word.size).toBeGreaterThan(99_950);
  });
});
