import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../test/harness.ts';
import { ascending, numbers, seeded } from '../../../test/number-sets.ts';
import { Bitmap } from './bitmap.ts';
import { BitmapFormatError } from './format-error.ts';
import { decodeGroupBitmap, decodeGroupBitmaps, encodeGroupBitmap } from './group-bitmap.ts';

const last = 2 ** 32 - 1;
const bits = (size: number, step: number, from = 0): number[] => Array.from({ length: size }, (_, i) => from + i * step);
const random = seeded(5);
const byChance = (size: number, below: number): number[] => ascending(bits(size, 1).map(() => Math.floor(random() * below)));

const cases: [string, number[]][] = [
  ['nothing', []], ['one number', [0]], ['the largest number', [last]], ['32 numbers', bits(32, 7)], ['33 numbers', bits(33, 7)],
  ['a run', bits(100_000, 1, 60_000)], ['a full container', bits(65_536, 1, 65_536)], ['sparse numbers', byChance(5_000, last)],
  ['dense numbers', byChance(300_000, 1_000_000)], ['the edges', [0, 65_535, 65_536, 2 ** 31, ...bits(40, 1, last - 39)]],
  ['all kinds', [...bits(4_096, 3), ...bits(4_097, 3, 65_536), ...bits(50_000, 1, 200_000), last]],
];

describe('a state of groupBitmap', () => {
  let test: TestPlatform;
  beforeAll(async () => {
    test = await createTestPlatform();
    await test.platform.clickhouse.command('create table bitmap_test (name String, members AggregateFunction(groupBitmap, UInt32)) engine = Memory');
    await test.platform.clickhouse.command('create table number_test (n UInt32) engine = Memory');
  });
  afterAll(() => test.close());

  const answer = async (sql: string): Promise<Uint8Array> => {
    const { stream } = await test.platform.clickhouse.client.exec({ query: `${sql} format RowBinary` });
    return buffer(stream);
  };
  const insertNumbers = async (list: number[]): Promise<void> => {
    await test.platform.clickhouse.command('truncate table number_test');
    await test.platform.clickhouse.insertStream('number_test', ['n'], 'RowBinary', Buffer.from(Uint32Array.from(list).buffer));
  };
  const insertBitmap = async (name: string, bitmap: Bitmap): Promise<void> => {
    const bytes = Buffer.concat([Buffer.from([name.length]), Buffer.from(name), encodeGroupBitmap(bitmap)]);
    await test.platform.clickhouse.insertStream('bitmap_test', ['name', 'members'], 'RowBinary', bytes);
  };

  it.each(cases)('is read as the engine writes it: %s', async (_, list) => {
    await insertNumbers(list.toReversed());
    const bitmap = decodeGroupBitmap(await answer('select groupBitmapState(n) from number_test'));
    expect(bitmap.equals(Bitmap.fromSorted(list))).toBe(true);
  });

  it.each(cases)('is written as the engine reads it: %s', async (_, list) => {
    await test.platform.clickhouse.command('truncate table bitmap_test');
    await insertBitmap('a', Bitmap.fromSorted(list));
    const [written] = await test.platform.clickhouse.rows('select bitmapToArray(members) as list, bitmapCardinality(members) as size from bitmap_test') as { list: number[]; size: string }[];
    expect(ascending(written.list)).toEqual(list);
    expect(Number(written.size)).toBe(list.length);
    expect(decodeGroupBitmap(await answer('select members from bitmap_test')).equals(Bitmap.fromSorted(list))).toBe(true);
  });

  it('combines in the engine as here', async () => {
    await fc.assert(fc.asyncProperty(numbers, numbers, async (left, right) => {
      const [a, b] = [Bitmap.of(left), Bitmap.of(right)];
      await test.platform.clickhouse.command('truncate table bitmap_test');
      await insertBitmap('a', a);
      await insertBitmap('b', b);
      const states = await answer(`
        with (select members from bitmap_test where name = 'a') as a, (select members from bitmap_test where name = 'b') as b
        select bitmapAnd(a, b), bitmapOr(a, b), bitmapAndnot(a, b), bitmapXor(a, b)`);
      const expected = [a.and(b), a.or(b), a.andNot(b), a.xor(b)];
      expect(decodeGroupBitmaps(states).map((state, i) => state.equals(expected[i]))).toEqual([true, true, true, true]);
      const [sizes] = await test.platform.clickhouse.rows(`
        with (select members from bitmap_test where name = 'a') as a, (select members from bitmap_test where name = 'b') as b
        select bitmapAndCardinality(a, b) as common, bitmapCardinality(a) as size, bitmapHasAll(b, a) as within`) as Record<string, unknown>[];
      expect(sizes).toEqual({ common: String(a.andSize(b)), size: String(a.size), within: Number(a.isSubsetOf(b)) });
    }), { numRuns: 40 });
  });
});

describe('bytes that are no state', () => {
  it.each([
    ['nothing', []], ['a kind that is not', [2, 0]], ['a list cut off', [0, 2, 1, 0, 0, 0]], ['a list with more', [0, 0, 0]],
    ['a list too long for its kind', [0, 33, ...bits(33, 1).flatMap((n) => [n, 0, 0, 0])]], ['a number twice', [0, 2, 1, 0, 0, 0, 1, 0, 0, 0]],
    ['a length without end', [1, 255, 255, 255, 255, 255, 255]], ['a length beyond the bytes', [1, 255, 255, 255, 255, 15]],
    ['a length of more than the bitmap', [1, 9, 0x3a, 0x30, 0, 0, 0, 0, 0, 0, 0]], ['a length of less', [1, 7, 0x3a, 0x30, 0, 0, 0, 0, 0, 0]],
  ])('are refused: %s', (_, bytes) => {
    expect(() => decodeGroupBitmap(Uint8Array.from(bytes))).toThrow(BitmapFormatError);
  });

  it('cannot be cut anywhere', () => {
    for (const list of [bits(20, 9), bits(50, 9), bits(3_000, 1)]) {
      const bytes = encodeGroupBitmap(Bitmap.of(list));
      expect(decodeGroupBitmap(bytes).size).toBe(list.length);
      for (let size = 0; size < bytes.length; size++) expect(() => decodeGroupBitmap(bytes.subarray(0, size))).toThrow(BitmapFormatError);
    }
  });
});
