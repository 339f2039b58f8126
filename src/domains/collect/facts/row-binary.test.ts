import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RowBinaryWriter } from './row-binary.ts';

const written = (write: (out: RowBinaryWriter) => void): Buffer => {
  const out = new RowBinaryWriter();
  write(out);
  return Buffer.from(out.bytes());
};

describe('RowBinary', () => {
  it('writes any text as its length and UTF-8, short and long', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), fc.string({ minLength: 100, maxLength: 300 })), (text) => {
      const utf8 = Buffer.from(text, 'utf8');
      const bytes = written((out) => out.string(text));
      const head = utf8.length < 128 ? [utf8.length] : [(utf8.length & 127) | 128, utf8.length >> 7];
      expect(bytes.equals(Buffer.concat([Buffer.from(head), utf8]))).toBe(true);
    }));
  });

  it.each(['', '乌龙茶', 'é', '👩‍👩‍👧', '\ud83d', 'a\udc00b', '\u0000', '\u07ff\u0800\uffff'])('writes %j as the encoder does', (text) => {
    expect(written((out) => out.string(text)).subarray(1)).toEqual(Buffer.from(text, 'utf8'));
  });

  it('writes 64-bit numbers of either kind, little endian, two in a row', () => {
    fc.assert(fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }), (value) => {
      const bytes = written((out) => {
        out.bigInt64(value);
        out.bigInt64(-value);
      });
      expect(bytes.readBigUInt64LE(0)).toBe(BigInt.asUintN(64, value));
      expect(bytes.readBigUInt64LE(8)).toBe(BigInt.asUintN(64, -value));
    }));
    fc.assert(fc.property(fc.maxSafeInteger(), (value) => {
      expect(written((out) => out.int64(value)).readBigInt64LE(0)).toBe(BigInt(value));
    }));
  });

  it('goes on beyond the memory it began with', () => {
    const bytes = written((out) => {
      for (let n = 0; n < 20_000; n++) {
        out.bigInt64(BigInt(n));
        out.uint8(n & 255);
      }
    });
    expect(bytes.length).toBe(180_000);
    expect(bytes.readBigInt64LE(9 * 19_999)).toBe(19_999n);
  });

  it('keeps each half of a UUID little endian', () => {
    expect(written((out) => out.uuid(Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex'))).toString('hex')).toBe('07060504030201000f0e0d0c0b0a0908');
  });
});
