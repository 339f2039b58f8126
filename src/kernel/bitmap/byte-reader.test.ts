import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteReader } from './byte-reader.ts';
import { BitmapFormatError } from './format-error.ts';

const readerOf = (...bytes: number[]): ByteReader => new ByteReader(Uint8Array.from(bytes));

/** What a call throws, which must be of the kind that callers expect. */
function failure(work: () => unknown): BitmapFormatError {
  try {
    work();
  } catch (error) {
    if (error instanceof BitmapFormatError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('reading bytes', () => {
  it('is little endian, one number after the other', () => {
    const reader = readerOf(1, 2, 3, 0xfe, 0xff, 0xff, 0xff);
    expect([reader.uint8(), reader.uint16(), reader.uint32()]).toEqual([1, 0x0302, 0xfffffffe]);
    expect(reader.at).toBe(7);
    reader.end();
  });

  it('begins where a part of a larger array begins', () => {
    const part = Uint8Array.of(9, 9, 9, 5, 0, 9).subarray(3, 5);
    const reader = new ByteReader(part);
    expect(reader.uint16()).toBe(5);
    reader.end();
  });

  it('copies', () => {
    const bytes = Uint8Array.of(1, 2, 3);
    const copy = new Uint8Array(new ByteReader(bytes).copy(2));
    bytes.fill(0);
    expect([...copy]).toEqual([1, 2]);
    const ofBuffer = new ByteReader(Buffer.from([1, 2, 3])).copy(2);
    expect(ofBuffer.byteLength).toBe(2);
  });

  it('says where it ends too early, and does not go on', () => {
    const reader = readerOf(1, 2, 3);
    reader.uint16();
    const error = failure(() => reader.uint32());
    expect([error.at, error.message]).toEqual([2, 'These bytes are no bitmap: it ends 3 bytes too early, at byte 2.']);
    expect(failure(() => reader.copy(2 ** 32)).at).toBe(2);
    expect(reader.uint8()).toBe(3);
    expect(failure(() => reader.uint8()).message).toContain('1 bytes too early');
  });

  it('refuses what is left over', () => {
    const reader = readerOf(1, 2, 3);
    reader.uint8();
    expect(failure(() => reader.end()).message).toContain('2 bytes too many');
  });
});

describe('a length', () => {
  it('is LEB128 of up to 32 bits', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (value) => {
      const bytes: number[] = [];
      let rest = value;
      for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push(128 + (rest % 128));
      const reader = readerOf(...bytes, rest);
      expect(reader.varUint()).toBe(value);
      reader.end();
    }));
  });

  it.each([
    ['33 bits', [0x80, 0x80, 0x80, 0x80, 0x10]],
    ['no end', [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01]],
  ])('of %s is refused', (_, bytes) => {
    expect(failure(() => readerOf(...bytes).varUint()).message).toContain('a length of more than 32 bits');
  });

  it('that is cut off is refused', () => {
    expect(failure(() => readerOf(0x80).varUint()).at).toBe(1);
  });
});
