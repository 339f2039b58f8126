import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ascending, firstDifference, numbers, seeded } from '../../../test/number-sets.ts';
import { Bitmap } from './bitmap.ts';
import { BitmapFormatError } from './format-error.ts';
import { decodeBitmap } from './portable-read.ts';
import { encodeBitmap } from './portable-write.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const bits = (from: number, size: number, step: number): number[] => Array.from({ length: size }, (_, i) => from + i * step);

/** Throws where the set is not one that could have been made of its own members. */
function expectConsistent(bitmap: Bitmap): void {
  const members = bitmap.slice(0, 300_000);
  expect(Bitmap.fromSorted(members).size).toBe(members.length);
  if (bitmap.size <= members.length) expect(Bitmap.fromSorted(members).equals(bitmap)).toBe(true);
}

describe('the portable format', () => {
  it('comes back as it went in, from any place in memory', () => {
    fc.assert(fc.property(numbers, fc.integer({ min: 0, max: 9 }), (list, shift) => {
      const bytes = encodeBitmap(Bitmap.of(list));
      const elsewhere = new Uint8Array(bytes.length + shift + 3).fill(255);
      elsewhere.set(bytes, shift);
      const bitmap = decodeBitmap(elsewhere.subarray(shift, shift + bytes.length));
      expect(firstDifference(bitmap.toArray(), ascending(list))).toBe(-1);
      elsewhere.fill(0);
      expect(bitmap.equals(Bitmap.of(list))).toBe(true);
    }), { numRuns: 100 });
  });

  it.each([
    ['nothing', [], '3a300000 00000000'],
    ['the first and the last number', [0, 2 ** 32 - 1], '3a300000 02000000 0000 0000 ffff 0000 18000000 1a000000 0000 ffff'],
    ['a run', bits(11, 5, 1), '3b300000 01 0000 0400 0100 0b00 0400'],
    ['values beside a run', [1, 3, ...bits(65_536, 65_536, 1)], '3b300100 02 0000 0100 0100 ffff 0100 0300 0100 0000 ffff'],
    ['offsets from the fourth container on', [...bits(0, 9, 1), 65_536, 131_072, 196_608],
      '3b300300 01 0000 0800 0100 0000 0200 0000 0300 0000 25000000 2b000000 2d000000 2f000000 0100 0000 0800 0000 0000 0000'],
  ])('writes %s as the specification has it', (_, list, expected) => {
    expect(hex(encodeBitmap(Bitmap.of(list)))).toBe(expected.replaceAll(' ', ''));
    expect([...decodeBitmap(bytesOf(expected))]).toEqual(list);
  });

  it('takes the smallest of values, bits and runs', () => {
    expect(encodeBitmap(Bitmap.of(bits(0, 4_096, 3))).length).toBe(16 + 2 * 4_096);
    expect(encodeBitmap(Bitmap.of(bits(0, 4_097, 3))).length).toBe(16 + 8_192);
    expect(encodeBitmap(Bitmap.range(0, 10_000_000)).length).toBeLessThan(3_000);
  });

  it('reads runs that touch each other, as other writers may leave them', () => {
    expect([...decodeBitmap(bytesOf('3b300000 01 0000 0200 0200 0500 0100 0700 0000'))]).toEqual([5, 6, 7]);
  });

  it('comes back from more runs than may be read', () => {
    // Containers of two runs, 8 KiB each in memory: the first 8,192 of them are written as runs.
    const gaps = Bitmap.fromSorted(bits(77, 8_200, 65_536));
    const bitmap = Bitmap.range(0, 8_200 * 65_536).andNot(gaps);
    const bytes = encodeBitmap(bitmap);
    expect(bytes.length).toBeGreaterThan(8 * 8_192);
    expect(bytes.length).toBeLessThan(8 * 8_192 + 8_200 * 20);
    expect(decodeBitmap(bytes).equals(bitmap)).toBe(true);
  });
});

describe('bytes that are no bitmap', () => {
  it.each([
    ['nothing', '', 'ends 4 bytes too early, at byte 0'],
    ['another cookie', '39300000 00000000', 'begins with 12345'],
    ['rubbish above the cookie', '3a300100 00000000', 'begins with 77882'],
    ['more containers than keys', '3a300000 01000100', '65537 containers'],
    ['a header that is cut off', '3a300000 ffff0000', 'too early, at byte 8'],
    ['the same key twice', '3a300000 02000000 0100 0000 0100 0000 18000000 1a000000 0000 0000', 'the key 1 of container 1 after the key 1'],
    ['keys that descend', '3a300000 02000000 0200 0000 0100 0000 18000000 1a000000 0000 0000', 'the key 1 of container 1 after the key 2'],
    ['a container elsewhere than it is', '3a300000 01000000 0000 0000 11000000 0500', 'said to begin at 17 and begins at 16'],
    ['values that do not ascend', '3a300000 01000000 0000 0100 10000000 0500 0500', 'the value 5 after 5'],
    ['values that are cut off', '3a300000 01000000 0000 0200 10000000 0500 0600', 'ends 2 bytes too early'],
    ['bytes that follow', '3a300000 00000000 00', '1 bytes too many'],
    ['runs that overlap', '3b300000 01 0000 0300 0200 0500 0100 0600 0100', 'a run from 6 to 7 after 6'],
    ['a run beyond the container', '3b300000 01 0000 0100 0100 ffff 0100', 'a run from 65535 to 65536'],
    ['no run at all', '3b300000 01 0000 0000 0000', 'a container of 0 members that is said to have 1'],
    ['runs of another size', '3b300000 01 0000 0200 0100 0500 0100', 'a container of 2 members that is said to have 3'],
    ['bits of another size', `3a300000 01000000 0000 0010 10000000 ${'00'.repeat(8_192)}`, 'a container of 0 members that is said to have 4097'],
  ])('are refused with where: %s', (_, text, expected) => {
    expect(() => decodeBitmap(bytesOf(text))).toThrow(BitmapFormatError);
    expect(() => decodeBitmap(bytesOf(text))).toThrow(expected);
  });

  it('ask for little memory, however much their runs announce', () => {
    const count = 65_536;
    const head = bytesOf('3b30ffff');
    const runs = new Uint8Array(count / 8).fill(255);
    const keys = new Uint16Array(2 * count).map((_, i) => (i % 2 === 0 ? i / 2 : 65_534));
    const offsets = new Uint32Array(count).map((_, i) => 4 + runs.length + 8 * count + 6 * i);
    const containers = new Uint16Array(3 * count).map((_, i) => [1, 0, 65_534][i % 3]);
    const bytes = Buffer.concat([head, runs, ...[keys, offsets, containers].map((a) => new Uint8Array(a.buffer))]);
    expect(() => decodeBitmap(bytes)).toThrow('runs of more than 67108864 bytes in memory');
  });

  it('give an error or a set that is sound, never anything else', () => {
    const random = seeded(7);
    const below = (n: number): number => Math.floor(random() * n);
    const valid = [[], [1, 2, 3, 9], bits(0, 5_000, 3), bits(60_000, 70_000, 1), [...bits(0, 100, 1), ...bits(65_536, 4_097, 2), ...bits(2 ** 31, 9, 70_000)]]
      .map((list) => encodeBitmap(Bitmap.of(list)));
    let refused = 0;
    const rounds = 5_000;
    for (let round = 0; round < rounds; round++) {
      const source = valid[below(valid.length)];
      let bytes = source.slice(0, random() < 0.2 ? below(source.length + 1) : source.length);
      if (random() < 0.1) bytes = Uint8Array.from([...bytes, ...bits(0, below(5), 1)]);
      // Most of the mutations fall on the header, which decides what the rest means.
      for (let n = below(4); n > 0 && bytes.length > 0; n--) bytes[below(random() < 0.7 ? Math.min(60, bytes.length) : bytes.length)] = below(256);
      try {
        expectConsistent(decodeBitmap(bytes));
      } catch (error) {
        if (!(error instanceof BitmapFormatError)) throw error;
        expect(error.at).toBeLessThanOrEqual(bytes.length);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(rounds / 4);
    expect(refused).toBeLessThan(rounds);
  });
});
