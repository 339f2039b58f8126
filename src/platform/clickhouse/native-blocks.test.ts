import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../test/harness.ts';
import { readNativeBlocks } from './native-blocks.ts';

describe('blocks of the Native format', () => {
  let test: TestPlatform;
  beforeAll(async () => {
    test = await createTestPlatform();
  });
  afterAll(() => test.close());

  const read = async (sql: string) => {
    const numbers: number[] = [];
    const keys: bigint[] = [];
    for await (const { rowCount, columns } of readNativeBlocks(test.platform.reader.bytes(sql, 'Native'))) {
      expect(columns.map((column) => column.length)).toEqual([4 * rowCount, 8 * rowCount]);
      numbers.push(...new Uint32Array(columns[0].buffer));
      keys.push(...new BigInt64Array(columns[1].buffer));
    }
    return { numbers, keys };
  };

  it('hold the columns as the engine has them, over many blocks', async () => {
    const { numbers, keys } = await read('select toUInt32(number) as a, toInt64(number) * -4294967297 as b from numbers(300000)');
    expect(numbers).toHaveLength(300_000);
    expect(numbers.every((value, i) => value === i)).toBe(true);
    expect(keys.every((value, i) => value === BigInt(i) * -4_294_967_297n)).toBe(true);
  });

  it('hold numbers with a point as they are, those that are none too', async () => {
    const sql = "select cast(if(number % 3 = 0, nan, number / 4), 'Float32') as value from numbers(1000)";
    const found: number[] = [];
    for await (const { columns: [bytes] } of readNativeBlocks(test.platform.reader.bytes(sql, 'Native'))) {
      found.push(...new Float32Array(bytes.buffer));
    }
    expect(found).toEqual(Array.from({ length: 1_000 }, (_, n) => (n % 3 === 0 ? Number.NaN : n / 4)));
  });

  it('hold nothing of an empty answer', async () => {
    expect(await read('select toUInt32(1) as a, toInt64(1) as b where 0')).toEqual({ numbers: [], keys: [] });
  });

  it('come whole, however the bytes are cut', async () => {
    const whole = Buffer.concat(await Array.fromAsync(test.platform.reader.bytes('select toUInt32(number + 7) as a, toUInt64(number) as b from numbers(100)', 'Native')));
    for (const size of [1, 3, 64, 1000]) {
      async function* cut() {
        for (let at = 0; at < whole.length; at += size) yield whole.subarray(at, at + size);
      }
      const blocks = await Array.fromAsync(readNativeBlocks(cut()));
      expect(blocks.map((block) => block.rowCount), String(size)).toEqual([100]);
      expect([...new Uint32Array(blocks[0].columns[0].buffer)]).toEqual(Array.from({ length: 100 }, (_, i) => i + 7));
    }
  });

  it('are not waited for where the rest is not wanted', async () => {
    let isClosed = false;
    async function* endless() {
      const block = Buffer.concat(await Array.fromAsync(test.platform.reader.bytes('select toUInt32(1) as a, toUInt64(2) as b', 'Native')));
      try {
        for (;;) yield block;
      } finally {
        isClosed = true;
      }
    }
    for await (const { rowCount } of readNativeBlocks(endless())) {
      expect(rowCount).toBe(1);
      break;
    }
    expect(isClosed).toBe(true);
  });

  it('are refused where the width is not fixed, and where the answer breaks off', async () => {
    await expect(Array.fromAsync(readNativeBlocks(test.platform.reader.bytes("select 'x' as a", 'Native')))).rejects.toThrow('String');
    async function* broken() {
      yield Buffer.from([1, 2, 1]);
    }
    await expect(Array.fromAsync(readNativeBlocks(broken()))).rejects.toThrow('ends within a block');
  });
});
